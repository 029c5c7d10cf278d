#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/aws/credentials.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "ports/http_client.hpp"

namespace imagify::aws {

/// Which service is called, and where.
struct ServiceSettings {
    /// As in the signature's scope: "dynamodb", "s3", "sqs", "cognito-idp", "ses",
    /// "secretsmanager".
    std::string service;
    std::string region;
    /// "https://dynamodb.ap-southeast-1.amazonaws.com", without a path; see `regional_endpoint`.
    std::string endpoint;
    int max_attempts = 5;
    /// Ends a call with all its attempts, unless the call brings a deadline of its own. One attempt
    /// gets half of it, so that a server that hangs leaves time for another.
    std::chrono::milliseconds time_limit{3'000};
};

/// "https://SERVICE.REGION.amazonaws.com", or `override_url` when that is not empty.
std::string regional_endpoint(std::string_view service, std::string_view region,
                              std::string_view override_url);

struct ServiceCall {
    std::string method = "POST";
    /// As sent: percent-encoded, starts with '/'.
    std::string path = "/";
    /// Not encoded yet.
    std::vector<std::pair<std::string, std::string>> query{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    /// False for a call that must not be sent again when its answer was lost.
    bool repeatable = true;
    /// False for a read: no answer is then Unavailable, since nothing can have happened. Neither
    /// GET nor HEAD change anything, whatever this says.
    bool changes = true;
    std::optional<std::chrono::steady_clock::time_point> deadline{};
    std::size_t body_limit_bytes = std::size_t{2} * 1024 * 1024;
};

/// What a service answered.
struct ServiceAnswer {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    /// Of an answer that is no 2xx: "ConditionalCheckFailedException", "NoSuchKey"; without
    /// namespace. Empty for a 2xx.
    std::string fault{};
    std::string fault_message{};
    /// True when an earlier attempt's answer was lost: a condition may have failed because this
    /// very call had already been carried out.
    bool after_lost_answer = false;

    bool succeeded() const { return status / 100 == 2; }
};

/// Calls one AWS service: signs (SigV4), keeps connections, tries again with full jitter what is
/// worth it (throttling, 5xx, lost connections, expired credentials, a clock that is off), until
/// the deadline. Safe from several coroutines at once; outlives every Task it returns.
///
/// Waits follow the AWS SDKs: a random time up to 50 ms (throttled: 100 ms), doubled for every
/// attempt, at most 2 s. What is throttled never happened; any other 5xx may have.
class ServiceClient {
public:
    struct Parts {
        HttpClient& http;
        CredentialSource& credentials;
        Clock& clock;
        Random& random;
    };
    ServiceClient(ServiceSettings settings, Parts parts);

    /// The service's final word: a 2xx, or a fault that a repetition would not change.
    /// Errors: Unavailable `aws.throttled`, `aws.unavailable`, `aws.no_credentials`,
    /// `aws.denied` (wrong or expired credentials, missing permission): nothing happened. Unknown
    /// `aws.no_answer`: it may have happened (with `changes` false: Unavailable). Details name
    /// service, operation and fault, and say what to do. Internal `aws.bad_endpoint`.
    Task<Result<ServiceAnswer>> call(ServiceCall call);

    /// Like `call`, but the body of a 2xx goes into `sink`; after the first byte nothing is tried
    /// again.
    Task<Result<ServiceAnswer>> call(ServiceCall call, ByteSink& sink);

    /// A call of a JSON service: POST / with `X-Amz-Target: TARGET`; `version` is the
    /// Content-Type's: "1.0" or "1.1".
    Task<Result<ServiceAnswer>> call_json(std::string_view target, std::string body,
                                          std::string_view version = "1.0");

    /// What `call_json` sends, for calls that set more.
    static ServiceCall json_call(std::string_view target, std::string body,
                                 std::string_view version = "1.0");

    /// A URL that lets whoever has it GET `path` (encoded) until `validity` has passed, or until
    /// temporary credentials end, which is when it is said to end. Errors: those of the
    /// credentials; Internal `aws.bad_endpoint`.
    struct PresignedUrl {
        std::string url;
        TimePoint expires_at;
    };
    Task<Result<PresignedUrl>> presign_get(std::string path,
                                           std::vector<std::pair<std::string, std::string>> query,
                                           std::chrono::seconds validity);

    const ServiceSettings& settings() const { return settings_; }

    /// How often the service said "too many requests" since the start.
    std::uint64_t throttled() const { return throttled_; }

private:
    struct Progress;
    enum class Next { Stop, Again };

    Task<Result<ServiceAnswer>> run(ServiceCall call, ByteSink* sink);
    Task<Result<OutboundAnswer>> attempt(const ServiceCall& call, const Credentials& credentials,
                                         Progress& progress);
    Task<Next> after_no_answer(const ServiceCall& call, Progress& progress, Error error);
    Task<Next> after_fault(const ServiceCall& call, Progress& progress, ServiceAnswer& answer);
    Task<Next> after_credentials_fault(Progress& progress);
    bool adopt_skew(const ServiceAnswer& answer);
    Task<Next> pause(Progress& progress, bool throttled);
    std::unexpected<Error> failure(const ServiceCall& call, const Progress& progress) const;
    TimePoint server_now() const;

    ServiceSettings settings_;
    /// The Host header; empty when the endpoint is no URL.
    std::string authority_;
    Parts parts_;
    /// Server time minus our own, as the last refusal for skew told.
    std::atomic<std::int64_t> skew_ms_{0};
    std::atomic<std::uint64_t> throttled_{0};
};

}  // namespace imagify::aws
