#include "app/commands/options.hpp"

#include <cstdio>

#include "app/commands/run_task.hpp"

namespace imagify {

Environment with_overrides(Overrides overrides) {
    return [overrides = std::move(overrides),
            environment = process_environment()](std::string_view name) {
        const auto found = overrides.find(name);
        if (found == overrides.end() || found->second.empty()) return environment(name);
        return std::optional(found->second);
    };
}

std::unique_ptr<KeptSecrets> open_settings(const Overrides& overrides) {
    auto settings = std::make_unique<KeptSecrets>(with_overrides(overrides));
    if (!settings->any()) return settings;
    const auto read = run_task(settings->read());
    if (read) return settings;
    std::fprintf(stderr, "imagify: %s\n", read.error().detail.c_str());
    return nullptr;
}

}  // namespace imagify
