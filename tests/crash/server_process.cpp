#include "crash/server_process.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <stdexcept>

namespace imagify::testing {
namespace {

// Below the ports that outgoing connections get: nobody takes ours while the server is down.
constexpr std::uint16_t kFirstPort = 20'000;
constexpr int kPorts = 10'000;

bool is_free(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return bound;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

std::uint16_t free_port() {
    static std::atomic<int> next = ::getpid() * 37;
    for (int tries = 0; tries < kPorts; ++tries) {
        const auto port = static_cast<std::uint16_t>(kFirstPort + next++ % kPorts);
        if (is_free(port)) return port;
    }
    throw std::runtime_error("no port is free");
}

std::string http_request(const std::string& method, const std::string& target,
                         const std::string& body, const std::string& token,
                         const std::string& more_headers) {
    std::string request = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
                          more_headers + "Content-Length: " + std::to_string(body.size()) + "\r\n";
    if (!more_headers.contains("Content-Type")) request += "Content-Type: application/json\r\n";
    if (!token.empty()) request += "Authorization: Bearer " + token + "\r\n";
    return request + "\r\n" + body;
}

ServerProcess::ServerProcess(std::vector<std::string> environment,
                             const std::filesystem::path& parent)
    : folder_(parent), environment_(std::move(environment)), port_(free_port()) {
    environment_.push_back("IMAGIFY_FAILPOINT_FILE=" + (folder_.path() / "failpoint").string());
    environment_.push_back(std::string("VNPAY_TMN_CODE=") + kCrashTerminal);
    environment_.push_back("VNPAY_HASH_SECRET=" + kCrashHashSecret.reveal());
    environment_.emplace_back("LOG_LEVEL=error");
}

ServerProcess::~ServerProcess() { kill_now(); }

pid_t ServerProcess::spawn(const std::vector<std::string>& arguments, int output) {
    std::vector<std::string> words{IMAGIFY_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const auto argv = pointers(words);
    const auto envp = pointers(environment_);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    pid_t process = -1;
    const int failed =
        ::posix_spawn(&process, IMAGIFY_PROGRAM, &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " IMAGIFY_PROGRAM);
    return process;
}

void ServerProcess::launch() {
    std::filesystem::remove(folder_.path() / "failpoint");
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    process_ = spawn(
        {"serve", "--listen", "127.0.0.1:" + std::to_string(port_), "--data", data().string()},
        ends[1]);
    ::close(ends[1]);
    output_ = ends[0];
}

void ServerProcess::start() {
    launch();
    // It says one line when it listens.
    char last = 0;
    while (last != '\n') {
        if (::read(output_, &last, 1) <= 0) throw std::runtime_error("the server does not start");
    }
}

void ServerProcess::arm(const std::string& failpoint) {
    // Renamed into place: a visit sees the whole name or nothing.
    const auto file = folder_.path() / "failpoint";
    std::ofstream(file.string() + ".new") << failpoint << '\n';
    std::filesystem::rename(file.string() + ".new", file);
}

bool ServerProcess::ends_within(std::chrono::microseconds patience) const {
    const auto limit = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto left =
            std::max(std::chrono::nanoseconds(0),
                     std::chrono::nanoseconds(limit - std::chrono::steady_clock::now()));
        const timespec time{.tv_sec = left.count() / 1'000'000'000,
                            .tv_nsec = left.count() % 1'000'000'000};
        pollfd watch{.fd = output_, .events = POLLIN, .revents = 0};
        if (::ppoll(&watch, 1, &time, nullptr) == 0) return false;
        char printed = 0;
        if (::read(output_, &printed, 1) == 0) return true;
    }
}

bool ServerProcess::was_killed() {
    int status = 0;
    const bool ended = ::waitpid(process_, &status, 0) == process_;
    process_ = -1;
    ::close(output_);
    return ended && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void ServerProcess::kill_now() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    was_killed();
}

std::optional<Reply> ServerProcess::ask(const std::string& method, const std::string& target,
                                        const std::string& body, const std::string& token,
                                        const std::string& more_headers) const {
    HttpProbe probe(port_);
    if (!probe.connected()) return std::nullopt;
    return probe.ask(http_request(method, target, body, token, more_headers));
}

int ServerProcess::command(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--data", data().string()});
    return run(arguments);
}

int ServerProcess::health() {
    return run({"health", "--listen", "127.0.0.1:" + std::to_string(port_)});
}

int ServerProcess::run(const std::vector<std::string>& arguments) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const auto process = spawn(arguments, nowhere);
    ::close(nowhere);
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace imagify::testing
