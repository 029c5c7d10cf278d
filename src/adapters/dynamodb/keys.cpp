#include "adapters/dynamodb/keys.hpp"

#include <array>
#include <cstdio>

#include "adapters/aws/digest.hpp"

namespace imagify::dynamodb {
namespace {

// Spreads what is written under one key of the index; each is one query more for who asks.
constexpr std::size_t kDueShards = 4;

std::string_view name_of(Due due) {
    switch (due) {
        case Due::Order: return "order";
        case Due::Refund: return "refund";
        case Due::Hold: return "hold";
        case Due::DeletedGeneration: return "deleted";
        case Due::Mail: return "mail";
        case Due::Deletion: return "deletion";
    }
    std::unreachable();
}

std::string partition(Due due, std::size_t shard) {
    return "D#" + std::string(name_of(due)) + '#' + std::to_string(shard);
}

// Stable between versions and machines, unlike std::hash: an update must find its partition.
std::size_t shard_of(const std::string& id) {
    std::size_t sum = 0;
    for (const char c : id) sum = sum * 31 + static_cast<unsigned char>(c);
    return sum % kDueShards;
}

}  // namespace

std::string email_key(const std::string& email) { return "email#" + aws::hex(aws::sha256(email)); }

std::string access_key(const UserId& user) { return "access#" + user.text(); }

std::string link_key(const LinkId& id) { return "link#" + id.text(); }

std::string mail_key(const MailId& id) { return "mail#" + id.text(); }

std::string mark_key(const std::string& mark) { return "mark#" + mark; }

std::string process_key(const std::string& lease) { return "P#" + lease; }

std::string ledger_key(LedgerKind kind, const std::string& ref) {
    return "L#" + std::string(to_text(kind)) + '#' + ref;
}

std::string payment_key(const std::string& gateway_transaction) {
    return "VNP#" + gateway_transaction;
}

std::string idempotency_key(const UserId& user, const IdempotencyKey& key) {
    return "IDEM#" + user.text() + '#' + key.route + '#' + key.key;
}

std::string refund_key(const RefundId& id) { return "R#" + id.text(); }

std::string audit_key(std::int64_t id) { return "A#" + std::to_string(id); }

std::string sort_text(TimePoint time, const std::string& id) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ/",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()),
                  static_cast<int>(clock.subseconds().count()));
    return text.data() + id;
}

TimePoint time_of(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int milli = 0;
    const int read = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ", &year, &month, &day,
                                 &hour, &minute, &second, &milli);
    if (read != 7) return {};
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok()) return {};
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) + std::chrono::milliseconds(milli);
}

std::string sort_number(std::int64_t number) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%016lld", static_cast<long long>(number));
    return text.data();
}

void set_due(Item& item, Due due, const std::string& id, TimePoint at) {
    item.set("duePk", partition(due, shard_of(id))).set("dueAt", at);
}

void set_due(Update& update, Due due, const std::string& id, TimePoint at) {
    update.set("duePk", partition(due, shard_of(id))).set("dueAt", at);
}

void clear_due(Update& update) { update.remove("duePk").remove("dueAt"); }

std::vector<std::string> due_partitions(Due due) {
    std::vector<std::string> partitions;
    partitions.reserve(kDueShards);
    for (std::size_t shard = 0; shard < kDueShards; ++shard) {
        partitions.push_back(partition(due, shard));
    }
    return partitions;
}

std::string ledger_list(const UserId& user) { return "ledger#" + user.text(); }

std::string notice_list(const OrderId& order) { return "notice#" + order.text(); }

std::string review_list(const OrderId& order) { return "review#" + order.text(); }

std::string mail_list(const std::string& recipient) { return "mail#" + recipient; }

void set_list(Item& item, const std::string& list, const std::string& at) {
    item.set("listPk", list).set("listAt", at);
}

}  // namespace imagify::dynamodb
