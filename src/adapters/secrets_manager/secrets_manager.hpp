#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/aws/service_client.hpp"

namespace imagify::secrets_manager {

struct SecretsSettings {
    std::string region;
    /// Of an emulator. Empty: AWS.
    std::string endpoint{};
    /// How long a secret is believed before it is read again.
    std::chrono::milliseconds keep = std::chrono::minutes(5);
};

/// Secrets of AWS Secrets Manager, in their current version (AWSCURRENT), read when first asked for
/// and again after a while, so that a rotation arrives. Safe from several coroutines at once.
class SecretsManager {
public:
    SecretsManager(SecretsSettings settings, aws::ServiceClient::Parts parts);

    /// `reference` is an ARN or a name: the whole secret; or "ARN#member": that member of a secret
    /// that is a JSON object. While the service cannot be asked, what was read last goes on being
    /// the secret. `refused`: whoever knows the secret too refused it, so that it is read again,
    /// though not more often than every 5 seconds. Errors: Unavailable `aws.*`; NotFound
    /// `secret.not_found`; Invalid `secret.no_member`. Details never hold a secret.
    Task<Result<Secret>> secret(std::string reference, bool refused = false);

private:
    struct Known {
        Secret text;
        std::chrono::steady_clock::time_point read_at;
    };
    std::optional<Secret> fresh(const std::string& id, bool refused);
    Task<Result<Secret>> read(std::string id);

    SecretsSettings settings_;
    aws::ServiceClient client_;
    Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Known> known_;
};

}  // namespace imagify::secrets_manager
