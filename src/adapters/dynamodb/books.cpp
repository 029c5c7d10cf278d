#include "adapters/dynamodb/books.hpp"

namespace imagify::dynamodb {
namespace {

struct Totals {
    std::int64_t ledger = 0;
    std::int64_t open = 0;
    std::vector<const Item*> entries;
    std::set<std::string> open_orders;
};

bool is_open(OrderStatus status) {
    return status == OrderStatus::Pending || status == OrderStatus::Review ||
           status == OrderStatus::Refunding;
}

std::map<std::string, Totals> totals_of(const Books& books) {
    std::map<std::string, Totals> totals;
    for (const auto& [key, item] : books.ledger) {
        auto& of_account = totals[item.text("owner")];
        of_account.ledger += item.number("delta");
        of_account.entries.push_back(&item);
    }
    for (const auto& [id, item] : books.generations) {
        if (item.text("state") == to_text(GenerationState::Held)) {
            totals[item.text("owner")].open += item.number("price");
        }
    }
    for (const auto& [id, item] : books.refunds) {
        if (item.text("state") == to_text(RefundState::Open)) {
            totals[item.text("owner")].open += item.number("credits");
        }
    }
    for (const auto& [id, item] : books.orders) {
        const auto order = read_order(item);
        if (is_open(order.status)) totals[order.user_id.text()].open_orders.insert(id);
    }
    return totals;
}

std::string number(std::int64_t value) { return std::to_string(value); }

void check_numbers(const std::string& user, const Item& account, const Totals& totals,
                   std::vector<Violation>& found) {
    const auto balance = read_balance(account);
    const auto credits = balance.credits.count;
    const auto held = balance.held.count;
    if (credits + held != totals.ledger) {
        found.push_back({"I1 credits + held = sum of the ledger", user,
                         "credits " + number(credits) + " + held " + number(held) + " <> ledger " +
                             number(totals.ledger)});
    }
    if (held != totals.open || credits < 0 || held < 0) {
        found.push_back({"I2 held = sum of open holds; nothing negative", user,
                         "held " + number(held) + " <> open holds " + number(totals.open)});
    }
    if (account.texts("openOrders") != totals.open_orders) {
        found.push_back({"I4 an account knows its open orders", user,
                         "it knows " + std::to_string(account.texts("openOrders").size()) +
                             ", there are " + std::to_string(totals.open_orders.size())});
    }
}

void check_running(const std::string& user, const Item& account, Totals totals,
                   std::vector<Violation>& found) {
    std::ranges::sort(totals.entries, {}, [](const Item* item) { return item->number("seq"); });
    std::int64_t running = 0;
    std::int64_t seq = 0;
    for (const auto* const entry : totals.entries) {
        running += entry->number("delta");
        if (entry->number("balanceAfter") != running || entry->number("seq") != ++seq) {
            found.push_back({"I3 every ledger entry carries the running balance", user,
                             "entry " + number(entry->number("seq")) + " says " +
                                 number(entry->number("balanceAfter")) + ", the sum is " +
                                 number(running)});
        }
    }
    if (account.number("ledgerSeq") != seq) {
        found.push_back(
            {"I3 an account counts its ledger entries", user,
             "it counts " + number(account.number("ledgerSeq")) + ", there are " + number(seq)});
    }
}

bool starts_with(const Item& item, const std::string& key, std::string_view prefix) {
    return item.text(key).starts_with(prefix);
}

}  // namespace

void Books::add_user(Item item) {
    const auto key = item.text("userId");
    (item.has("sessionEpoch") ? accounts : people).emplace(key, std::move(item));
}

void Books::add_transaction(Item item) {
    const auto key = item.text("transactionId");
    if (starts_with(item, "transactionId", "L#") && item.has("delta")) {
        ledger.emplace(key, std::move(item));
    } else if (item.has("planId")) {
        orders.emplace(key, std::move(item));
    } else if (item.has("reviewId") && item.has("reason")) {
        const auto id = item.number("reviewId");
        reviews.emplace(id, std::move(item));
    } else if (item.has("refundId") && item.has("actor")) {
        const auto id = item.text("refundId");
        refunds.emplace(id, std::move(item));
    }
}

void Books::add_image(Item item) {
    const auto key = item.text("imageId");
    generations.emplace(key, std::move(item));
}

const Item* Books::entry(LedgerKind kind, const std::string& ref) const {
    const auto found = ledger.find(ledger_key(kind, ref));
    return found == ledger.end() ? nullptr : &found->second;
}

void check_accounts(const Books& books, std::vector<Violation>& found) {
    auto totals = totals_of(books);
    for (const auto& [user, account] : books.accounts) {
        const auto& of_account = totals[user];
        check_numbers(user, account, of_account, found);
        check_running(user, account, of_account, found);
    }
    for (const auto& [user, of_nobody] : totals) {
        if (!books.accounts.contains(user)) {
            found.push_back({"references", user, "ledger, holds or orders without an account"});
        }
    }
    for (const auto& [key, item] : books.ledger) {
        const auto entry = read_entry(item);
        if (key != ledger_key(entry.kind, entry.ref)) {
            found.push_back({"I3 every reference is unique", key, "the key is another entry's"});
        }
    }
}

std::vector<Violation> check_books(const Books& books) {
    std::vector<Violation> found;
    check_accounts(books, found);
    check_payments(books, found);
    check_people(books, found);
    return found;
}

}  // namespace imagify::dynamodb
