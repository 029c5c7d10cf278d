#include "support/http_probe.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace imagify::testing {
namespace {

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

Reply parse_head(std::string_view head) {
    Reply reply;
    const auto space = head.find(' ');
    if (space != std::string_view::npos) {
        reply.status = static_cast<unsigned>(number(head.substr(space + 1, 3), 10));
    }
    for (auto end = head.find("\r\n"); end != std::string_view::npos; end = head.find("\r\n")) {
        head.remove_prefix(end + 2);
        const auto line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos) continue;
        reply.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    return reply;
}

}  // namespace

std::string_view Reply::header(std::string_view name) const {
    const auto found = std::ranges::find_if(
        headers, [&](const auto& field) { return same_name(field.first, name); });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

HttpProbe::HttpProbe(std::uint16_t port, std::chrono::milliseconds timeout) : timeout_(timeout) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        socket_ = -1;
        return;
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

HttpProbe::~HttpProbe() {
    if (connected()) ::close(socket_);
}

bool HttpProbe::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

void HttpProbe::finish_sending() const { ::shutdown(socket_, SHUT_WR); }

bool HttpProbe::readable_within(std::chrono::milliseconds patience) const {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

long HttpProbe::receive(std::span<char> space) {
    return ::recv(socket_, space.data(), space.size(), 0);
}

bool HttpProbe::fill() {
    if (!connected() || !readable_within(timeout_)) return false;
    std::array<char, 65536> bytes;
    const auto size = receive(bytes);
    if (size <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(size));
    return true;
}

bool HttpProbe::read_chunks(std::string& body) {
    for (;;) {
        auto end = buffer_.find("\r\n");
        while (end == std::string::npos) {
            if (!fill()) return false;
            end = buffer_.find("\r\n");
        }
        const auto size = number(std::string_view(buffer_).substr(0, end), 16);
        while (buffer_.size() < end + 2 + size + 2) {
            if (!fill()) return false;
        }
        body.append(buffer_, end + 2, size);
        buffer_.erase(0, end + 2 + size + 2);
        if (size == 0) return true;
    }
}

std::optional<Reply> HttpProbe::read_reply(Expect expect) {
    auto end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!fill()) return std::nullopt;
        end = buffer_.find("\r\n\r\n");
    }
    auto reply = parse_head(std::string_view(buffer_).substr(0, end + 2));
    buffer_.erase(0, end + 4);
    const bool bodiless = reply.status < 200 || reply.status == 204 || reply.status == 304;
    if (expect == Expect::HeadOnly || bodiless) {
        reply.complete = true;
    } else if (reply.header("Transfer-Encoding") == "chunked") {
        reply.complete = read_chunks(reply.body);
    } else if (const auto length = reply.header("Content-Length"); !length.empty()) {
        const auto size = number(length, 10);
        while (buffer_.size() < size && fill()) {
        }
        reply.complete = buffer_.size() >= size;
        reply.body = buffer_.substr(0, size);
        buffer_.erase(0, reply.body.size());
    } else {
        reply.body = read_all();
        reply.complete = true;
    }
    return reply;
}

std::string HttpProbe::read_all() {
    while (fill()) {
    }
    return std::exchange(buffer_, {});
}

bool HttpProbe::ends() {
    if (!buffer_.empty() || !readable_within(timeout_)) return false;
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) == 0;
}

std::optional<Reply> HttpProbe::ask(std::string_view bytes, Expect expect) {
    send(bytes);
    return read_reply(expect);
}

}  // namespace imagify::testing
