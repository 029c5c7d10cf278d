#pragma once

#include <functional>
#include <string_view>

#include "security/attacked_api.hpp"

namespace imagify::testing {

/// Shows every cell of the authorisation matrix: each operation of api/openapi.yaml, with each
/// method, to each caller, about each kind of id; by a header, by a cookie, and by a form of
/// another site. `only` one path, if any. `prepared` is called when the people are there.
void play_cells(AttackedApi& api, Findings& findings, std::string_view only,
                const std::function<void()>& prepared);

}  // namespace imagify::testing
