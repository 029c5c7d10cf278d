#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/prompt.hpp"
#include "ports/byte_sink.hpp"

namespace imagify {

/// What a painter can do; the web form shows only this.
struct PainterCapabilities {
    /// Stable name: "clipdrop", "demo".
    std::string id;
    std::string name;
    /// True for pictures that only demonstrate the product.
    bool demo = false;
    std::vector<AspectRatio> aspect_ratios;
    std::vector<std::string> styles;
    bool seed = false;
    bool negative_prompt = false;
};

struct PaintRequest {
    PictureOrder order;
    /// The whole call, retries included, ends by then.
    std::chrono::steady_clock::time_point deadline;
};

/// What was painted; the bytes went into the sink. Still to be inspected: a painter is believed
/// nothing.
struct Painted {
    std::string engine;
    /// The supplier's own credits that it cost us; may be a fraction.
    double cost = 0;
};

/// Somebody who turns words into a picture. Safe from several coroutines at once; outlives every
/// Task it returns.
class Painter {
public:
    virtual ~Painter() = default;

    /// The same for as long as the painter lives.
    virtual const PainterCapabilities& capabilities() const = 0;

    /// Streams the picture into `sink`, which outlives the Task. After an error the sink holds
    /// rubbish. Errors: Refused `prompt.refused` (by content policy); RateLimited
    /// `painter.rate_limited` (with retry_after); NoUpstreamCredit `painter.no_upstream_credit`
    /// (our key or our credits: call the operator); Unavailable `painter.unavailable`; Timeout
    /// `painter.timeout`; BadUpstream `painter.bad_answer`; TooLarge from the sink.
    virtual Task<Result<Painted>> paint(PaintRequest request, ByteSink& sink) = 0;
};

}  // namespace imagify
