#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "adapters/aws/credential_places.hpp"
#include "base/suspend.hpp"

namespace imagify::aws {

/// Credentials from the first place that is set up, in the order of the AWS SDKs: variables,
/// profile file, container, instance. Fetched when first needed, again 5 minutes before they end,
/// by one coroutine at a time; while that fails, the old ones are used until they end. `http` and
/// `clock` outlive it.
class CredentialChain final : public CredentialSource {
public:
    CredentialChain(const AwsEnvironment& environment, HttpClient& http, Clock& clock);
    /// These places, best first.
    CredentialChain(std::vector<std::unique_ptr<CredentialPlace>> places, Clock& clock);

    /// What was refused is fetched again, though not more often than every 5 seconds.
    Task<Result<Credentials>> credentials(bool refused = false) override;

private:
    Task<Result<Credentials>> fetch();
    std::optional<Credentials> fresh(bool refused) const;
    bool failed_lately() const;
    void finish(const Result<Credentials>& fetched);

    std::vector<std::unique_ptr<CredentialPlace>> places_;
    Clock& clock_;
    std::mutex mutex_;
    std::optional<Credentials> cached_;
    std::chrono::steady_clock::time_point fetched_at_{};
    std::optional<Error> failure_;
    std::chrono::steady_clock::time_point failed_at_{};
    bool fetching_ = false;
    std::vector<Resume> waiting_;
};

}  // namespace imagify::aws
