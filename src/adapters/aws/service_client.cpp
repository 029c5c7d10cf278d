#include "adapters/aws/service_client.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "adapters/aws/fault.hpp"
#include "adapters/aws/http_date.hpp"
#include "adapters/aws/sigv4.hpp"
#include "adapters/http_client/outbound_url.hpp"

namespace imagify::aws {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{50};
constexpr milliseconds kFirstPauseWhenThrottled{100};
constexpr milliseconds kLongestPause{2'000};
// What servers tolerate is 5 minutes (S3: 15); less than one is no reason for a refusal.
constexpr milliseconds kSkewWorthMending{60'000};
constexpr std::chrono::hours kPresignedMost{7 * 24};

// Knows whether a byte has gone on, after which nothing can be started over.
class CountingSink final : public ByteSink {
public:
    explicit CountingSink(ByteSink& sink) : sink_(sink) {}

    Task<Result<void>> write(std::span<const std::byte> bytes) override {
        begun = begun || !bytes.empty();
        auto taken = co_await sink_.write(bytes);
        refused = refused || !taken;
        co_return taken;
    }

    bool begun = false;
    bool refused = false;

private:
    ByteSink& sink_;
};

bool can_change(const ServiceCall& call) {
    return call.changes && call.method != "GET" && call.method != "HEAD";
}

bool same(const Credentials& a, const Credentials& b) {
    return a.access_key_id == b.access_key_id &&
           a.secret_access_key.reveal() == b.secret_access_key.reveal() &&
           a.session_token.reveal() == b.session_token.reveal();
}

std::string operation(const ServiceCall& call) {
    const auto target = std::ranges::find(call.headers, "X-Amz-Target",
                                          &std::pair<std::string, std::string>::first);
    if (target == call.headers.end()) return call.method;
    return target->second.substr(target->second.rfind('.') + 1);
}

std::string bare_endpoint(std::string endpoint) {
    while (endpoint.ends_with('/')) endpoint.pop_back();
    return endpoint;
}

std::string authority_of(const std::string& endpoint) {
    const auto url = parse_outbound_url(endpoint);
    return url && url->target == "/" ? url->authority : std::string{};
}

}  // namespace

std::string regional_endpoint(std::string_view service, std::string_view region,
                              std::string_view override_url) {
    if (!override_url.empty()) return std::string(override_url);
    return "https://" + std::string(service) + '.' + std::string(region) + ".amazonaws.com";
}

// How far one call has come.
struct ServiceClient::Progress {
    std::chrono::steady_clock::time_point deadline;
    Credentials credentials{};
    CountingSink* sink = nullptr;
    int attempts = 0;
    bool maybe_happened = false;
    bool credentials_renewed = false;
    bool skew_mended = false;
    Error last{};
};

ServiceClient::ServiceClient(ServiceSettings settings, Parts parts)
    : settings_(std::move(settings)), parts_(parts) {
    settings_.endpoint = bare_endpoint(std::move(settings_.endpoint));
    authority_ = authority_of(settings_.endpoint);
}

Task<Result<ServiceAnswer>> ServiceClient::call(ServiceCall call) {
    return run(std::move(call), nullptr);
}

Task<Result<ServiceAnswer>> ServiceClient::call(ServiceCall call, ByteSink& sink) {
    return run(std::move(call), &sink);
}

ServiceCall ServiceClient::json_call(std::string_view target, std::string body,
                                     std::string_view version) {
    return {.headers = {{"Content-Type", "application/x-amz-json-" + std::string(version)},
                        {"X-Amz-Target", std::string(target)}},
            .body = std::move(body)};
}

Task<Result<ServiceAnswer>> ServiceClient::call_json(std::string_view target, std::string body,
                                                     std::string_view version) {
    return run(json_call(target, std::move(body), version), nullptr);
}

TimePoint ServiceClient::server_now() const {
    return parts_.clock.now() + milliseconds(skew_ms_.load(std::memory_order_relaxed));
}

Task<Result<ServiceAnswer>> ServiceClient::run(ServiceCall call, ByteSink* sink) {
    if (authority_.empty()) {
        co_return fail(ErrorKind::Internal, "aws.bad_endpoint",
                       settings_.service + ": the endpoint is no URL of a server");
    }
    std::optional<CountingSink> counting;
    if (sink != nullptr) counting.emplace(*sink);
    Progress progress{
        .deadline = call.deadline.value_or(parts_.clock.steady_now() + settings_.time_limit),
        .sink = counting ? &*counting : nullptr};
    auto credentials = co_await parts_.credentials.credentials();
    if (!credentials) co_return std::unexpected(credentials.error());
    progress.credentials = std::move(*credentials);
    for (;;) {
        ++progress.attempts;
        auto answered = co_await attempt(call, progress.credentials, progress);
        if (!answered) {
            const bool is_ours = answered.error().kind == ErrorKind::Internal;
            if (is_ours || (counting && counting->refused))
                co_return std::unexpected(answered.error());
            const auto next = co_await after_no_answer(call, progress, std::move(answered.error()));
            if (next == Next::Stop) co_return failure(call, progress);
            continue;
        }
        ServiceAnswer answer{.status = answered->status,
                             .headers = std::move(answered->headers),
                             .body = std::move(answered->body),
                             .after_lost_answer = progress.maybe_happened};
        if (answer.succeeded()) co_return answer;
        auto fault = read_fault(answer.status, answer.headers, answer.body);
        answer.fault = std::move(fault.code);
        answer.fault_message = std::move(fault.message);
        if (classify(answer.status, {answer.fault, answer.fault_message}) == FaultClass::Final)
            co_return answer;
        if (co_await after_fault(call, progress, answer) == Next::Stop)
            co_return failure(call, progress);
    }
}

Task<Result<OutboundAnswer>> ServiceClient::attempt(const ServiceCall& call,
                                                    const Credentials& credentials,
                                                    Progress& progress) {
    const auto signed_headers = sign_headers(
        {.method = call.method,
         .authority = authority_,
         .path = call.path,
         .query = call.query,
         .headers = call.headers,
         .body = call.body},
        credentials, {.region = settings_.region, .service = settings_.service}, server_now());
    OutboundRequest request{.method = call.method,
                            .url = settings_.endpoint + call.path,
                            .headers = call.headers,
                            .body = call.body};
    if (!call.query.empty()) request.url += '?' + encode_query(call.query);
    request.headers.insert(request.headers.end(), signed_headers.begin(), signed_headers.end());
    request.deadline =
        std::min(progress.deadline, parts_.clock.steady_now() + settings_.time_limit / 2);
    request.body_limit_bytes = call.body_limit_bytes;
    if (progress.sink != nullptr)
        co_return co_await parts_.http.send(std::move(request), *progress.sink);
    co_return co_await parts_.http.send(std::move(request));
}

Task<ServiceClient::Next> ServiceClient::after_no_answer(const ServiceCall& call,
                                                         Progress& progress, Error error) {
    const bool unsent = error.code == "upstream.unreachable";
    const bool too_large = error.kind == ErrorKind::TooLarge;
    progress.maybe_happened = progress.maybe_happened || !unsent;
    progress.last = std::move(error);
    const bool started = progress.sink != nullptr && progress.sink->begun;
    if (started || too_large || (!unsent && !call.repeatable)) co_return Next::Stop;
    co_return co_await pause(progress, false);
}

Task<ServiceClient::Next> ServiceClient::after_fault(const ServiceCall& call, Progress& progress,
                                                     ServiceAnswer& answer) {
    const Fault fault{answer.fault, answer.fault_message};
    progress.last = {.kind = ErrorKind::Unavailable,
                     .code = "aws.unavailable",
                     .detail = fault.code + (fault.message.empty() ? "" : ": " + fault.message)};
    switch (classify(answer.status, fault)) {
        case FaultClass::Throttled:
            progress.last.code = "aws.throttled";
            ++throttled_;
            co_return co_await pause(progress, true);
        case FaultClass::ServerFault:
            progress.maybe_happened = true;
            if (!call.repeatable) co_return Next::Stop;
            co_return co_await pause(progress, answer.status == 503);
        case FaultClass::Skewed:
            progress.last.code = "aws.denied";
            progress.last.detail += "; set the clock of this machine (NTP)";
            if (progress.skew_mended || !adopt_skew(answer)) co_return Next::Stop;
            progress.skew_mended = true;
            co_return Next::Again;
        case FaultClass::Credentials:
            progress.last.code = "aws.denied";
            progress.last.detail +=
                "; the credentials are wrong or have expired: check AWS_ACCESS_KEY_ID, the role "
                "and the region";
            co_return co_await after_credentials_fault(progress);
        case FaultClass::Denied:
            progress.last.code = "aws.denied";
            progress.last.detail += "; the role or user lacks the permission for this operation";
            co_return Next::Stop;
        case FaultClass::Final: break;
    }
    co_return Next::Stop;
}

// Rotated or expired: whoever gave them may have newer ones by now.
Task<ServiceClient::Next> ServiceClient::after_credentials_fault(Progress& progress) {
    if (progress.credentials_renewed) co_return Next::Stop;
    progress.credentials_renewed = true;
    auto newer = co_await parts_.credentials.credentials(true);
    if (!newer || same(*newer, progress.credentials)) co_return Next::Stop;
    progress.credentials = std::move(*newer);
    co_return Next::Again;
}

bool ServiceClient::adopt_skew(const ServiceAnswer& answer) {
    const auto date = parse_http_date(header_value(answer.headers, "date"));
    if (!date || std::chrono::abs(*date - server_now()) < kSkewWorthMending) return false;
    skew_ms_.store((*date - parts_.clock.now()).count(), std::memory_order_relaxed);
    return true;
}

Task<ServiceClient::Next> ServiceClient::pause(Progress& progress, bool throttled) {
    if (progress.attempts >= settings_.max_attempts) co_return Next::Stop;
    const auto first = throttled ? kFirstPauseWhenThrottled : kFirstPause;
    const auto most = std::min(kLongestPause, first * (1 << std::min(progress.attempts - 1, 10)));
    std::array<std::byte, sizeof(std::uint64_t)> bytes{};
    parts_.random.fill(bytes);
    std::uint64_t drawn = 0;
    std::memcpy(&drawn, bytes.data(), bytes.size());
    const milliseconds wait(drawn % (static_cast<std::uint64_t>(most.count()) + 1));
    if (parts_.clock.steady_now() + wait >= progress.deadline) co_return Next::Stop;
    co_await parts_.clock.sleep_for(wait);
    co_return Next::Again;
}

std::unexpected<Error> ServiceClient::failure(const ServiceCall& call,
                                              const Progress& progress) const {
    const bool open = progress.maybe_happened && can_change(call);
    const bool from_service = progress.last.code.starts_with("aws.");
    const auto* const code = open ? "aws.no_answer" : "aws.unavailable";
    auto detail = settings_.service + ' ' + operation(call) + " at " + authority_ + ", attempt " +
                  std::to_string(progress.attempts) + ": " + progress.last.detail;
    if (!from_service && progress.last.code == "upstream.unreachable")
        detail += "; is the endpoint right, and can it be reached from here?";
    return fail(open ? ErrorKind::Unknown : ErrorKind::Unavailable,
                from_service && !open ? progress.last.code : code, std::move(detail));
}

Task<Result<ServiceClient::PresignedUrl>> ServiceClient::presign_get(
    std::string path, std::vector<std::pair<std::string, std::string>> query,
    std::chrono::seconds validity) {
    if (authority_.empty()) co_return fail(ErrorKind::Internal, "aws.bad_endpoint");
    auto credentials = co_await parts_.credentials.credentials();
    if (!credentials) co_return std::unexpected(credentials.error());
    validity = std::min<std::chrono::seconds>(validity, kPresignedMost);
    const auto now = server_now();
    const SignableRequest request{
        .method = "GET", .authority = authority_, .path = path, .query = std::move(query)};
    PresignedUrl presigned{
        .url = settings_.endpoint + path + '?' +
               presigned_query(request, *credentials,
                               {.region = settings_.region, .service = settings_.service}, now,
                               validity),
        .expires_at = parts_.clock.now() + validity};
    if (credentials->expires_at)
        presigned.expires_at = std::min(presigned.expires_at, *credentials->expires_at);
    co_return presigned;
}

}  // namespace imagify::aws
