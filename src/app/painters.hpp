#pragma once

#include <memory>
#include <vector>

#include "app/config.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/worker.hpp"
#include "ports/http_client.hpp"
#include "ports/painter.hpp"

namespace imagify {

/// The painters that the configuration names, best first. The arguments outlive them.
std::vector<std::unique_ptr<Painter>> make_painters(const Config& config, HttpClient& http,
                                                    Worker& worker, Clock& clock, Random& random);

}  // namespace imagify
