#pragma once

#include "adapters/aws/credentials.hpp"

namespace imagify::testing {

/// Long-lived keys that nobody refuses.
class FixedCredentials final : public aws::CredentialSource {
public:
    Task<Result<aws::Credentials>> credentials(bool) override {
        co_return aws::Credentials{.access_key_id = "AKID", .secret_access_key = Secret("s")};
    }
};

}  // namespace imagify::testing
