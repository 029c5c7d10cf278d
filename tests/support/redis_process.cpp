#include "support/redis_process.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>

namespace imagify::testing {
namespace {

std::string server_program() {
    for (const auto* path : {"/usr/bin/redis-server", "/usr/bin/valkey-server"}) {
        if (std::filesystem::exists(path)) return path;
    }
    return {};
}

// A port that nobody had a moment ago.
unsigned free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
}

// True once the server says so; false when it ends before.
bool wait_until_ready(int output) {
    std::string said;
    for (char c = 0; ::read(output, &c, 1) == 1;) {
        said += c;
        if (said.ends_with("Ready to accept connections")) return true;
    }
    return false;
}

}  // namespace

RedisProcess::RedisProcess(std::vector<std::string> options) : port_(free_port()) {
    const auto program = server_program();
    std::array<int, 2> pipe{};
    if (program.empty() || ::pipe2(pipe.data(), O_CLOEXEC) != 0) return;
    // `timeout`, so that it does not outlive a test that was killed for long.
    std::vector<std::string> words = {
        "/usr/bin/timeout", "120", program,       "--bind", "127.0.0.1", "--save", "",
        "--appendonly",     "no",  "--databases", "2"};
    for (auto& option : options) {
        words.push_back(option == "{port}" ? std::to_string(port_) : std::move(option));
    }
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    const auto failed =
        ::posix_spawn(&process_, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    output_ = pipe[0];
    if (failed == 0) up_ = wait_until_ready(output_);
}

void RedisProcess::stop() {
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
    up_ = false;
}

RedisProcess::~RedisProcess() {
    stop();
    if (output_ >= 0) ::close(output_);
}

}  // namespace imagify::testing
