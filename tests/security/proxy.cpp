#include "security/proxy.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "crash/server_process.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kNginx = "/usr/sbin/nginx";
constexpr std::string_view kHaproxy = "/usr/sbin/haproxy";

std::string_view program(ProxyKind kind) { return kind == ProxyKind::Nginx ? kNginx : kHaproxy; }

std::string nginx_settings(std::uint16_t port, std::uint16_t server, const std::string& folder) {
    std::string temporary;
    for (const auto* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
        temporary += fmt::format("{0}_temp_path {1}/{0};\n", kind, folder);
    }
    return fmt::format(
        "daemon off; master_process off; pid {2}/pid; error_log /dev/null crit;\n"
        "events {{ worker_connections 512; }}\n"
        "http {{ access_log off; {3}\n"
        "upstream imagify {{ server 127.0.0.1:{1}; keepalive 1; }}\n"
        "server {{ listen 127.0.0.1:{0}; location / {{ proxy_pass http://imagify;\n"
        "proxy_http_version 1.1; proxy_set_header Connection \"\";\n"
        "proxy_set_header Host $http_host; proxy_buffering off; }} }} }}\n",
        port, server, folder, temporary);
}

std::string haproxy_settings(std::uint16_t port, std::uint16_t server) {
    return fmt::format(
        "global\n    nbthread 1\ndefaults\n    mode http\n    timeout connect 5s\n"
        "    timeout client 5s\n    timeout server 5s\n    http-reuse always\n"
        "frontend in\n    bind 127.0.0.1:{}\n    default_backend out\n"
        "backend out\n    server imagify 127.0.0.1:{} pool-max-conn 1\n",
        port, server);
}

}  // namespace

bool Proxy::installed(ProxyKind kind) { return std::filesystem::exists(program(kind)); }

std::string_view Proxy::name(ProxyKind kind) {
    return kind == ProxyKind::Nginx ? "nginx" : "haproxy";
}

Proxy::Proxy(ProxyKind kind, std::uint16_t server_port) : port_(free_port()) {
    const auto settings = (folder_.path() / "settings").string();
    std::ofstream(settings) << (kind == ProxyKind::Nginx
                                    ? nginx_settings(port_, server_port, folder_.path().string())
                                    : haproxy_settings(port_, server_port));
    std::array<std::string, 5> words{std::string(program(kind)),
                                     kind == ProxyKind::Nginx ? "-c" : "-f", settings,
                                     kind == ProxyKind::Nginx ? "-p" : "-db",
                                     kind == ProxyKind::Nginx ? folder_.path().string() : "-q"};
    std::array<char*, 6> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int failed =
        ::posix_spawn(&process_, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!HttpProbe(port_).connected()) {
        if (std::chrono::steady_clock::now() > limit) throw std::runtime_error(words[0]);
        std::this_thread::yield();
    }
}

Proxy::~Proxy() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

}  // namespace imagify::testing
