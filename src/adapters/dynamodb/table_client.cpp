#include "adapters/dynamodb/table_client.hpp"

#include <boost/json/serialize.hpp>
#include <cstring>

#include "adapters/dynamodb/table_errors.hpp"
#include "adapters/dynamodb/wire_answer.hpp"
#include "base/failpoint.hpp"
#include "base/mutant.hpp"

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

constexpr std::string_view kTargetPrefix = "DynamoDB_20120810.";
constexpr int kConflictTries = 5;
constexpr std::chrono::milliseconds kConflictTime{3'000};
constexpr std::chrono::milliseconds kFirstPause{20};
constexpr std::chrono::milliseconds kLongestPause{500};

std::uint64_t draw(Random& random) {
    std::array<std::byte, sizeof(std::uint64_t)> bytes{};
    random.fill(bytes);
    std::uint64_t drawn = 0;
    std::memcpy(&drawn, bytes.data(), bytes.size());
    return drawn;
}

std::string new_token(Random& random) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    std::string token;
    for (const auto byte : bytes) {
        token += kHex[std::to_integer<std::size_t>(byte) >> 4];
        token += kHex[std::to_integer<std::size_t>(byte) & 15];
    }
    return token;
}

}  // namespace

Task<void> TableClient::back_off(int attempt) {
    const auto most = std::min(kLongestPause, kFirstPause * (1 << std::min(attempt, 10)));
    const std::chrono::milliseconds wait(draw(parts_.random) %
                                         static_cast<std::uint64_t>(most.count() + 1));
    co_await parts_.clock.sleep_for(wait);
}

Task<Result<aws::ServiceAnswer>> TableClient::call(std::string_view operation,
                                                   json::object request) {
    co_return co_await parts_.service.call_json(std::string(kTargetPrefix) + std::string(operation),
                                                json::serialize(request));
}

// A read, or whatever else changes nothing.
Task<Result<json::object>> TableClient::ask(std::string_view operation, json::object request) {
    ++reads_;
    auto answer = co_await call(operation, std::move(request));
    if (!answer) co_return nothing_changed(answer.error().detail);
    if (!answer->succeeded()) co_return bad_request(*answer);
    auto body = parse_object(answer->body);
    if (!body) co_return nothing_changed("dynamodb: an answer that is no JSON object");
    co_return std::move(*body);
}

Task<Result<WriteOutcome>> TableClient::write(Write write) {
    ++writes_;
    const auto* const operation = write.kind == Write::Kind::Put      ? "PutItem"
                                  : write.kind == Write::Kind::Update ? "UpdateItem"
                                                                      : "DeleteItem";
    for (int attempt = 1;; ++attempt) {
        auto answer = co_await call(operation, write_request(write));
        if (!answer) {
            const auto& error = answer.error();
            if (error.kind == ErrorKind::Unknown) co_return outcome_unknown(error.detail);
            co_return nothing_changed(error.detail);
        }
        if (answer->succeeded()) {
            const auto body = parse_object(answer->body);
            const auto* const now = body ? body->if_contains("Attributes") : nullptr;
            co_return WriteOutcome{.item = now == nullptr ? std::nullopt : parse_item(*now)};
        }
        if (answer->fault == "ConditionalCheckFailedException") {
            ++refused_;
            const auto body = parse_object(answer->body);
            const auto* const found = body ? body->if_contains("Item") : nullptr;
            co_return WriteOutcome{.applied = false,
                                   .item = found == nullptr ? std::nullopt : parse_item(*found)};
        }
        // A transaction has the item just now.
        if (answer->fault != "TransactionConflictException") co_return bad_request(*answer);
        ++conflicts_;
        if (attempt >= kConflictTries) co_return give_up();
        co_await back_off(attempt);
    }
}

// A transaction whose answer was lost left its token in what it wrote. Finding it is proof; not
// finding it is none, for it may still be on its way.
Task<Result<bool>> TableClient::was_committed(const std::vector<Write>& writes,
                                              const std::string& token) {
    for (const auto& write : writes) {
        if (write.kind != Write::Kind::Put && write.kind != Write::Kind::Update) continue;
        const auto found = co_await get(write.table, write.item.text(write.table.key));
        if (!found) co_return std::unexpected(found.error());
        if (*found && (*found)->text(kTransactionAttribute) == token) co_return true;
    }
    co_return false;
}

Task<Result<TransactionOutcome>> TableClient::transact(std::vector<Write> writes) {
    if (writes.empty()) co_return TransactionOutcome{};
    if (writes.size() > kTransactionMax) {
        co_return fail(ErrorKind::Internal, "server.internal", "dynamodb: too large a transaction");
    }
    ++transactions_;
    auto token = new_token(parts_.random);
    const auto give_up_at = parts_.clock.steady_now() + kConflictTime;
    bool lost = false;
    for (int attempt = 1;; ++attempt) {
        FAILPOINT("dynamodb.before_transaction");
        if (MUTANT("dynamodb.token_forgotten")) token = new_token(parts_.random);
        auto answer = co_await call("TransactWriteItems", transaction_request(writes, token));
        FAILPOINT("dynamodb.after_transaction");
        if (!answer && answer.error().kind != ErrorKind::Unknown && !lost) {
            co_return nothing_changed(answer.error().detail);
        }
        if (answer && answer->succeeded()) co_return TransactionOutcome{};
        const auto verdict = answer ? read_cancellation(*answer) : Cancellation{};
        // The token makes this the word on every attempt: one that had committed would say so.
        if (verdict.kind == Cancellation::Kind::Refused) {
            ++refused_;
            co_return TransactionOutcome{.committed = false, .refusals = verdict.refusals};
        }
        if (answer && verdict.kind == Cancellation::Kind::Malformed && !lost) {
            co_return bad_request(*answer);
        }
        lost = lost || !answer || verdict.kind == Cancellation::Kind::InProgress;
        if (verdict.kind == Cancellation::Kind::Conflict) ++conflicts_;
        if (attempt < kConflictTries && parts_.clock.steady_now() < give_up_at) {
            co_await back_off(attempt);
            continue;
        }
        if (!lost) co_return give_up();
        const auto committed = co_await was_committed(writes, token);
        if (committed && *committed) co_return TransactionOutcome{};
        co_return outcome_unknown(answer ? "dynamodb: " + answer->fault : answer.error().detail);
    }
}

Task<Result<void>> TableClient::create_tables(std::vector<TableSchema> schema) {
    for (const auto& table : schema) {
        auto made = co_await call("CreateTable", create_request(table));
        if (!made) co_return nothing_changed(made.error().detail);
        // It exists; an attempt whose answer was lost may have made it, so its TTL is still due.
        const bool exists = made->fault == "ResourceInUseException";
        if (!made->succeeded() && !exists) co_return bad_request(*made);
        for (int attempt = 1;; ++attempt) {
            auto body = co_await ask("DescribeTable", {{"TableName", table.name}});
            if (body && is_active(*body)) break;
            if (attempt >= 100) co_return nothing_changed(table.name + " is not ready yet");
            co_await back_off(attempt);
        }
        auto lives =
            co_await call("UpdateTimeToLive",
                          {{"TableName", table.name},
                           {"TimeToLiveSpecification",
                            json::object{{"AttributeName", kTtlAttribute}, {"Enabled", true}}}});
        if (!lives) co_return nothing_changed(lives.error().detail);
        const bool lived = lives->fault_message.contains("already enabled");
        if (!lives->succeeded() && !lived) co_return bad_request(*lives);
    }
    co_return Result<void>{};
}

std::unexpected<Error> TableClient::give_up() {
    ++busy_;
    return busy();
}

TableCounts TableClient::counts() const {
    return {.reads = reads_,
            .writes = writes_,
            .transactions = transactions_,
            .conflicts = conflicts_,
            .refused = refused_,
            .busy = busy_,
            .throttled = parts_.service.throttled()};
}

}  // namespace imagify::dynamodb
