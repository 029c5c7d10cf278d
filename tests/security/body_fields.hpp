#pragma once

#include <string>
#include <utility>
#include <vector>

#include "transport/http/message.hpp"

namespace imagify::testing {

/// A body that its operation takes, as names and JSON values.
struct KnownBody {
    http::Method method;
    std::string path;
    std::vector<std::pair<std::string, std::string>> members;

    /// With `name` replaced by that JSON text, or added.
    std::string with(const std::string& name, const std::string& value) const;
};

/// One for each operation of api/openapi.yaml that has a body.
std::vector<KnownBody> known_bodies();

}  // namespace imagify::testing
