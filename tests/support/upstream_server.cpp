#include "support/upstream_server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>

namespace imagify::testing {
namespace {

SSL_CTX* make_server_context(const TlsIdentity& identity) {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    BIO* memory = BIO_new_mem_buf(identity.certificate_pem.data(), -1);
    X509* certificate = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    X509_free(certificate);
    BIO_free(memory);
    memory = BIO_new_mem_buf(identity.key_pem.data(), -1);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(memory, nullptr, nullptr, nullptr);
    SSL_CTX_use_PrivateKey(context, key);
    EVP_PKEY_free(key);
    BIO_free(memory);
    return context;
}

std::size_t content_length(const std::string& head) {
    const auto at = head.find("\r\nContent-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 18));
}

}  // namespace

UpstreamConnection::UpstreamConnection(int socket, SSL_CTX* tls) : socket_(socket) {
    if (tls == nullptr) return;
    tls_ = SSL_new(tls);
    SSL_set_fd(tls_, socket_);
}

UpstreamConnection::~UpstreamConnection() {
    if (tls_ != nullptr) SSL_shutdown(tls_);
    SSL_free(tls_);
    ::shutdown(socket_, SHUT_RDWR);
}

bool UpstreamConnection::handshake() {
    return tls_ == nullptr || SSL_is_init_finished(tls_) == 1 || SSL_accept(tls_) == 1;
}

std::string UpstreamConnection::read_some() {
    std::string bytes(4096, '\0');
    if (!handshake()) return {};
    const auto got = tls_ != nullptr ? SSL_read(tls_, bytes.data(), 4096)
                                     : ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

std::optional<ReceivedRequest> UpstreamConnection::read_request() {
    const auto read_until = [this](auto enough) {
        while (!enough()) {
            const auto bytes = read_some();
            if (bytes.empty()) return false;
            unread_ += bytes;
        }
        return true;
    };
    if (!read_until([this] { return unread_.contains("\r\n\r\n"); })) return std::nullopt;
    const auto end = unread_.find("\r\n\r\n");
    ReceivedRequest request{.head = unread_.substr(0, end), .body = {}};
    unread_.erase(0, end + 4);
    const auto length = content_length(request.head);
    if (!read_until([this, length] { return unread_.size() >= length; })) return std::nullopt;
    request.body = unread_.substr(0, length);
    unread_.erase(0, length);
    return request;
}

std::optional<std::string> UpstreamConnection::read_line() {
    while (!unread_.contains("\r\n")) {
        const auto bytes = read_some();
        if (bytes.empty()) return std::nullopt;
        unread_ += bytes;
    }
    auto line = unread_.substr(0, unread_.find("\r\n"));
    unread_.erase(0, line.size() + 2);
    return line;
}

bool UpstreamConnection::send(std::string_view bytes) {
    if (!handshake()) return false;
    while (!bytes.empty()) {
        const auto sent = tls_ != nullptr
                              ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                              : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void UpstreamConnection::drip(std::string_view bytes, std::chrono::milliseconds pause) {
    for (const char byte : bytes) {
        if (!send({&byte, 1})) return;
        pollfd gone{.fd = socket_, .events = POLLRDHUP, .revents = 0};
        if (::poll(&gone, 1, static_cast<int>(pause.count())) != 0) return;
    }
}

void UpstreamConnection::hang() {
    while (!read_some().empty()) continue;
}

void UpstreamConnection::reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    // Closes the connection under the descriptor, whose number stays taken until its owner is done.
    const int nothing = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::dup2(nothing, socket_);
    ::close(nothing);
}

UpstreamServer::UpstreamServer(Script script, std::optional<TlsIdentity> identity)
    : script_(std::move(script)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL.
    if (identity) tls_ = make_server_context(*identity);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, generic, &length) != 0) {
        throw std::runtime_error("the test server cannot listen");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

UpstreamServer::~UpstreamServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int socket : open_sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    threads_.clear();
    ::close(listener_);
    SSL_CTX_free(tls_);
}

std::string UpstreamServer::url(std::string_view path) const {
    return (tls_ != nullptr ? "https" : "http") + std::string("://127.0.0.1:") +
           std::to_string(port_) + std::string(path);
}

void UpstreamServer::accept_all() {
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (stopping_) {
            if (socket >= 0) ::close(socket);
            return;
        }
        if (socket < 0) continue;
        const int at_once = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
        ++connections_;
        {
            const std::lock_guard lock(mutex_);
            open_sockets_.push_back(socket);
        }
        threads_.emplace_back([this, socket] { serve(socket); });
    }
}

void UpstreamServer::serve(int socket) {
    {
        UpstreamConnection connection(socket, tls_);
        script_(connection);
    }
    const std::lock_guard lock(mutex_);
    std::erase(open_sockets_, socket);
    ::close(socket);
}

std::string make_answer(int status, const Headers& headers, std::string_view body) {
    auto answer = "HTTP/1.1 " + std::to_string(status) + " Answer\r\n";
    for (const auto& [name, value] : headers) answer += name + ": " + value + "\r\n";
    answer += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return answer + std::string(body);
}

UpstreamServer::Script always(std::string answer) {
    return [answer = std::move(answer)](UpstreamConnection& connection) {
        while (connection.read_request() && connection.send(answer)) continue;
    };
}

}  // namespace imagify::testing
