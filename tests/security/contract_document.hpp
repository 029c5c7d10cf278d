#pragma once

#include <set>
#include <string>
#include <vector>

namespace imagify::testing {

/// One operation of api/openapi.yaml, as far as it says who may do what.
struct Operation {
    std::string path;
    /// "GET", "POST", ...
    std::string method;
    /// Without a session it is refused.
    bool needs_session = true;
    bool is_for_operators = false;
    bool has_body = false;
    std::set<unsigned> statuses{};

    std::string name() const { return method + " " + path; }
    bool has_id() const { return path.contains("{id}"); }
};

/// Every operation of the document. Reads the indentation that the file has, no YAML at large;
/// throws when it finds none.
std::vector<Operation> documented_operations();

}  // namespace imagify::testing
