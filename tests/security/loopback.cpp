#include "security/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>

namespace imagify::testing {
namespace {

using Clock = std::chrono::steady_clock;
constexpr unsigned kFirstClient = 2;
constexpr unsigned kClients = 100;

// One connection: sends, then listens to its end.
class Exchange {
public:
    Exchange(int socket, std::string bytes) : socket_(socket), bytes_(std::move(bytes)) {
        ::fcntl(socket_, F_SETFL, O_NONBLOCK);
        send_more();
    }
    ~Exchange() {
        // No TIME_WAIT: 200,000 of them would use up the ports.
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        ::close(socket_);
    }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    pollfd watch() const {
        const auto events = all_sent_ ? POLLIN : POLLIN | POLLOUT;
        return {.fd = socket_, .events = static_cast<short>(events), .revents = 0};
    }

    // True when the connection has ended or the time is over.
    bool advance(short events, Clock::time_point now) {
        if ((events & POLLOUT) != 0 && !all_sent_) send_more();
        if ((events & (POLLIN | POLLHUP | POLLERR)) != 0 && !read_more()) {
            returned_.took = std::chrono::duration_cast<std::chrono::microseconds>(now - since_);
            return true;
        }
        returned_.hung = now - since_ > kPatience;
        return returned_.hung;
    }

    const std::string& sent() const { return bytes_; }
    const Returned& returned() const { return returned_; }

private:
    void send_more() {
        since_ = Clock::now();
        while (offset_ < bytes_.size()) {
            const auto size = ::send(socket_, bytes_.data() + offset_, bytes_.size() - offset_,
                                     MSG_NOSIGNAL | MSG_DONTWAIT);
            if (size < 0 && errno == EAGAIN) return;
            if (size < 0) break;  // It was refused meanwhile; the answer is still to be read.
            offset_ += static_cast<std::size_t>(size);
        }
        all_sent_ = true;
        ::shutdown(socket_, SHUT_WR);
    }

    bool read_more() {
        std::array<char, 16 * 1024> buffer;
        const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == EAGAIN) return true;
        if (size <= 0) return false;
        returned_.bytes.append(buffer.data(), static_cast<std::size_t>(size));
        return true;
    }

    int socket_;
    std::string bytes_;
    std::size_t offset_ = 0;
    bool all_sent_ = false;
    Clock::time_point since_ = Clock::now();
    Returned returned_;
};

}  // namespace

std::vector<unsigned> Returned::statuses() const {
    constexpr std::string_view kStart = "HTTP/1.1 ";
    std::vector<unsigned> found;
    const std::string_view text = bytes;
    for (auto at = text.find(kStart); at != std::string_view::npos;
         at = text.find(kStart, at + 1)) {
        unsigned status = 0;
        const auto* const digits = text.data() + at + kStart.size();
        std::from_chars(digits, std::min(digits + 3, text.data() + text.size()), status);
        if (status >= 200) found.push_back(status);
    }
    return found;
}

int connect_from(unsigned from, std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) throw std::runtime_error("no more sockets: raise the limit of open files");
    const int on = 1;
    // The port is chosen when it connects: it has to differ only for this server.
    ::setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + from);
    bool good = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    good =
        good && ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (good) return socket;
    ::close(socket);
    return -1;
}

void exchange_all(std::uint16_t port, std::size_t at_once,
                  const std::function<std::optional<std::string>()>& next,
                  const std::function<void(const std::string& sent, const Returned&)>& done) {
    std::vector<std::unique_ptr<Exchange>> open;
    unsigned turn = 0;
    bool more = true;
    while (more || !open.empty()) {
        while (more && open.size() < at_once) {
            auto bytes = next();
            more = bytes.has_value();
            if (!more) break;
            const int socket = connect_from(kFirstClient + turn++ % kClients, port);
            if (socket < 0) throw std::runtime_error("the server takes no connection");
            open.push_back(std::make_unique<Exchange>(socket, std::move(*bytes)));
        }
        std::vector<pollfd> watched;
        watched.reserve(open.size());
        for (const auto& each : open) watched.push_back(each->watch());
        if (!watched.empty()) ::poll(watched.data(), watched.size(), 1000);
        const auto now = Clock::now();
        for (std::size_t i = open.size(); i-- > 0;) {
            if (!open[i]->advance(watched[i].revents, now)) continue;
            done(open[i]->sent(), open[i]->returned());
            std::swap(open[i], open.back());
            open.pop_back();
        }
    }
}

Returned exchange_one(std::uint16_t port, const std::string& bytes) {
    Returned outcome;
    bool given = false;
    exchange_all(
        port, 1,
        [&]() -> std::optional<std::string> {
            if (std::exchange(given, true)) return std::nullopt;
            return bytes;
        },
        [&](const std::string&, const Returned& returned) { outcome = returned; });
    return outcome;
}

}  // namespace imagify::testing
