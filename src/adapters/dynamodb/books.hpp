#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/dynamodb/items.hpp"
#include "ports/store_upkeep.hpp"

namespace imagify::dynamodb {

/// Every item that the books are made of, by what it is.
struct Books {
    std::map<std::string, Item> accounts;
    /// By key: guards of addresses, sessions, links.
    std::map<std::string, Item> people;
    /// By key.
    std::map<std::string, Item> ledger;
    std::map<std::string, Item> orders;
    /// By refund id.
    std::map<std::string, Item> refunds;
    /// By number.
    std::map<std::int64_t, Item> reviews;
    std::map<std::string, Item> generations;

    void add_user(Item item);
    void add_transaction(Item item);
    void add_image(Item item);

    /// The posted entry of (kind, ref), or nothing.
    const Item* entry(LedgerKind kind, const std::string& ref) const;
};

/// Checks every invariant of docs/money.md that the books can break.
std::vector<Violation> check_books(const Books& books);

// Parts of it.
void check_accounts(const Books& books, std::vector<Violation>& found);
void check_payments(const Books& books, std::vector<Violation>& found);
void check_people(const Books& books, std::vector<Violation>& found);

}  // namespace imagify::dynamodb
