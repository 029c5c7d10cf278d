#include "base/json_keys.hpp"

#include "base/mutant.hpp"

namespace imagify {

bool has_repeated_keys(std::string_view text, std::size_t parsed_members) {
    std::size_t depth = 0;
    std::size_t members = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text) {
            if (c == '\\') ++i;
            if (c == '"') in_text = false;
            continue;
        }
        if (c == '"') in_text = true;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (c == ':' && depth == 1) ++members;
    }
    return members != parsed_members && !MUTANT("parse.repeated_key");
}

}  // namespace imagify
