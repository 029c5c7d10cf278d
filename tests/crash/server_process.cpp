#include "crash/server_process.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include <csignal>
#include <fstream>

namespace imagify::testing {
namespace {

constexpr std::chrono::seconds kStartLimit{20};

std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

}  // namespace

ServerProcess::ServerProcess() : port_(free_port()) {}

ServerProcess::~ServerProcess() { kill_now(); }

pid_t ServerProcess::spawn(const std::vector<std::string>& arguments) {
    std::vector<std::string> environment{
        "IMAGIFY_FAILPOINT_FILE=" + (folder_.path() / "failpoint").string(),
        std::string("VNPAY_TMN_CODE=") + kCrashTerminal,
        "VNPAY_HASH_SECRET=" + kCrashHashSecret.reveal(), "LOG_LEVEL=error"};
    std::vector<std::string> words{IMAGIFY_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<char*> envp;
    for (auto& variable : environment) envp.push_back(variable.data());
    envp.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = -1;
    const int failed =
        ::posix_spawn(&process, IMAGIFY_PROGRAM, &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    EXPECT_EQ(failed, 0);
    return process;
}

void ServerProcess::start() {
    std::filesystem::remove(folder_.path() / "failpoint");
    process_ = spawn({"serve", "--listen", "127.0.0.1:" + std::to_string(port_), "--data",
                      (folder_.path() / "data").string()});
    const auto limit = std::chrono::steady_clock::now() + kStartLimit;
    while (std::chrono::steady_clock::now() < limit) {
        const auto reply = ask("GET", "/readyz");
        if (reply && reply->status == 200) return;
    }
    ADD_FAILURE() << "the server did not become ready";
}

void ServerProcess::arm(const std::string& failpoint) {
    // Renamed into place: a visit sees the whole name or nothing.
    const auto file = folder_.path() / "failpoint";
    std::ofstream(file.string() + ".new") << failpoint << '\n';
    std::filesystem::rename(file.string() + ".new", file);
}

bool ServerProcess::was_killed() {
    int status = 0;
    const bool ended = ::waitpid(process_, &status, 0) == process_;
    process_ = -1;
    return ended && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void ServerProcess::kill_now() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

std::optional<Reply> ServerProcess::ask(const std::string& method, const std::string& target,
                                        const std::string& body, const std::string& token,
                                        const std::string& more_headers) {
    HttpProbe probe(port_);
    if (!probe.connected()) return std::nullopt;
    std::string request =
        method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + more_headers +
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    if (!token.empty()) request += "Authorization: Bearer " + token + "\r\n";
    return probe.ask(request + "\r\n" + body);
}

int ServerProcess::verify() {
    const auto process = spawn({"verify", "--data", (folder_.path() / "data").string()});
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace imagify::testing
