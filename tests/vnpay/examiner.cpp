#include "vnpay/examiner.hpp"

#include <fmt/format.h>

namespace imagify::testing {
namespace {

constexpr std::size_t kFailuresShown = 20;
constexpr std::string_view kBadSignature = "97";

std::string shown(const std::string& bytes) {
    std::string text;
    for (const char c : bytes.substr(0, 700)) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte >= 0x20 && byte < 0x7f ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
    }
    return text;
}

}  // namespace

Examiner::Examiner(Merchant& merchant) : merchant_(merchant) {
    for (const auto& flaw : known_flaws()) {
        controls_.push_back({.flaw = flaw, .shop = SecondShop(flaw.flaw), .caught_by = {}});
    }
    version_ = merchant_.witness().version();
    expected_credits_ = merchant_.credits();
}

void Examiner::open_order(const Order& order) {
    sound_.open_order(order.id.text(), order.amount.amount);
    for (auto& control : controls_) {
        control.shop.open_order(order.id.text(), order.amount.amount);
    }
    expect_change(0);
}

void Examiner::expect_change(std::int64_t credits) {
    expected_credits_ += credits;
    version_ = merchant_.witness().version();
    rows_may_differ_ = true;
}

void Examiner::show(const Case& message, const Order& order) {
    std::string reply;
    const bool believed = present(message, order, reply);
    const auto version = merchant_.witness().version();
    auto& tally = tallies_[{message.channel, std::string(message.family)}];
    ++tally.cases;
    tally.believed += believed ? 1 : 0;
    tally.genuine += message.truth == Truth::Genuine ? 1 : 0;
    tally.forged += message.truth == Truth::Forged ? 1 : 0;
    judge(message, order, believed, version != version_, reply, tally);
    version_ = version;
    if (with_controls) show_to_controls(message, order);
}

bool Examiner::present(const Case& message, const Order& order, std::string& reply) {
    switch (message.channel) {
        case Channel::Notice:
            reply = merchant_.take_notice(message.bytes);
            return reply != kBadSignature;
        case Channel::Return: return merchant_.take_return(message.bytes);
        case Channel::QueryAnswer: return merchant_.take_answer(order, message.bytes);
        case Channel::RefundAnswer: return merchant_.take_refund_answer(order, message.bytes);
        case Channel::RefundQuery: return merchant_.take_refund_query(order, message.bytes);
    }
    std::unreachable();
}

void Examiner::judge(const Case& message, const Order& order, bool believed, bool changed,
                     const std::string& reply, Tally& tally) {
    const bool pays = message.channel == Channel::Notice || message.channel == Channel::QueryAnswer;
    const bool forged = message.truth == Truth::Forged;
    const bool first =
        pays && message.truth == Truth::Genuine && credited_.insert(order.id.text()).second;
    if (first) expected_credits_ += order.credits.count;
    if (forged && believed) {
        ++tally.forged_believed;
        complain(message, "a forgery was believed");
    }
    if (message.truth == Truth::Genuine && (!believed || (first && !changed))) {
        ++tally.genuine_refused;
        complain(message, "a genuine message was refused: " + reply);
    }
    if (changed && (forged || !pays)) {
        ++tally.changed_by_forgery;
        complain(message, "the database changed");
    }
    if (message.channel == Channel::Notice) {
        const std::string_view right = forged                             ? kBadSignature
                                       : message.truth == Truth::Unproven ? message.reply
                                       : first                            ? "00"
                                                                          : "02";
        if (reply != right) {
            ++tally.wrong_reply;
            complain(message, fmt::format("RspCode {} instead of {}", reply, right));
        }
    }
    if (changed) {
        rows_may_differ_ = true;
        check_credit(message, order, tally);
    }
}

void Examiner::check_credit(const Case& message, const Order& order, Tally& tally) {
    const auto credits = merchant_.credits();
    const auto status = merchant_.order(order.id.text()).status;
    const bool paid = status == OrderStatus::Paid || status == OrderStatus::Refunding ||
                      status == OrderStatus::Refunded;
    if (credits == expected_credits_ && paid == credited_.contains(order.id.text())) return;
    ++tally.wrong_credit;
    complain(message, fmt::format("{} credits instead of {}", credits, expected_credits_));
    expected_credits_ = credits;
}

void Examiner::show_to_controls(const Case& message, const Order& order) {
    if (message.channel != Channel::Notice && message.channel != Channel::QueryAnswer) return;
    const auto right = sound_.take(message, order.id.text());
    if ((right == Deed::Refuses) != (message.truth != Truth::Genuine)) {
        ++tallies_[{message.channel, std::string(message.family)}].wrong_reply;
        complain(message, "the second shop sees it otherwise");
    }
    for (auto& control : controls_) {
        if (control.shop.take(message, order.id.text()) == right) continue;
        ++control.caught_by[fmt::format("{} ({})", message.family, to_text(message.channel))];
    }
}

void Examiner::compare_all_rows() {
    auto rows = merchant_.witness().digest();
    if (!rows_may_differ_ && rows != rows_) {
        failures_.emplace_back("rows of the database changed without a commit being counted");
    }
    rows_ = std::move(rows);
    rows_may_differ_ = false;
}

void Examiner::complain(const Case& message, const std::string& what) {
    if (failures_.size() == kFailuresShown) return;
    failures_.push_back(fmt::format("{}: {} ({}): {}", what, message.family,
                                    to_text(message.channel), shown(message.bytes)));
}

Tally Examiner::total() const {
    Tally total;
    for (const auto& [place, tally] : tallies_) {
        total.cases += tally.cases;
        total.believed += tally.believed;
        total.genuine += tally.genuine;
        total.forged += tally.forged;
        total.forged_believed += tally.forged_believed;
        total.genuine_refused += tally.genuine_refused;
        total.wrong_reply += tally.wrong_reply;
        total.changed_by_forgery += tally.changed_by_forgery;
        total.wrong_credit += tally.wrong_credit;
    }
    return total;
}

std::string Examiner::table() const {
    std::string text = fmt::format("| {:<14} | {:<24} | {:>9} | {:>9} | {:>9} | {:>5} |\n",
                                   "message", "family", "cases", "genuine", "forged", "wrong");
    for (const auto& [place, tally] : tallies_) {
        text += fmt::format("| {:<14} | {:<24} | {:>9} | {:>9} | {:>9} | {:>5} |\n",
                            to_text(place.first), place.second, tally.cases, tally.genuine,
                            tally.forged, tally.wrong());
    }
    return text;
}

std::string Examiner::control_table(std::uint64_t& uncaught) const {
    uncaught = 0;
    std::string text = "| planted flaw | caught by |\n";
    for (const auto& control : controls_) {
        std::string families;
        std::size_t more = 0;
        for (const auto& [family, count] : control.caught_by) {
            if (families.size() > 110) {
                ++more;
                continue;
            }
            families += fmt::format("{}{} x{}", families.empty() ? "" : ", ", family, count);
        }
        if (more > 0) families += fmt::format(" and {} more", more);
        if (families.empty()) ++uncaught;
        text += fmt::format("| {} | {} |\n", control.flaw.name,
                            families.empty() ? "NOTHING" : families);
    }
    return text;
}

}  // namespace imagify::testing
