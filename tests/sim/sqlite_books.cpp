#include "sim/sqlite_books.hpp"

#include "sim/dice.hpp"

namespace imagify::sim {
namespace {

using sqlite::Query;

void mix(std::uint64_t& digest, std::string_view text) { digest = hash_of(text, digest + 1); }
void mix(std::uint64_t& digest, std::int64_t number) { mix(digest, std::to_string(number)); }

}  // namespace

bool SqliteBooks::changed() {
    Query query(connection_, "PRAGMA data_version");
    query.step();
    const auto before = std::exchange(version_, query.integer(0));
    return before != version_;
}

Books SqliteBooks::read() {
    Books books;
    books.digest = kHashSeed;
    connection_.execute("BEGIN");
    {
        Query users(connection_,
                    "SELECT user_id, email, credits, held, deleted_at IS NOT NULL FROM users");
        while (users.step()) {
            const UserRow row{.email = users.text(1),
                              .credits = users.integer(2),
                              .held = users.integer(3),
                              .deleted = users.integer(4) != 0};
            mix(books.digest, row.email);
            mix(books.digest, row.credits * 1'000 + row.held);
            books.users.emplace(users.text(0), row);
        }
    }
    read_orders(books);
    read_generations(books);
    read_ledger(books);
    read_reviews(books);
    read_refunds(books);
    {
        Query others(connection_,
                     "SELECT (SELECT count(*) FROM idempotency),"
                     " (SELECT coalesce(max(id), 0) FROM payment_notices),"
                     " (SELECT coalesce(max(id), 0) FROM review_items)");
        others.step();
        for (int column = 0; column < 3; ++column) mix(books.digest, others.integer(column));
    }
    connection_.execute("COMMIT");
    return books;
}

void SqliteBooks::read_orders(Books& books) {
    Query orders(connection_,
                 "SELECT order_id, user_id, status, failure, credits, amount_vnd,"
                 " gateway_transaction, client_address, created_at, expires_at,"
                 " coalesce(next_check_at, -1), checks FROM orders");
    while (orders.step()) {
        OrderRow row{.user = orders.text(1),
                     .status = orders.text(2),
                     .failure = orders.text(3),
                     .credits = orders.integer(4),
                     .amount_vnd = orders.integer(5),
                     .transaction = orders.text(6),
                     .client_address = orders.text(7),
                     .created_ms = orders.integer(8),
                     .expires_ms = orders.integer(9),
                     .next_check_ms = orders.integer(10),
                     .checks = orders.integer(11)};
        mix(books.digest, orders.text(0));
        mix(books.digest, row.status);
        mix(books.digest, row.transaction);
        mix(books.digest, row.next_check_ms + row.checks);
        books.orders.emplace(orders.text(0), std::move(row));
    }
}

void SqliteBooks::read_reviews(Books& books) {
    Query rows(connection_, "SELECT id, order_id, reason, resolution FROM review_items");
    while (rows.step()) {
        const ReviewRow row{
            .order = rows.text(1), .reason = rows.text(2), .resolution = rows.text(3)};
        auto& order = books.orders[row.order];
        order.reviews.push_back(row.reason);
        order.reviews_waiting += row.resolution.empty() ? 1 : 0;
        mix(books.digest, row.resolution);
        books.reviews.emplace(rows.integer(0), row);
    }
}

void SqliteBooks::read_refunds(Books& books) {
    Query rows(connection_,
               "SELECT refund_id, order_id, user_id, credits, amount_vnd, state,"
               " coalesce(next_check_at, -1) FROM refunds");
    while (rows.step()) {
        const RefundRow row{.order = rows.text(1),
                            .user = rows.text(2),
                            .credits = rows.integer(3),
                            .amount_vnd = rows.integer(4),
                            .state = rows.text(5),
                            .next_check_ms = rows.integer(6)};
        mix(books.digest, row.state);
        books.refunds.emplace(rows.text(0), row);
    }
}

void SqliteBooks::read_generations(Books& books) {
    Query rows(connection_,
               "SELECT generation_id, user_id, state, prompt, price, deadline, lease, error,"
               " sha256, deleted_at IS NOT NULL FROM generations");
    while (rows.step()) {
        GenerationRow row{.user = rows.text(1),
                          .state = rows.text(2),
                          .prompt = rows.text(3),
                          .price = rows.integer(4),
                          .deadline_ms = rows.integer(5),
                          .lease = rows.text(6),
                          .error = rows.text(7),
                          .sha256 = rows.text(8),
                          .deleted = rows.integer(9) != 0};
        mix(books.digest, rows.text(0));
        mix(books.digest, row.state);
        mix(books.digest, row.lease);
        mix(books.digest, row.deleted ? 1 : 0);
        books.generations.emplace(rows.text(0), std::move(row));
    }
}

void SqliteBooks::read_ledger(Books& books) {
    Query rows(connection_,
               "SELECT user_id, kind, ref, delta, balance_after FROM ledger ORDER BY id");
    while (rows.step()) {
        books.ledger.push_back({.user = rows.text(0),
                                .kind = rows.text(1),
                                .ref = rows.text(2),
                                .delta = rows.integer(3),
                                .balance_after = rows.integer(4)});
        mix(books.digest, books.ledger.back().ref);
        mix(books.digest, books.ledger.back().delta);
    }
}

}  // namespace imagify::sim
