#include "sim/painters.hpp"

#include <array>

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHead = "PICTURE ";
constexpr std::string_view kTail = " END";

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

struct Trouble {
    Fault fault;
    ErrorKind kind;
    const char* code;
};

constexpr auto kTroubles = std::to_array<Trouble>({
    {Fault::PainterRefuses, ErrorKind::Refused, "prompt.refused"},
    {Fault::PainterRateLimited, ErrorKind::RateLimited, "painter.rate_limited"},
    {Fault::PainterNoCredit, ErrorKind::NoUpstreamCredit, "painter.no_upstream_credit"},
    {Fault::PainterUnavailable, ErrorKind::Unavailable, "painter.unavailable"},
    {Fault::PainterTimesOut, ErrorKind::Timeout, "painter.timeout"},
    {Fault::PainterBadAnswer, ErrorKind::BadUpstream, "painter.bad_answer"},
    {Fault::PainterTooLarge, ErrorKind::TooLarge, "blob.too_large"},
});

}  // namespace

bool is_picture(std::span<const std::byte> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return text.starts_with(kHead) && text.ends_with(kTail);
}

Result<PictureFacts> FakeInspector::inspect(std::span<const std::byte> bytes) const {
    if (!is_picture(bytes)) return fail(ErrorKind::BadUpstream, "picture.invalid");
    const auto thumbnail = bytes.first(4);
    return PictureFacts{.mime = "image/png",
                        .width_px = 1024,
                        .height_px = 1024,
                        .color = "#102030",
                        .thumbnail = {thumbnail.begin(), thumbnail.end()}};
}

FakePainter::FakePainter(Env& env, PaintingLog& log, std::string id)
    : env_(env), log_(log), dice_(env.seed, id) {
    capabilities_ = {.id = id,
                     .name = id,
                     .aspect_ratios = {AspectRatio::Square},
                     .styles = {"none"},
                     .seed = true,
                     .negative_prompt = true};
}

Task<Result<Painted>> FakePainter::paint(PaintRequest request, ByteSink& sink) {
    ++log_.calls[request.order.prompt];
    auto painted = co_await draw(request, sink);
    if (!painted) {
        ++log_.failures[request.order.prompt];
        if (painted.error().kind == ErrorKind::Timeout) ++log_.timeouts[request.order.prompt];
    }
    co_return painted;
}

std::optional<Error> FakePainter::draw_error() {
    for (const auto& trouble : kTroubles) {
        if (env_.faults.hits(trouble.fault)) {
            return Error{.kind = trouble.kind, .code = trouble.code, .retry_after = 1s};
        }
    }
    return std::nullopt;
}

Task<Result<Painted>> FakePainter::draw(const PaintRequest& request, ByteSink& sink) {
    auto& scheduler = env_.scheduler;
    const auto& id = capabilities_.id;
    const bool hangs = env_.faults.hits(Fault::PainterHangs);
    const bool slow = env_.faults.hits(Fault::PainterSlow);
    const auto seconds = hangs  ? dice_.between(61, 120)
                         : slow ? dice_.between(20, 59)
                                : dice_.between(0, 6);
    co_await scheduler.wait(std::chrono::seconds(seconds), words(id, " paints"));
    if (auto error = draw_error()) co_return std::unexpected(std::move(*error));
    const auto bytes = words(kHead, request.order.prompt, " ", request.order.seed, kTail);
    const std::string_view picture(bytes);
    const auto half = picture.size() / 2;
    auto written = co_await sink.write(bytes_of(picture.substr(0, half)));
    if (!written) co_return std::unexpected(written.error());
    if (env_.faults.hits(Fault::PainterStopsHalfWay)) {
        co_return fail(ErrorKind::Unavailable, "painter.unavailable", "cut off");
    }
    if (env_.faults.hits(Fault::PainterBadBytes)) {
        ++log_.failures[request.order.prompt];
        co_return Painted{.engine = id, .cost = 1};
    }
    written = co_await sink.write(bytes_of(picture.substr(half)));
    if (!written) co_return std::unexpected(written.error());
    co_return Painted{.engine = id, .cost = 1};
}

}  // namespace imagify::sim
