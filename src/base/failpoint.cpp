#include "base/failpoint.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>

namespace imagify {
namespace {

FailpointHandler& handler() {
    static FailpointHandler installed;
    return installed;
}

}  // namespace

void set_failpoint_handler(FailpointHandler replacement) { handler() = std::move(replacement); }

void visit_failpoint(std::string_view name) {
    if (handler()) {
        handler()(name);
        return;
    }
    static const char* const file = std::getenv("IMAGIFY_FAILPOINT_FILE");
    if (file == nullptr) return;
    std::ifstream stream(file);
    std::string armed;
    if (std::getline(stream, armed) && armed == name) std::raise(SIGKILL);
}

}  // namespace imagify
