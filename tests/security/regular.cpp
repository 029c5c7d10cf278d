#include "security/regular.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "support/http_probe.hpp"

namespace imagify::testing {

double Latencies::at(double share) const {
    if (ms.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(ms.size()));
    return ms[std::min(index, ms.size() - 1)];
}

std::string Latencies::figures() const {
    return fmt::format("p50 {:.2f}, p99 {:.2f}, max {:.1f} ms of {}", at(0.5), at(0.99), at(1),
                       ms.size());
}

RegularCustomer::RegularCustomer(std::uint16_t port, std::string request)
    : thread_([this, port, request = std::move(request)] { ask_on(port, request); }) {}

void RegularCustomer::ask_on(std::uint16_t port, const std::string& request) {
    using Clock = std::chrono::steady_clock;
    constexpr auto kPause = std::chrono::milliseconds(1);
    std::unique_ptr<HttpProbe> line;
    while (!stopping_) {
        if (!line) line = std::make_unique<HttpProbe>(port);
        const auto start = Clock::now();
        const auto reply = line->ask(request);
        const std::chrono::duration<double, std::milli> took = Clock::now() - start;
        if (reply && reply->status == 200) {
            seen_.ms.push_back(took.count());
        } else {
            ++unanswered_;
            line.reset();
        }
        // A person, not a load: between two requests the machine is the others'.
        std::this_thread::sleep_for(kPause);
    }
}

Latencies RegularCustomer::stop() {
    stopping_ = true;
    thread_.join();
    std::ranges::sort(seen_.ms);
    return std::move(seen_);
}

}  // namespace imagify::testing
