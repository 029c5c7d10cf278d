#pragma once

#include <string>

#include "ports/byte_sink.hpp"

namespace imagify {

/// Lets bytes through to a sink once they have begun as a PNG. Used by one coroutine.
class PngGate final : public ByteSink {
public:
    /// `sink` outlives the gate.
    explicit PngGate(ByteSink& sink) : sink_(sink) {}

    /// Errors: BadUpstream `painter.bad_answer` when the bytes are not a PNG; those of the sink.
    Task<Result<void>> write(std::span<const std::byte> bytes) override;

    /// True when the whole signature has passed.
    bool is_open() const { return is_open_; }
    /// True when `write` has failed: the error is about the bytes or the sink, not the connection.
    bool has_failed() const { return has_failed_; }

private:
    ByteSink& sink_;
    std::string held_back_;
    bool is_open_ = false;
    bool has_failed_ = false;
};

}  // namespace imagify
