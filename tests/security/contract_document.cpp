#include "security/contract_document.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace imagify::testing {
namespace {

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return text;
}

bool has_indent(const std::string& line, std::size_t indent) {
    return line.find_first_not_of(' ') == indent;
}

// The key of "  key:" or "  key: value".
std::string key_of(const std::string& line) {
    const auto start = line.find_first_not_of(' ');
    return line.substr(start, line.find(':', start) - start);
}

void read_member(Operation& operation, const std::string& line) {
    const auto key = key_of(line);
    if (key == "security") operation.needs_session = !line.contains("[]") && !line.contains("{}");
    if (key == "tags") operation.is_for_operators = line.contains("[admin]");
    if (key == "requestBody") operation.has_body = true;
}

}  // namespace

std::vector<Operation> documented_operations() {
    std::ifstream file(IMAGIFY_OPENAPI);
    std::vector<Operation> operations;
    std::string path;
    bool in_paths = false;
    for (std::string line; std::getline(file, line);) {
        if (line.empty()) continue;
        if (has_indent(line, 0)) in_paths = line == "paths:";
        if (!in_paths) continue;
        if (has_indent(line, 2)) path = key_of(line);
        if (has_indent(line, 4)) {
            operations.push_back({.path = path, .method = upper(key_of(line))});
        }
        if (has_indent(line, 6)) read_member(operations.back(), line);
        if (has_indent(line, 8) && line[8] == '\'') {
            operations.back().statuses.insert(static_cast<unsigned>(std::stoul(line.substr(9, 3))));
        }
    }
    if (operations.empty()) throw std::runtime_error("api/openapi.yaml has no operations");
    return operations;
}

}  // namespace imagify::testing
