#include "adapters/aws/credential_chain.hpp"

#include <utility>

#include "base/log.hpp"

namespace imagify::aws {
namespace {

constexpr std::chrono::minutes kRefreshBefore{5};
constexpr std::chrono::seconds kBetweenRefusals{5};
// Everybody who waited for an attempt that failed is told so, instead of trying in turn.
constexpr std::chrono::seconds kBetweenFailures{1};

std::vector<std::unique_ptr<CredentialPlace>> usual_places(const AwsEnvironment& environment,
                                                           HttpClient& http, const Clock& clock) {
    std::vector<std::unique_ptr<CredentialPlace>> places;
    places.push_back(std::make_unique<VariablesPlace>(environment));
    places.push_back(std::make_unique<ProfilePlace>(environment));
    places.push_back(std::make_unique<ContainerPlace>(environment, http, clock));
    places.push_back(std::make_unique<InstancePlace>(environment, http, clock));
    return places;
}

}  // namespace

CredentialChain::CredentialChain(const AwsEnvironment& environment, HttpClient& http, Clock& clock)
    : CredentialChain(usual_places(environment, http, clock), clock) {}

CredentialChain::CredentialChain(std::vector<std::unique_ptr<CredentialPlace>> places, Clock& clock)
    : places_(std::move(places)), clock_(clock) {}

// Under the lock.
std::optional<Credentials> CredentialChain::fresh(bool refused) const {
    if (!cached_) return std::nullopt;
    if (refused && clock_.steady_now() - fetched_at_ >= kBetweenRefusals) return std::nullopt;
    if (!cached_->expires_at) return cached_;
    const auto left = *cached_->expires_at - clock_.now();
    // Others go on with what still works while one coroutine fetches.
    const bool patient = (fetching_ && left > std::chrono::minutes(1)) ||
                         (failed_lately() && left > std::chrono::seconds(0));
    return left > kRefreshBefore || patient ? cached_ : std::nullopt;
}

// Under the lock.
bool CredentialChain::failed_lately() const {
    return failure_ && clock_.steady_now() - failed_at_ < kBetweenFailures;
}

Task<Result<Credentials>> CredentialChain::credentials(bool refused) {
    for (;;) {
        {
            const std::scoped_lock lock(mutex_);
            if (auto found = fresh(refused)) co_return *found;
            if (failed_lately()) co_return std::unexpected(*failure_);
            if (!std::exchange(fetching_, true)) break;
        }
        co_await suspend([this](Resume resume) {
            {
                const std::scoped_lock lock(mutex_);
                if (fetching_) return waiting_.push_back(std::move(resume));
            }
            resume();
        });
        // Who waited for somebody else's attempt takes what came of it.
        refused = false;
    }
    Result<Credentials> fetched = fail(ErrorKind::Unavailable, "aws.no_credentials", "interrupted");
    try {
        fetched = co_await fetch();
    } catch (...) {
        finish(fetched);
        throw;
    }
    finish(fetched);
    const std::scoped_lock lock(mutex_);
    if (!fetched && cached_ && (!cached_->expires_at || *cached_->expires_at > clock_.now()))
        co_return *cached_;
    co_return fetched;
}

void CredentialChain::finish(const Result<Credentials>& fetched) {
    std::vector<Resume> wake;
    {
        const std::scoped_lock lock(mutex_);
        fetching_ = false;
        wake.swap(waiting_);
        if (fetched) {
            cached_ = *fetched;
            fetched_at_ = clock_.steady_now();
            failure_.reset();
        } else {
            failure_ = fetched.error();
            failed_at_ = clock_.steady_now();
        }
    }
    for (auto& resume : wake) resume();
}

Task<Result<Credentials>> CredentialChain::fetch() {
    std::string looked;
    for (const auto& place : places_) {
        auto found = co_await place->fetch();
        if (found) co_return found;
        const bool set_up = found.error().kind != ErrorKind::NotFound;
        looked += (looked.empty() ? "" : "; ") + place->name() + ": " +
                  (set_up ? found.error().detail : "not set");
        if (set_up) break;
    }
    log_event(LogLevel::Error, "aws.no_credentials", {{"detail", std::string_view(looked)}});
    co_return fail(ErrorKind::Unavailable, "aws.no_credentials",
                   "no AWS credentials; looked at " + looked);
}

}  // namespace imagify::aws
