#pragma once

#include "base/worker.hpp"
#include "ports/painter.hpp"

namespace imagify {

/// The demo painter as an engine: draws on the worker pool, needs no key and no network.
class SceneEngine final : public Painter {
public:
    /// `worker` outlives this.
    explicit SceneEngine(Worker& worker);

    const PainterCapabilities& capabilities() const override { return capabilities_; }
    Task<Result<Painted>> paint(PaintRequest request, ByteSink& sink) override;

private:
    Worker& worker_;
    PainterCapabilities capabilities_;
};

}  // namespace imagify
