#include "vnpay/storm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <memory>
#include <thread>

#include "vnpay/genuine.hpp"
#include "vnpay/merchant.hpp"

namespace imagify::testing {
namespace {

constexpr std::size_t kForgedInAll = 5;  // One in five.

struct Drop {
    std::size_t order = 0;
    bool forged = false;
    std::string query;
    std::string reply{};
    double ms = 0;
};

std::vector<Drop> make_drops(const StormPlan& plan, const std::vector<StormOrder>& orders) {
    Dice dice(plan.seed);
    std::vector<Drop> drops;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const auto subject = paid_notice(orders[i].reference, orders[i].amount_vnd, dice);
        for (std::size_t copy = 0; copy < plan.copies; ++copy) {
            drops.push_back({.order = i, .query = spell_notice(subject.fields, dice)});
        }
    }
    const std::size_t forged = drops.size() / (kForgedInAll - 1);
    for (std::size_t i = 0; i < forged; ++i) {
        const auto order = dice.roll(orders.size());
        auto subject = paid_notice(orders[order].reference, orders[order].amount_vnd, dice);
        auto query = second::notice(i % 2 == 0 ? "another secret" : kOurSecret, subject.fields);
        if (i % 2 == 1) query.back() = query.back() == '0' ? '1' : '0';
        drops.push_back({.order = order, .forged = true, .query = std::move(query)});
    }
    dice.shuffle(drops);
    return drops;
}

void send_all(std::vector<Drop>& drops, std::atomic<std::size_t>& next, const Door& door) {
    for (auto i = next++; i < drops.size(); i = next++) {
        auto& drop = drops[i];
        const auto start = std::chrono::steady_clock::now();
        drop.reply = door(drop.query);
        const auto took = std::chrono::steady_clock::now() - start;
        drop.ms = std::chrono::duration<double, std::milli>(took).count();
    }
}

void check_replies(const std::vector<Drop>& drops, std::size_t orders, StormReport& report) {
    std::vector<std::map<std::string, std::size_t>> by_order(orders);
    for (const auto& drop : drops) {
        ++report.replies[drop.reply];
        report.forged += drop.forged ? 1 : 0;
        if (!drop.forged) {
            ++by_order[drop.order][drop.reply];
        } else if (drop.reply != "97") {
            report.failures.push_back("a forged notice was answered " + drop.reply);
        }
    }
    for (auto& replies : by_order) {
        const auto all = replies["00"] + replies["02"];
        std::size_t sum = 0;
        for (const auto& [code, count] : replies) sum += count;
        if (replies["00"] != 1 || all != sum) {
            report.failures.push_back(fmt::format("an order was answered 00 {} times, 02 {} times",
                                                  replies["00"], replies["02"]));
        }
    }
}

void measure(const std::vector<Drop>& drops, StormReport& report) {
    std::vector<double> times;
    times.reserve(drops.size());
    for (const auto& drop : drops) times.push_back(drop.ms);
    std::ranges::sort(times);
    report.p50_ms = times[times.size() / 2];
    report.p99_ms = times[times.size() * 99 / 100];
}

// Runs the use case on an event loop of its thread.
Door door_of(const Merchant& merchant) {
    auto context = std::make_shared<boost::asio::io_context>();
    return [&merchant, context](const std::string& query) {
        auto outcome = boost::asio::co_spawn(*context, merchant.settle_payment().run(query),
                                             boost::asio::use_future);
        context->restart();
        context->run();
        return reply_code(merchant.gateway(), outcome.get());
    };
}

}  // namespace

StormReport rain(const StormPlan& plan, const std::vector<StormOrder>& orders,
                 const std::function<Door()>& open_door) {
    StormReport report;
    auto drops = make_drops(plan, orders);
    report.notices = drops.size();
    std::atomic<std::size_t> next = 0;
    const auto start = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < plan.threads; ++i) {
            threads.emplace_back([&] { send_all(drops, next, open_door()); });
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    report.seconds = took.count();
    check_replies(drops, orders.size(), report);
    measure(drops, report);
    return report;
}

StormReport raise_storm(const StormPlan& plan) {
    Merchant merchant(Secrets::One, sqlite::StoreMode::Server);
    std::vector<StormOrder> orders;
    for (const auto& order : merchant.open_orders(plan.orders)) {
        orders.push_back({.reference = order.id.text(), .amount_vnd = order.amount.amount});
    }
    auto report = rain(plan, orders, [&merchant] { return door_of(merchant); });
    for (const auto& order : orders) {
        const bool paid = merchant.order(order.reference).status == OrderStatus::Paid;
        report.credited_orders += paid ? 1 : 0;
    }
    const auto expected = static_cast<std::int64_t>(orders.size()) * 100;
    if (merchant.credits() != expected) {
        report.failures.push_back(
            fmt::format("{} credits instead of {}", merchant.credits(), expected));
    }
    if (auto broken = merchant.broken_invariants(); !broken.empty()) {
        report.failures.push_back(std::move(broken));
    }
    return report;
}

}  // namespace imagify::testing
