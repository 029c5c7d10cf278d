#include "sim/dynamo_books.hpp"

#include <algorithm>
#include <set>

namespace imagify::sim {
namespace {

using testing::dynamo::Item;

// These read items by themselves, not with the code of the store: what it writes is judged.
std::string text(const Item& item, std::string_view name) {
    const auto* const value = item.if_contains(name);
    return value == nullptr ? std::string() : std::string(testing::dynamo::text_of(*value));
}

std::int64_t number(const Item& item, std::string_view name, std::int64_t absent = 0) {
    const auto* const value = item.if_contains(name);
    return value == nullptr ? absent : testing::dynamo::number_of(*value);
}

UserRow user_row(const Item& item) {
    return {.email = text(item, "email"),
            .credits = number(item, "credits"),
            .held = number(item, "held"),
            .deleted = item.contains("deletedAt")};
}

OrderRow order_row(const Item& item) {
    return {.user = text(item, "userId"),
            .status = text(item, "status"),
            .failure = text(item, "failure"),
            .credits = number(item, "credits"),
            .amount_vnd = number(item, "amountVnd"),
            .transaction = text(item, "gatewayTransaction"),
            .client_address = text(item, "clientAddress"),
            .expires_ms = number(item, "expiresAt"),
            .next_check_ms = number(item, "dueAt", -1),
            .checks = number(item, "checks")};
}

GenerationRow generation_row(const Item& item) {
    return {.user = text(item, "owner"),
            .state = text(item, "state"),
            .prompt = text(item, "prompt"),
            .price = number(item, "price"),
            .deadline_ms = number(item, "deadline"),
            .lease = text(item, "lease"),
            .error = text(item, "error"),
            .sha256 = text(item, "sha256"),
            .deleted = item.contains("deletedAt")};
}

LedgerRow ledger_row(const Item& item) {
    return {.user = text(item, "owner"),
            .kind = text(item, "kind"),
            .ref = text(item, "ref"),
            .delta = number(item, "delta"),
            .balance_after = number(item, "balanceAfter")};
}

}  // namespace

bool DynamoBooks::changed() {
    const auto before = std::exchange(version_, database_.version());
    return before != version_;
}

Books DynamoBooks::read() {
    Books books;
    // A write of any item, were it the same again, makes another digest.
    books.digest = database_.version();
    for (const auto& item : database_.items("imagify-users")) {
        if (item->contains("sessionEpoch")) {
            books.users.emplace(text(*item, "userId"), user_row(*item));
        }
    }
    ledger_.clear();
    for (const auto& item : database_.items("imagify-transactions")) {
        const auto key = text(*item, "transactionId");
        if (key.starts_with("L#")) {
            ledger_.emplace(key, item);
        } else {
            read_transaction(books, *item);
        }
    }
    for (const auto& [id, row] : books.reviews) {
        auto& order = books.orders[row.order];
        order.reviews.push_back(row.reason);
        order.reviews_waiting += row.resolution.empty() ? 1 : 0;
    }
    for (const auto& item : database_.items("imagify-images")) {
        books.generations.emplace(text(*item, "imageId"), generation_row(*item));
    }
    read_ledger(books);
    return books;
}

void DynamoBooks::read_transaction(Books& books, const Item& item) {
    if (item.contains("planId")) {
        books.orders.emplace(text(item, "transactionId"), order_row(item));
    } else if (item.contains("reviewId")) {
        books.reviews.emplace(number(item, "reviewId"),
                              ReviewRow{.order = text(item, "orderId"),
                                        .reason = text(item, "reason"),
                                        .resolution = text(item, "resolution")});
    } else if (item.contains("refundId")) {
        books.refunds.emplace(text(item, "refundId"),
                              RefundRow{.order = text(item, "orderId"),
                                        .user = text(item, "owner"),
                                        .credits = number(item, "credits"),
                                        .amount_vnd = number(item, "amountVnd"),
                                        .state = text(item, "state"),
                                        .next_check_ms = number(item, "dueAt", -1)});
    }
}

void DynamoBooks::read_ledger(Books& books) {
    const std::set<std::string> known(ledger_order_.begin(), ledger_order_.end());
    std::vector<std::pair<std::int64_t, std::string>> fresh;
    for (const auto& [key, item] : ledger_) {
        if (!known.contains(key)) fresh.emplace_back(number(*item, "seq"), key);
    }
    std::ranges::sort(fresh);
    for (auto& [seq, key] : fresh) ledger_order_.push_back(std::move(key));
    for (const auto& key : ledger_order_) {
        const auto entry = ledger_.find(key);
        if (entry != ledger_.end()) books.ledger.push_back(ledger_row(*entry->second));
    }
}

}  // namespace imagify::sim
