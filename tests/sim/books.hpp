#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace imagify::sim {

struct UserRow {
    std::string email{};
    std::int64_t credits = 0;
    std::int64_t held = 0;
    bool deleted = false;
};

struct OrderRow {
    std::string user{};
    std::string status{};
    std::string failure{};
    std::int64_t credits = 0;
    std::int64_t amount_vnd = 0;
    std::string transaction{};
    std::string client_address{};
    std::int64_t created_ms = 0;
    std::int64_t expires_ms = 0;
    /// -1: no check is due ever.
    std::int64_t next_check_ms = -1;
    std::int64_t checks = 0;
    /// Reasons of all review items, and how many of them wait for a person.
    std::vector<std::string> reviews{};
    int reviews_waiting = 0;
};

struct GenerationRow {
    std::string user{};
    std::string state{};
    std::string prompt{};
    std::int64_t price = 0;
    std::int64_t deadline_ms = 0;
    std::string lease{};
    std::string error{};
    std::string sha256{};
    bool deleted = false;
};

struct RefundRow {
    std::string order{};
    std::string user{};
    std::int64_t credits = 0;
    std::int64_t amount_vnd = 0;
    std::string state{};
    std::int64_t next_check_ms = -1;
};

struct ReviewRow {
    std::string order{};
    std::string reason{};
    std::string resolution{};
};

struct LedgerRow {
    std::string user{};
    std::string kind{};
    std::string ref{};
    std::int64_t delta = 0;
    std::int64_t balance_after = 0;
    bool operator==(const LedgerRow&) const = default;
};

/// What the database says, as the last commit left it.
struct Books {
    std::map<std::string, UserRow> users;
    std::map<std::string, OrderRow> orders;
    std::map<std::string, GenerationRow> generations;
    std::vector<LedgerRow> ledger;
    std::map<std::string, RefundRow> refunds;
    std::map<std::int64_t, ReviewRow> reviews;

    /// Of every row, also those that are not in here (keys, notices).
    std::uint64_t digest = 0;
};

}  // namespace imagify::sim
