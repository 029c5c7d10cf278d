#include "app/commands/options.hpp"

namespace imagify {

Environment with_overrides(Overrides overrides) {
    return [overrides = std::move(overrides),
            environment = process_environment()](std::string_view name) {
        const auto found = overrides.find(name);
        if (found == overrides.end() || found->second.empty()) return environment(name);
        return std::optional(found->second);
    };
}

}  // namespace imagify
