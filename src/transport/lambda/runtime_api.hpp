#pragma once

#include <chrono>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/task.hpp"
#include "ports/http_client.hpp"

namespace imagify::lambda {

/// One event and what Lambda says about it.
struct Invocation {
    std::string id;
    std::string event;
    /// When Lambda kills the process that has not answered.
    std::chrono::steady_clock::time_point deadline;
    /// "Root=1-...;Parent=...;Sampled=1"; empty when nothing is traced.
    std::string trace{};
};

/// Lambda's side of a custom runtime (AWS: "Using the Lambda runtime API", 2018-06-01).
class RuntimeApi {
public:
    /// `address` is $AWS_LAMBDA_RUNTIME_API: an address and a port. `http` and `clock` outlive it.
    RuntimeApi(std::string address, HttpClient& http, const Clock& clock);

    /// Waits for the next event, for as long as it takes. Errors: those of HttpClient;
    /// BadUpstream `runtime.bad_answer`.
    Task<Result<Invocation>> next();

    /// Hands over the answer to an event. Errors: as above.
    Task<Result<void>> answer(const std::string& id, std::string body);

    /// Says that an event failed: Lambda counts it and, for a queue, brings it again.
    Task<Result<void>> report(const std::string& id, const Error& error);

    /// Says why this process cannot take any event.
    Task<Result<void>> report_init(const Error& error);

private:
    Task<Result<void>> post(std::string path, std::string body, std::string_view error_type);

    std::string base_;
    HttpClient& http_;
    const Clock& clock_;
};

}  // namespace imagify::lambda
