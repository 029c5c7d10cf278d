#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.hpp"
#include "base/result.hpp"
#include "transport/beast/web_assets.hpp"
#include "transport/lambda/function.hpp"

namespace imagify {

/// What Lambda's environment says about this process.
struct LambdaSettings {
    /// $AWS_LAMBDA_RUNTIME_API.
    std::string runtime_api;
    /// $AWS_LAMBDA_FUNCTION_NAME: a dimension of every metric.
    std::string function = "imagify";
    /// $AWS_XRAY_DAEMON_ADDRESS; empty: nothing is traced.
    std::string trace_daemon{};
};

LambdaSettings read_lambda_settings(const Environment& environment);

/// `imagify lambda`: the same backend behind Lambda's Runtime API instead of a socket. One event at
/// a time on one thread; nothing runs between two events.
class LambdaServer {
public:
    /// `web` as in `run_lambda`.
    LambdaServer(LambdaSettings settings, const http::WebBundle* web);
    ~LambdaServer();

    /// Reads the settings, opens the store, then answers events until SIGTERM (which ends the
    /// process within 0.3 s) or until the Runtime API is gone. A start that fails is reported to
    /// it with what to do. Yields the exit code.
    int run(const Environment& environment);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace imagify
