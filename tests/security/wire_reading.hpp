#pragma once

#include <string_view>
#include <vector>

namespace imagify::testing {

/// What has to become of one request on the wire.
enum class Fate {
    Served,      ///< It reaches a route, and the connection stays open.
    ServedLast,  ///< It reaches a route, and the connection ends with its answer.
    Refused,     ///< A 4xx that says so, and the connection ends.
};

/// Reads all bytes of a connection that the client ends after them, as RFC 9112 and the limits of
/// SECURITY.md say, and names the fate of each request in turn. A request whose end is missing has
/// none: nobody answers it. Written for the tests alone and without a look at the product's parser,
/// so that the two can be compared.
std::vector<Fate> read_wire(std::string_view bytes);

}  // namespace imagify::testing
