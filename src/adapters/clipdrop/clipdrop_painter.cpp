#include "adapters/clipdrop/clipdrop_painter.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "adapters/clipdrop/clipdrop_answer.hpp"
#include "adapters/clipdrop/multipart_form.hpp"
#include "adapters/clipdrop/png_gate.hpp"
#include "adapters/clipdrop/prompt_style.hpp"
#include "base/log.hpp"
#include "ports/blob_store.hpp"

namespace imagify {
namespace {

constexpr std::string_view kEngine = "clipdrop";
constexpr std::string_view kPath = "/text-to-image/v1";
// ClipDrop: a text-to-image call costs one credit, where the answer does not say otherwise.
constexpr double kDefaultCost = 1;
// Less than this is not enough for another picture.
constexpr std::chrono::seconds kLeastTimeForRepeat{5};
constexpr std::chrono::seconds kLongestRepeatWait{2};

// "image/png", perhaps with parameters, in any case.
bool is_png_type(std::string_view content_type) {
    constexpr std::string_view kPng = "image/png";
    const auto type = content_type.substr(0, content_type.find_first_of("; \t"));
    return std::ranges::equal(type, kPng, {}, [](unsigned char c) { return std::tolower(c); });
}

std::unexpected<Error> bad_answer(std::string detail) {
    return fail(ErrorKind::BadUpstream, "painter.bad_answer", std::move(detail));
}

}  // namespace

ClipdropPainter::ClipdropPainter(ClipdropSettings settings, HttpClient& http, Clock& clock,
                                 Random& random)
    : settings_(std::move(settings)),
      http_(http),
      clock_(clock),
      random_(random),
      budget_(settings_.calls_per_minute, clock),
      capabilities_{.id = std::string(kEngine),
                    .name = "ClipDrop",
                    .aspect_ratios = {AspectRatio::Square},
                    .styles = prompt_styles()} {
    if (settings_.url.ends_with('/')) settings_.url.pop_back();
}

Task<Result<Painted>> ClipdropPainter::paint(PaintRequest request, ByteSink& sink) {
    if (request.order.aspect_ratio != AspectRatio::Square) {
        co_return fail(ErrorKind::Invalid, "painter.unsupported");
    }
    const auto prompt = with_style(request.order.prompt, request.order.style);
    PngGate gate(sink);
    auto painted = co_await call(prompt, request.deadline, gate);
    if (painted || !is_worth_repeating(painted.error(), request.deadline, gate)) co_return painted;
    log_event(LogLevel::Warning, "painter.repeated",
              {{"engine", kEngine}, {"reason", painted.error().detail}});
    co_await clock_.sleep_for(painted.error().retry_after.value_or(std::chrono::seconds(0)) +
                              pause());
    co_return co_await call(prompt, request.deadline, gate);
}

Task<Result<Painted>> ClipdropPainter::call(std::string prompt,
                                            std::chrono::steady_clock::time_point deadline,
                                            PngGate& gate) {
    if (const auto wait = budget_.take()) {
        co_return std::unexpected(Error{.kind = ErrorKind::RateLimited,
                                        .code = "painter.rate_limited",
                                        .detail = "our own limit of calls",
                                        .retry_after = wait});
    }
    auto form = make_form("prompt", prompt, random_);
    OutboundRequest request{.method = "POST",
                            .url = settings_.url + std::string(kPath),
                            .headers = {{"x-api-key", settings_.api_key.reveal()},
                                        {"Accept", "image/png"},
                                        {"Content-Type", std::move(form.content_type)}},
                            .body = std::move(form.body),
                            .deadline = deadline,
                            .body_limit_bytes = kPictureMaxBytes};
    const auto answer = co_await http_.send(std::move(request), gate);
    if (!answer && gate.has_failed()) co_return std::unexpected(answer.error());
    if (!answer) co_return std::unexpected(normalize(answer.error()));
    co_return judge(*answer, prompt, gate);
}

Result<Painted> ClipdropPainter::judge(const OutboundAnswer& answer, std::string_view prompt,
                                       const PngGate& gate) const {
    if (answer.status != 200) {
        auto error = normalize(answer, clock_.now(), settings_.api_key, prompt);
        if (error.kind == ErrorKind::NoUpstreamCredit) {
            log_event(LogLevel::Error, "painter.account_refused",
                      {{"engine", kEngine}, {"status", std::int64_t{answer.status}}});
        }
        return std::unexpected(std::move(error));
    }
    if (!is_png_type(find_header(answer, "content-type").value_or(""))) {
        return bad_answer("the content type is not image/png");
    }
    if (!gate.is_open()) return bad_answer("the body is empty");
    if (const auto left = decimal_header(answer, "x-remaining-credits")) {
        log_event(LogLevel::Info, "painter.credits_left",
                  {{"engine", kEngine}, {"credits", *left}});
    }
    return Painted{.engine = std::string(kEngine),
                   .cost = decimal_header(answer, "x-credits-consumed").value_or(kDefaultCost)};
}

bool ClipdropPainter::is_worth_repeating(const Error& error,
                                         std::chrono::steady_clock::time_point deadline,
                                         const PngGate& gate) const {
    return error.kind == ErrorKind::Unavailable && !gate.is_open() &&
           error.retry_after.value_or(std::chrono::seconds(0)) <= kLongestRepeatWait &&
           deadline - clock_.steady_now() >= kLeastTimeForRepeat;
}

// 0.2 to 0.7 s, so that many that failed together do not come back together.
std::chrono::milliseconds ClipdropPainter::pause() const {
    std::array<std::byte, 1> random{};
    random_.fill(random);
    return std::chrono::milliseconds(200 + 2 * std::to_integer<int>(random[0]));
}

}  // namespace imagify
