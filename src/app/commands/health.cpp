// Asks the server of this machine whether it can work: for containers and monitors without curl.
#include <CLI/CLI.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/config.hpp"
#include "app/server_addresses.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::string_view kQuestion = "/readyz";
constexpr std::chrono::seconds kPatience{5};

struct Place {
    std::string host;
    std::string port;
};

// "[::1]:8080" -> "::1" and "8080".
Place place_of(std::string_view address) {
    const auto colon = address.rfind(':');
    auto host = address.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return {.host = std::string(host), .port = std::string(address.substr(colon + 1))};
}

template <class Stream>
Task<std::string> exchange(Stream& stream, std::string host) {
    std::string request("GET ");
    request.append(kQuestion).append(" HTTP/1.1\r\nHost: ").append(host);
    request += "\r\nConnection: close\r\n\r\n";
    co_await asio::async_write(stream, asio::buffer(request), asio::use_awaitable);
    std::string answer(64, '\0');
    const auto [error, bytes] = co_await asio::async_read(stream, asio::buffer(answer),
                                                          asio::as_tuple(asio::use_awaitable));
    answer.resize(bytes);
    co_return answer.substr(0, answer.find('\r'));
}

/// The status line of the answer. Throws when there is none.
Task<std::string> ask(std::string address, bool tls) {
    const auto executor = co_await asio::this_coro::executor;
    const auto place = place_of(address);
    tcp::resolver resolver(executor);
    const auto found = co_await resolver.async_resolve(place.host, place.port, asio::use_awaitable);
    tcp::socket socket(executor);
    co_await socket.async_connect(*found.begin(), asio::use_awaitable);
    if (!tls) co_return co_await exchange(socket, address);
    // The certificate is for customers, whose name for this machine is another.
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.set_verify_mode(asio::ssl::verify_none);
    asio::ssl::stream<tcp::socket> stream(std::move(socket), context);
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
    co_return co_await exchange(stream, address);
}

std::string answer_of(const std::string& address, bool tls) {
    asio::io_context context;
    auto answer = asio::co_spawn(context, ask(address, tls), asio::use_future);
    context.run_for(kPatience);
    if (!context.stopped()) return "no answer within 5 seconds";
    try {
        return answer.get();
    } catch (const boost::system::system_error& error) {
        return error.code().message();
    }
}

int health(const Overrides& flags) {
    const auto reading = read_config(with_overrides(flags));
    for (const auto& problem : reading.problems) {
        if (problem.setting != "IMAGIFY_LISTEN") continue;
        std::fprintf(stderr, "imagify: IMAGIFY_LISTEN %s\n", problem.advice.c_str());
        return kExitUsage;
    }
    const bool tls = !reading.config.tls_certificate.empty();
    const auto address = reachable_address(reading.config.listen);
    const auto answer = answer_of(address, tls);
    const auto url = std::string(tls ? "https://" : "http://") + address + std::string(kQuestion);
    if (answer.starts_with("HTTP/1.1 200")) {
        std::printf("healthy: %s\n", url.c_str());
        return kExitDone;
    }
    std::fprintf(stderr,
                 "unhealthy: %s: %s\n"
                 "The server's log says why; `imagify doctor` checks its settings.\n",
                 url.c_str(), answer.c_str());
    return kExitProblem;
}

}  // namespace

void add_health(CLI::App& program, int& exit_code) {
    auto* command =
        program.add_subcommand("health", "Ask the server on this machine whether it can work");
    auto flags = std::make_shared<Overrides>();
    command->add_option("--listen", (*flags)["IMAGIFY_LISTEN"],
                        "Where it listens (IMAGIFY_LISTEN), default 127.0.0.1:8080");
    command->footer(
        "Examples:\n"
        "  imagify health\n"
        "  imagify health --listen :9000\n\n"
        "Reads the same settings as the server and asks for /readyz, over HTTPS when TLS_CERT is\n"
        "set. Exit codes: 0 healthy; 1 not, or no answer within 5 seconds; 2 usage.");
    command->callback([flags, &exit_code] { exit_code = health(*flags); });
}

}  // namespace imagify
