#include "security/watched_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <stdexcept>

#include "crash/server_process.hpp"

namespace imagify::testing {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

std::string file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

WatchedProgram::WatchedProgram(std::vector<std::string> environment)
    : environment_(std::move(environment)), port_(free_port()) {}

WatchedProgram::~WatchedProgram() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

pid_t WatchedProgram::spawn(std::vector<std::string> arguments,
                            std::vector<std::string> environment, const std::string& log) {
    arguments.insert(arguments.begin(), IMAGIFY_PROGRAM);
    const auto argv = pointers(arguments);
    const auto envp = pointers(environment);
    const auto file = (folder_.path() / log).string();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, folder_.path().c_str());
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, file.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    const auto output = (folder_.path() / "output").string();
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    pid_t process = -1;
    const int failed =
        ::posix_spawn(&process, IMAGIFY_PROGRAM, &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " IMAGIFY_PROGRAM);
    return process;
}

int WatchedProgram::run(const std::vector<std::string>& arguments,
                        const std::vector<std::string>& more) {
    auto environment = environment_;
    for (const auto& each : more) {
        const auto name = each.substr(0, each.find('=') + 1);
        std::erase_if(environment, [&](const auto& set) { return set.starts_with(name); });
        environment.push_back(each);
    }
    int status = 0;
    ::waitpid(spawn(arguments, std::move(environment), "errors"), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void WatchedProgram::serve() {
    process_ = spawn(
        {"serve", "--listen", "127.0.0.1:" + std::to_string(port_), "--data", data().string()},
        environment_, "log");
    // It answers as soon as it listens; connecting fails at once before that.
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (ask("GET", "/healthz").status != 200) {
        if (std::chrono::steady_clock::now() > patience) throw std::runtime_error("no server");
    }
}

void WatchedProgram::crash() {
    ::kill(process_, SIGABRT);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

Reply WatchedProgram::ask(const std::string& method, const std::string& target,
                          const std::string& body, const std::string& token,
                          const std::string& more_headers) const {
    HttpProbe probe(port_);
    if (!probe.connected()) return {};
    return probe.ask(http_request(method, target, body, token, more_headers)).value_or(Reply{});
}

std::string WatchedProgram::printed(bool log_only) const {
    auto text = file_text(folder_.path() / "log");
    if (!log_only)
        text += file_text(folder_.path() / "output") + file_text(folder_.path() / "errors");
    return text;
}

}  // namespace imagify::testing
