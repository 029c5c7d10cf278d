#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "support/upstream_server.hpp"

namespace imagify::testing {

/// Lambda's side of the Runtime API: hands out events, remembers what was posted. Once the events
/// are used up it says nothing more.
class FakeRuntimeApi {
public:
    struct Posted {
        std::string path;
        std::string body;
        std::string head;
    };

    explicit FakeRuntimeApi(std::deque<std::string> events, std::string deadline_ms = "");

    std::string address() const { return "127.0.0.1:" + std::to_string(server_.port()); }
    int connections() const { return server_.connections(); }
    std::vector<Posted> posted();

    /// Called with each post, on a thread of the server.
    std::function<void(const Posted&)> on_post;
    /// Closes the connection after each answer.
    bool closes = false;

private:
    void play(UpstreamConnection& connection);
    bool hand_out(UpstreamConnection& connection);

    std::mutex mutex_;
    std::deque<std::string> events_;
    std::string deadline_ms_;
    std::vector<Posted> posted_;
    int handed_out_ = 0;
    UpstreamServer server_;
};

}  // namespace imagify::testing
