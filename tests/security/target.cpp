#include "security/target.hpp"

#include <fmt/format.h>

#include <fstream>
#include <stdexcept>

namespace imagify::testing {

namespace {

std::int64_t bytes_of(pid_t process, std::string_view what) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what)) return std::stoll(line.substr(what.size())) * 1024;
    }
    throw std::runtime_error("the server has died");
}

}  // namespace

Target::Target(std::vector<std::string> environment) : server_(std::move(environment)) {
    server_.start();
}

std::int64_t Target::resident_bytes() const { return bytes_of(server_.process_id(), "VmRSS:"); }

std::int64_t Target::peak_bytes() const { return bytes_of(server_.process_id(), "VmHWM:"); }

bool Target::serves() const {
    const auto reply = server_.ask("GET", "/healthz");
    return reply && reply->status == 200;
}

std::string printable(const std::string& bytes) {
    std::string text;
    for (const char c : bytes.substr(0, 300)) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte >= 32 && byte < 127 ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
    }
    return text;
}

}  // namespace imagify::testing
