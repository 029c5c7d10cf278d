#include "sim/bank_line.hpp"

namespace imagify::sim {

Task<Result<OutboundAnswer>> BankLine::send(OutboundRequest request) {
    auto& scheduler = env_.scheduler;
    if (env_.faults.hits(Fault::QueryHangs)) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(request.deadline - scheduler.steady_now());
        co_await scheduler.wait(left, "querydr hangs");
        co_return fail(ErrorKind::Timeout, "upstream.timeout");
    }
    const bool slow = env_.faults.hits(Fault::QuerySlow);
    const std::chrono::milliseconds latency(slow ? dice_.between(2'000, 9'000)
                                                 : dice_.between(5, 400));
    co_await scheduler.wait(latency, "querydr");
    if (request.body.contains("refund") && env_.faults.hits(Fault::RefundAnswerLost)) {
        bank_.answer(request.body);
        co_return fail(ErrorKind::BadUpstream, "upstream.bad_answer", "cut off");
    }
    if (env_.faults.hits(Fault::QueryUnreachable)) {
        co_return fail(ErrorKind::Unavailable, "upstream.unreachable");
    }
    if (env_.faults.hits(Fault::QueryServerError)) {
        co_return OutboundAnswer{.status = dice_.permille(500) ? 503U : 429U};
    }
    co_return OutboundAnswer{.status = 200, .body = bank_.answer(request.body)};
}

Task<Result<OutboundAnswer>> BankLine::send(OutboundRequest request, ByteSink&) {
    return send(std::move(request));
}

}  // namespace imagify::sim
