#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "adapters/aws/service_client.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {

/// The value of an environment variable; empty when it is not set.
inline std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// A real client, for emulators that somebody else started and named in a variable.
class CloudContract : public ::testing::Test {
protected:
    class VariableCredentials final : public aws::CredentialSource {
    public:
        Task<Result<aws::Credentials>> credentials(bool) override {
            co_return aws::Credentials{
                .access_key_id = variable("AWS_ACCESS_KEY_ID"),
                .secret_access_key = Secret(variable("AWS_SECRET_ACCESS_KEY"))};
        }
    };

    SystemClock clock;
    SystemRandom random;
    BeastHttpClient http;
    VariableCredentials credentials;
    aws::ServiceClient::Parts parts{
        .http = http, .credentials = credentials, .clock = clock, .random = random};
    boost::asio::io_context context;
};

}  // namespace imagify::testing
