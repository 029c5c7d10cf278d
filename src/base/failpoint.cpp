#include "base/failpoint.hpp"

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string>

namespace imagify {
namespace {

struct Armed {
    std::string name;
    std::atomic<int> remaining{0};

    Armed() {
        const char* setting = std::getenv("IMAGIFY_FAILPOINT");
        if (setting == nullptr) return;
        const std::string_view text(setting);
        const auto colon = text.find(':');
        name = text.substr(0, colon);
        int hits = 1;
        if (colon != std::string_view::npos) {
            const auto digits = text.substr(colon + 1);
            std::from_chars(digits.data(), digits.data() + digits.size(), hits);
        }
        remaining = hits;
    }
};

}  // namespace

void visit_failpoint(std::string_view name) {
    static Armed armed;
    if (armed.name != name) return;
    if (armed.remaining.fetch_sub(1) == 1) std::raise(SIGKILL);
}

}  // namespace imagify
