#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <future>

#include "security/corpus.hpp"
#include "security/loopback.hpp"
#include "security/regular.hpp"
#include "security/target.hpp"

namespace imagify::testing {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr unsigned kPerAddress = 200;
constexpr double kGoalMs = 20;
// The goal is for two cores of one's own; here builds and other tests may have them meanwhile.
constexpr double kLimitMs = 5 * kGoalMs;
// The head's 10 s, a tick of the server's coarse timer, and a busy machine.
constexpr auto kHeadsAreCutWithin = 14s;
constexpr auto kAllAreCutWithin = 45s;

// How somebody holds a connection with as little effort as possible.
struct Trick {
    std::string_view name;
    std::string opening;
    /// Sent byte by byte, one a second, over and over; may be empty.
    std::string drip;
    /// Cut because its head does not end; the others have longer.
    bool is_head;
};

std::vector<Trick> tricks() {
    const std::string post = "POST /auth/login HTTP/1.1\r\nHost: a\r\n";
    return {
        {"head", "GET / HTTP/1.1\r\nHost: a\r\nX: ", "a", true},
        {"fields", "GET / HTTP/1.1\r\nHost: a\r\n", "X: a\r\n", true},
        {"half a head", "GET / HTTP/1.1\r\n", "", true},
        {"body", post + "Content-Length: 60000\r\n\r\n{", " ", false},
        {"chunks", post + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n", false},
        {"silence", "", "", false},
        {"silence after an answer", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "", false},
    };
}

class SlowClient {
public:
    SlowClient(int socket, const Trick& trick) : socket_(socket), trick_(&trick) {
        ::fcntl(socket_, F_SETFL, O_NONBLOCK);
        send(trick.opening);
    }
    ~SlowClient() { end(); }
    SlowClient(const SlowClient&) = delete;
    SlowClient& operator=(const SlowClient&) = delete;

    void drip() {
        if (!open() || trick_->drip.empty()) return;
        send(std::string_view(&trick_->drip[at_++ % trick_->drip.size()], 1));
    }

    // Takes what has come; the end of the connection is the cut.
    void listen() {
        std::array<char, 4096> buffer;
        for (;;) {
            const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
            if (size > 0) continue;
            if (size == 0 || errno != EAGAIN) end();
            return;
        }
    }

    bool open() const { return socket_ >= 0; }
    int socket() const { return socket_; }
    bool is_head() const { return trick_->is_head; }

private:
    void send(std::string_view bytes) const {
        (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    void end() {
        if (open()) ::close(socket_);
        socket_ = -1;
    }

    int socket_;
    const Trick* trick_;
    std::size_t at_ = 0;
};

void raise_file_limit(std::uint64_t wanted) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(wanted, limit.rlim_max));
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

class Siege {
public:
    Siege(std::uint16_t port, std::uint64_t wanted) : tricks_(tricks()) {
        for (std::uint64_t i = 0; i < wanted; ++i) {
            const auto from = static_cast<unsigned>(2 + i / kPerAddress);
            const int socket = connect_from(from, port);
            if (socket < 0) continue;
            clients_.push_back(std::make_unique<SlowClient>(socket, tricks_[i % tricks_.size()]));
        }
    }

    // Drips for this long, or until the server has cut those that are to be cut.
    void hold(std::chrono::seconds time, bool all) {
        const auto start = Clock::now();
        for (int second = 1; Clock::now() - start < time && open(all) > 0; ++second) {
            for (const auto& client : clients_) client->drip();
            listen_until(start + std::chrono::seconds(second));
        }
    }

    std::size_t size() const { return clients_.size(); }
    /// Those that still hold on: of all, or of those whose head does not end.
    std::size_t open(bool all) const {
        return static_cast<std::size_t>(std::ranges::count_if(clients_, [&](const auto& client) {
            return client->open() && (all || client->is_head());
        }));
    }

private:
    void listen_until(Clock::time_point end) {
        for (auto left = end - Clock::now(); left > 0s; left = end - Clock::now()) {
            std::vector<pollfd> watched;
            for (const auto& client : clients_) {
                watched.push_back({.fd = client->socket(), .events = POLLIN, .revents = 0});
            }
            const auto wait = std::chrono::ceil<std::chrono::milliseconds>(left).count();
            if (::poll(watched.data(), watched.size(), static_cast<int>(wait)) <= 0) return;
            for (std::size_t i = 0; i < watched.size(); ++i) {
                if (watched[i].revents != 0) clients_[i]->listen();
            }
        }
    }

    std::vector<Trick> tricks_;
    std::vector<std::unique_ptr<SlowClient>> clients_;
};

// A server that never cuts, so that it is seen that holding on is noticed.
bool notices_patience(std::chrono::seconds time) {
    const Target patient({"IMAGIFY_MUTANT=http.never_cuts"});
    Siege siege(patient.port(), tricks().size());
    siege.hold(time, false);
    return siege.open(false) > 0;
}

}  // namespace

CorpusReport play_slow(const CorpusPlan& plan, Verdicts& verdicts) {
    const auto wanted = plan.choose(200, 2'000, 9'000);
    const bool all = plan.extent == Extent::Deep;
    const auto time = plan.extent == Extent::Smoke ? 1s
                      : all                        ? kAllAreCutWithin
                                                   : kHeadsAreCutWithin;
    raise_file_limit(2 * wanted + 1'000);
    auto control = std::async(std::launch::async, [time] { return notices_patience(time); });
    const Target target;
    const auto before = target.resident_bytes();
    Siege siege(target.port(), wanted);
    RegularCustomer customer(target.port(), http_request("GET", "/plans"));
    siege.hold(time, all);
    const auto growth = target.resident_bytes() - before;
    const auto latencies = customer.stop();
    verdicts.expect(siege.size() == wanted,
                    fmt::format("slow: {} of {} slow connections taken", siege.size(), wanted));
    verdicts.expect(latencies.at(0.99) < kLimitMs && customer.unanswered() == 0,
                    fmt::format("slow: a customer meanwhile: {}, {} unanswered; goal p99 < {} ms",
                                latencies.figures(), customer.unanswered(), kGoalMs));
    if (plan.extent != Extent::Smoke) {
        verdicts.expect(
            siege.open(all) == 0,
            fmt::format("slow: {} of those that had to be cut hold on", siege.open(all)));
    }
    verdicts.expect(control.get(), "slow: planted http.never_cuts, noticed");
    return {.cases = siege.size(),
            .findings = customer.unanswered(),
            .notes = fmt::format("customer {}; {} hold on, memory {:+.1f} MiB", latencies.figures(),
                                 siege.open(true), static_cast<double>(growth) / (1 << 20))};
}

}  // namespace imagify::testing
