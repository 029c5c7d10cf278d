#include "app/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>

namespace imagify {

ServiceManager::ServiceManager(const Environment& environment)
    : socket_(environment("NOTIFY_SOCKET").value_or("")) {
    const auto allowed = environment("WATCHDOG_USEC").value_or("");
    std::int64_t microseconds = 0;
    const auto end = allowed.data() + allowed.size();
    const auto [stop, error] = std::from_chars(allowed.data(), end, microseconds);
    // Less than two milliseconds could not be kept, and would keep a core busy trying.
    if (error != std::errc() || stop != end || microseconds < 2'000) return;
    alive_every_ = std::chrono::milliseconds(microseconds / 2'000);
}

void ServiceManager::ready(std::string_view url) const {
    send(std::string("READY=1\nSTATUS=Serves ").append(url));
}

void ServiceManager::stopping() const { send("STOPPING=1\nSTATUS=Finishes what runs"); }

void ServiceManager::alive() const { send("WATCHDOG=1"); }

void ServiceManager::send(std::string_view words) const {
    sockaddr_un address{};
    if (socket_.empty() || socket_.size() >= sizeof(address.sun_path)) return;
    address.sun_family = AF_UNIX;
    socket_.copy(address.sun_path, socket_.size());
    if (socket_.front() == '@') address.sun_path[0] = '\0';  // A name without a file.
    const int channel = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (channel < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    ::sendto(channel, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
             reinterpret_cast<const sockaddr*>(&address), length);
    ::close(channel);
}

}  // namespace imagify
