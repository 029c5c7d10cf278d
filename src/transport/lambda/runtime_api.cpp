#include "transport/lambda/runtime_api.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "transport/lambda/event.hpp"

namespace imagify::lambda {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kPostLimit{10};
// An event over the limit has to be taken before it can be refused: it has an id.
constexpr std::size_t kNextMaxBytes = kEventMaxBytes + std::size_t{2} * 1024 * 1024;
// Without a deadline the event is answered as fast as it can be.
constexpr std::chrono::seconds kNoDeadline{30};

std::string_view header(const OutboundAnswer& answer, std::string_view name) {
    for (const auto& [field, value] : answer.headers) {
        if (field == name) return value;
    }
    return {};
}

std::unexpected<Error> bad_answer(const OutboundAnswer& answer) {
    return fail(ErrorKind::BadUpstream, "runtime.bad_answer",
                "the Runtime API answered " + std::to_string(answer.status) + ": " +
                    answer.body.substr(0, 200));
}

steady_clock::time_point deadline_of(std::string_view unix_ms, const Clock& clock) {
    std::int64_t number = 0;
    const auto* const end = unix_ms.data() + unix_ms.size();
    const auto [rest, error] = std::from_chars(unix_ms.data(), end, number);
    if (unix_ms.empty() || error != std::errc{} || rest != end) {
        return clock.steady_now() + kNoDeadline;
    }
    // Lambda's longest is 15 minutes; a number far off must not overflow.
    const auto left = std::clamp<std::int64_t>(number - to_unix_ms(clock.now()), 0, 900'000);
    return clock.steady_now() + milliseconds(left);
}

std::string error_document(const Error& error) {
    return boost::json::serialize(
        boost::json::object{{"errorMessage", error.detail.empty() ? error.code : error.detail},
                            {"errorType", error.code},
                            {"stackTrace", boost::json::array{}}});
}

}  // namespace

RuntimeApi::RuntimeApi(std::string address, HttpClient& http, const Clock& clock)
    : base_("http://" + std::move(address) + "/2018-06-01/runtime/"), http_(http), clock_(clock) {}

Task<Result<Invocation>> RuntimeApi::next() {
    auto answer = co_await http_.send({.method = "GET",
                                       .url = base_ + "invocation/next",
                                       .deadline = steady_clock::time_point::max(),
                                       .body_limit_bytes = kNextMaxBytes});
    if (!answer) co_return std::unexpected(answer.error());
    const std::string id(header(*answer, "lambda-runtime-aws-request-id"));
    if (answer->status != 200 || id.empty()) co_return bad_answer(*answer);
    co_return Invocation{
        .id = id,
        .event = std::move(answer->body),
        .deadline = deadline_of(header(*answer, "lambda-runtime-deadline-ms"), clock_),
        .trace = std::string(header(*answer, "lambda-runtime-trace-id"))};
}

Task<Result<void>> RuntimeApi::answer(const std::string& id, std::string body) {
    return post("invocation/" + id + "/response", std::move(body), {});
}

Task<Result<void>> RuntimeApi::report(const std::string& id, const Error& error) {
    return post("invocation/" + id + "/error", error_document(error), error.code);
}

Task<Result<void>> RuntimeApi::report_init(const Error& error) {
    return post("init/error", error_document(error), error.code);
}

Task<Result<void>> RuntimeApi::post(std::string path, std::string body,
                                    std::string_view error_type) {
    OutboundRequest request{.method = "POST",
                            .url = base_ + path,
                            .headers = {{"Content-Type", "application/json"}},
                            .body = std::move(body),
                            .deadline = steady_clock::now() + kPostLimit};
    if (!error_type.empty()) {
        request.headers.emplace_back("Lambda-Runtime-Function-Error-Type", error_type);
    }
    auto answer = co_await http_.send(request);
    // No byte was answered: the kept connection had ended.
    if (!answer && answer.error().kind == ErrorKind::Unavailable) {
        answer = co_await http_.send(std::move(request));
    }
    if (!answer) co_return std::unexpected(answer.error());
    if (answer->status != 202) co_return bad_answer(*answer);
    co_return Result<void>{};
}

}  // namespace imagify::lambda
