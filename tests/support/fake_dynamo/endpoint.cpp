#include "support/fake_dynamo/endpoint.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace imagify::testing::dynamo {

namespace json = boost::json;

namespace {

constexpr std::string_view kTargetPrefix = "DynamoDB_20120810.";

std::string target_of(const OutboundRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if ((name == "X-Amz-Target" || name == "x-amz-target") &&
            value.starts_with(kTargetPrefix)) {
            return value.substr(kTargetPrefix.size());
        }
    }
    return {};
}

OutboundAnswer answer(unsigned status, std::string body) {
    return {
        .status = status,
        .headers = {{"content-type", "application/x-amz-json-1.0"}, {"x-amzn-requestid", "FAKE"}},
        .body = std::move(body)};
}

OutboundAnswer error(unsigned status, std::string_view type, json::object extra = {}) {
    extra["__type"] = "com.amazonaws.dynamodb.v20120810#" + std::string(type);
    extra["message"] = "a fault of the fake";
    return answer(status, json::serialize(extra));
}

// Plain reads never meet a transaction.
bool can_conflict(std::string_view operation) {
    return operation.starts_with("Transact") || operation == "PutItem" ||
           operation == "UpdateItem" || operation == "DeleteItem";
}

OutboundAnswer conflict(std::string_view operation, const std::string& body) {
    if (!operation.starts_with("Transact")) return error(400, "TransactionConflictException");
    json::array reasons;
    const auto request = json::parse(body);
    for (std::size_t i = 0; i < request.at("TransactItems").as_array().size(); ++i) {
        reasons.push_back(i == 0 ? json::object{{"Code", "TransactionConflict"},
                                                {"Message", "Transaction is ongoing for the item"}}
                                 : json::object{{"Code", "None"}});
    }
    return error(400, "TransactionCanceledException",
                 {{"CancellationReasons", std::move(reasons)}});
}

}  // namespace

std::string_view to_text(Fault fault) {
    static constexpr std::array<std::string_view, kFaults> kNames{
        "none",         "conflict",    "throttled",   "error before", "error after",
        "request lost", "answer lost", "answer late", "request late", "request twice"};
    return kNames.at(static_cast<std::size_t>(fault));
}

void Endpoint::age_late_requests() {
    std::vector<LateRequest> due;
    std::erase_if(late_, [&](LateRequest& late) {
        if (late.requests_left-- > 0) return false;
        due.push_back(late);
        return true;
    });
    for (const auto& late : due) options_.database.execute(late.operation, late.body);
}

void Endpoint::deliver_late_requests() {
    for (const auto& late : std::exchange(late_, {})) {
        options_.database.execute(late.operation, late.body);
    }
}

Task<Result<OutboundAnswer>> Endpoint::time_out(std::chrono::steady_clock::time_point deadline) {
    if (options_.clock != nullptr) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - options_.clock->steady_now());
        if (left.count() > 0) co_await options_.clock->sleep_for(left);
    }
    co_return fail(ErrorKind::Timeout, "upstream.timeout");
}

Task<Result<OutboundAnswer>> Endpoint::serve(const std::string& operation,
                                             OutboundRequest request) {
    const auto fault = options_.fault ? options_.fault(operation) : Fault::None;
    const auto run = [&] {
        auto done = options_.database.execute(operation, request.body);
        return answer(done.status, std::move(done.body));
    };
    switch (fault) {
        case Fault::None: co_return run();
        case Fault::Conflict:
            if (!can_conflict(operation)) co_return run();
            co_return conflict(operation, request.body);
        case Fault::Throttled: co_return error(400, "ThrottlingException");
        case Fault::ErrorBefore: co_return error(500, "InternalServerError");
        case Fault::ErrorAfter: run(); co_return error(500, "InternalServerError");
        case Fault::RequestLost: co_return fail(ErrorKind::Unavailable, "upstream.unreachable");
        case Fault::AnswerLost:
            run();
            co_return fail(ErrorKind::BadUpstream, "upstream.bad_answer");
        case Fault::AnswerLate: run(); co_return co_await time_out(request.deadline);
        case Fault::RequestLate:
            late_.push_back({.operation = operation,
                             .body = request.body,
                             .requests_left = options_.lateness ? options_.lateness() : 1});
            co_return co_await time_out(request.deadline);
        case Fault::RequestTwice: run(); co_return run();
    }
    std::unreachable();
}

Task<Result<OutboundAnswer>> Endpoint::send(OutboundRequest request) {
    const auto operation = target_of(request);
    if (request.method != "POST" || operation.empty()) {
        co_return error(400, "UnknownOperationException");
    }
    if (options_.turn) co_await options_.turn();
    age_late_requests();
    auto answered = co_await serve(operation, std::move(request));
    if (options_.turn) co_await options_.turn();
    co_return answered;
}

Task<Result<OutboundAnswer>> Endpoint::send(OutboundRequest request, ByteSink& /*sink*/) {
    co_return co_await send(std::move(request));
}

}  // namespace imagify::testing::dynamo
