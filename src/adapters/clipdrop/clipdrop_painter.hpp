#pragma once

#include "adapters/clipdrop/call_budget.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "ports/http_client.hpp"
#include "ports/painter.hpp"

namespace imagify {

class PngGate;

struct ClipdropSettings {
    Secret api_key;
    /// Without a path.
    std::string url = "https://clipdrop-api.co";
    /// ClipDrop's default for a key.
    std::size_t calls_per_minute = 60;
};

/// ClipDrop's text-to-image API: square pictures of 1024 x 1024 as PNG. It has no field for size,
/// seed or style; a style is asked for in words after the prompt. A call that brought no picture
/// and no refusal is repeated once, if at least 5 seconds are left. The key is in no error and no
/// log. Also Invalid `painter.unsupported`: a frame that is not square.
class ClipdropPainter final : public Painter {
public:
    /// What is referred to outlives the painter.
    ClipdropPainter(ClipdropSettings settings, HttpClient& http, Clock& clock, Random& random);

    const PainterCapabilities& capabilities() const override { return capabilities_; }
    Task<Result<Painted>> paint(PaintRequest request, ByteSink& sink) override;

private:
    Task<Result<Painted>> call(std::string prompt, std::chrono::steady_clock::time_point deadline,
                               PngGate& gate);
    Result<Painted> judge(const OutboundAnswer& answer, std::string_view prompt,
                          const PngGate& gate) const;
    bool is_worth_repeating(const Error& error, std::chrono::steady_clock::time_point deadline,
                            const PngGate& gate) const;
    std::chrono::milliseconds pause() const;

    ClipdropSettings settings_;
    HttpClient& http_;
    Clock& clock_;
    Random& random_;
    CallBudget budget_;
    PainterCapabilities capabilities_;
};

}  // namespace imagify
