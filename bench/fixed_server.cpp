// Imagify's own HTTP server with a service that always gives the same answer: what transport/beast
// costs without routes, accounts and SQLite. Usage: fixed_server PORT
#include <cstdint>
#include <cstdio>
#include <string>

#include "base/random.hpp"
#include "transport/beast/beast_server.hpp"

namespace {

using namespace imagify;

class FixedAnswer final : public http::Service {
public:
    Task<http::Response> handle(http::Request) override {
        http::Response response;
        response.headers.add("Content-Type", "application/json");
        response.body = std::string(
            R"({"credits":5,"held":0,"user":{"id":"u","name":"Lan","email":"l@x.vn"}})");
        co_return response;
    }
};

class NoRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override { std::ranges::fill(bytes, std::byte{7}); }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: fixed_server PORT\n", stderr);
        return 2;
    }
    FixedAnswer service;
    NoRandom random;
    http::ServerConfig config;
    config.listen = std::string("127.0.0.1:") + argv[1];
    http::BeastServer server(config, service, random);
    if (const auto port = server.listen(); !port) {
        std::fprintf(stderr, "%s\n", port.error().detail.c_str());
        return 1;
    }
    server.run();
}
