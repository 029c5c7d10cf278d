#pragma once

#include <map>
#include <memory>
#include <string>

#include "adapters/aws/credential_chain.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/secrets_manager/secrets_manager.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/config.hpp"

namespace imagify {

/// How often the program looks whether a secret was rotated.
inline constexpr std::chrono::minutes kSecretsReadEvery{5};

/// Settings whose values AWS Secrets Manager keeps: NAME_ARN (or NAME_SECRET_ARN) names the secret
/// of NAME, as an ARN or "ARN#member". Used by one coroutine at a time.
class KeptSecrets {
public:
    explicit KeptSecrets(Environment environment);
    ~KeptSecrets();

    /// True when some setting names a secret.
    bool any() const { return !references_.empty(); }

    /// Reads all of them; yields whether one is another than before. Errors: Unavailable; NotFound
    /// `secret.not_found`; Invalid `secret.no_member`; details name the setting and what to do.
    Task<Result<bool>> read();

    /// The environment, with the secrets that were read in their places.
    Environment environment() const;

private:
    Environment environment_;
    BeastHttpClient http_;
    SystemClock clock_;
    SystemRandom random_;
    std::map<std::string, std::string> references_;
    std::map<std::string, std::string, std::less<>> values_;
    CloudConfig places_;
    std::unique_ptr<aws::CredentialChain> credentials_;
    std::unique_ptr<secrets_manager::SecretsManager> manager_;
};

}  // namespace imagify
