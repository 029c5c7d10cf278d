#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "support/http_probe.hpp"
#include "support/seeded_random.hpp"
#include "transport/beast/beast_server.hpp"

namespace imagify::testing {

/// Answers with whatever the test says; by default it echoes method, target and body.
class TestService final : public http::Service {
public:
    Task<http::Response> handle(http::Request request) override {
        return answer(std::move(request));
    }

    std::function<Task<http::Response>(http::Request)> answer =
        [](http::Request request) -> Task<http::Response> {
        http::Response response;
        response.body = request.path + "?" + request.query + "|" + request.body;
        co_return response;
    };
};

/// A server on a free port of 127.0.0.1 that runs until the test ends.
class ServerTest : public ::testing::Test {
protected:
    /// Change `config` and `service` before.
    void start() {
        config.listen = "127.0.0.1:0";
        server = std::make_unique<http::BeastServer>(config, service, random);
        const auto listening = server->listen();
        ASSERT_TRUE(listening.has_value());
        port = *listening;
        thread = std::thread([this] { server->run(); });
    }

    void TearDown() override {
        if (thread.joinable()) {
            server->stop(std::chrono::milliseconds(0));
            thread.join();
        }
        server.reset();  // Before what the requests it cut still refer to.
    }

    http::ServerConfig config;
    TestService service;
    SeededRandom random;
    std::unique_ptr<http::BeastServer> server;
    std::thread thread;
    std::uint16_t port = 0;
};

inline std::string get(std::string_view path, std::string_view more = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: imagify.test\r\n" + std::string(more) +
           "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view more = {}) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: imagify.test\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

}  // namespace imagify::testing
