#include "adapters/clipdrop/png_gate.hpp"

#include <string_view>

namespace imagify {
namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";

}  // namespace

Task<Result<void>> PngGate::write(std::span<const std::byte> bytes) {
    if (!is_open_) {
        held_back_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const auto start = std::string_view(held_back_).substr(0, kSignature.size());
        if (!kSignature.starts_with(start)) {
            has_failed_ = true;
            co_return fail(ErrorKind::BadUpstream, "painter.bad_answer", "the body is not a PNG");
        }
        if (start.size() < kSignature.size()) co_return Result<void>{};
        is_open_ = true;
        bytes = std::as_bytes(std::span(held_back_));
    }
    auto taken = co_await sink_.write(bytes);
    has_failed_ = !taken;
    held_back_.clear();
    co_return taken;
}

}  // namespace imagify
