#pragma once

#include <functional>
#include <vector>

#include "base/clock.hpp"
#include "ports/http_client.hpp"
#include "support/fake_dynamo/database.hpp"

namespace imagify::testing::dynamo {

/// What happens to a request on its way.
enum class Fault {
    None,
    Conflict,     ///< TransactionConflict: another transaction is at the same item.
    Throttled,    ///< ThrottlingException.
    ErrorBefore,  ///< 500; nothing was done.
    ErrorAfter,   ///< 500; it was done.
    RequestLost,  ///< The connection breaks before the request arrives.
    AnswerLost,   ///< The connection breaks after it was done.
    AnswerLate,   ///< It was done, but the caller's deadline passes first.
    RequestLate,  ///< The caller's deadline passes; then it arrives and is done.
    RequestTwice  ///< It arrives twice, the answer is the second's.
};
inline constexpr std::size_t kFaults = 10;

/// "conflict", "answer lost", ... for tables.
std::string_view to_text(Fault fault);

/// How a caller meets the database.
struct EndpointOptions {
    Database& database;
    /// Asked for each request; absent: no faults.
    std::function<Fault(std::string_view operation)> fault{};
    /// Awaited before and after each request: where others run.
    std::function<Task<void>()> turn{};
    /// How deadlines pass; absent: at once.
    Clock* clock = nullptr;
    /// After how many further requests a RequestLate arrives.
    std::function<std::size_t()> lateness{};
};

/// The fake behind the port that the real one is behind, with the faults of a network and of a
/// busy service. Safe from several coroutines of one thread.
class Endpoint final : public HttpClient {
public:
    explicit Endpoint(EndpointOptions options) : options_(std::move(options)) {}

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

    /// Requests that still travel arrive now.
    void deliver_late_requests();

private:
    struct LateRequest {
        std::string operation;
        std::string body;
        std::size_t requests_left;
    };
    Task<Result<OutboundAnswer>> serve(const std::string& operation, OutboundRequest request);
    Task<Result<OutboundAnswer>> time_out(std::chrono::steady_clock::time_point deadline);
    void age_late_requests();

    EndpointOptions options_;
    std::vector<LateRequest> late_;
};

}  // namespace imagify::testing::dynamo
