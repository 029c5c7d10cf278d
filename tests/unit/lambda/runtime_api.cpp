#include "unit/lambda/runtime_api.hpp"

namespace imagify::testing {

FakeRuntimeApi::FakeRuntimeApi(std::deque<std::string> events, std::string deadline_ms)
    : events_(std::move(events)),
      deadline_ms_(std::move(deadline_ms)),
      server_([this](UpstreamConnection& connection) { play(connection); }) {}

std::vector<FakeRuntimeApi::Posted> FakeRuntimeApi::posted() {
    const std::scoped_lock lock(mutex_);
    return posted_;
}

bool FakeRuntimeApi::hand_out(UpstreamConnection& connection) {
    std::string event;
    Headers headers;
    {
        const std::scoped_lock lock(mutex_);
        if (events_.empty()) return false;
        event = std::move(events_.front());
        events_.pop_front();
        headers = {{"Lambda-Runtime-Aws-Request-Id", "id-" + std::to_string(++handed_out_)},
                   {"Lambda-Runtime-Trace-Id", "Root=1-2-3;Parent=4;Sampled=1"}};
        if (!deadline_ms_.empty()) headers.emplace_back("Lambda-Runtime-Deadline-Ms", deadline_ms_);
    }
    return connection.send(make_answer(200, headers, event));
}

void FakeRuntimeApi::play(UpstreamConnection& connection) {
    while (auto request = connection.read_request()) {
        const auto path_start = request->head.find(' ') + 1;
        const auto path =
            request->head.substr(path_start, request->head.find(' ', path_start) - path_start);
        if (path.ends_with("/invocation/next")) {
            if (!hand_out(connection)) return connection.hang();
            continue;
        }
        Posted posted{.path = path, .body = request->body, .head = request->head};
        {
            const std::scoped_lock lock(mutex_);
            posted_.push_back(posted);
        }
        connection.send(make_answer(202, {}, R"({"status":"OK"})"));
        if (on_post) on_post(posted);
        if (closes) return;
    }
}

}  // namespace imagify::testing
