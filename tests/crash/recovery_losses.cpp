#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <random>

#include "adapters/vnpay/form.hpp"
#include "app/backup/shipped_log.hpp"
#include "crash/large_ledger.hpp"
#include "crash/recovery_shop.hpp"
#include "vnpay/second_signer.hpp"

namespace imagify::testing {
namespace {

using SystemTime = std::chrono::system_clock::time_point;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kBuyers = 3;
// Of each buyer: so many that changes are shipped several times meanwhile.
constexpr std::size_t kLostAfter = 1'200;
constexpr std::size_t kOrders = 500;
constexpr std::size_t kNotices = 200;
constexpr std::chrono::seconds kPatience{30};

// What VNPAY will sign: what we wrote about the order.
std::string description_of(const AcknowledgedOrder& order) {
    const auto query = order.address.substr(order.address.find('?') + 1);
    const auto fields = vnpay::parse_form(query, "vnp_OrderInfo");
    return fields ? std::string(vnpay::value_of(*fields, "vnp_OrderInfo")) : "";
}

std::string paid_notice(const AcknowledgedOrder& order, std::size_t number) {
    const auto digits = fmt::format("{:014}", 20'000'000 + number);
    return second::notice(kCrashHashSecret.reveal(), {{"vnp_Amount", "25000000"},
                                                      {"vnp_BankCode", "NCB"},
                                                      {"vnp_OrderInfo", description_of(order)},
                                                      {"vnp_ResponseCode", "00"},
                                                      {"vnp_TmnCode", kCrashTerminal},
                                                      {"vnp_TransactionNo", digits},
                                                      {"vnp_TransactionStatus", "00"},
                                                      {"vnp_TxnRef", order.id}});
}

// How many of the notices are answered with 00.
int tell(Shop& shop, const std::vector<std::string>& notices) {
    int taken = 0;
    for (const auto& notice : notices) {
        const auto reply = shop.server.ask("GET", "/payment/vnpay-ipn?" + notice);
        taken += reply && reply->body.contains(R"("RspCode":"00")") ? 1 : 0;
    }
    return taken;
}

}  // namespace

void lose_disks(const RecoveryOptions& options, Verdicts& verdicts) {
    std::vector<double> windows;
    std::size_t acknowledged = 0;
    std::size_t missing = 0;
    std::size_t broken_promises = 0;
    int bad_books = 0;
    std::minstd_rand dice(static_cast<std::minstd_rand::result_type>(options.seed));
    for (int round = 0; round < options.disks; ++round) {
        Shop shop(options);
        shop.server.start();
        if (!shop.is_followed()) {
            verdicts.expect(false, "a new server is followed");
            return;
        }
        const auto buyers = let_buy(shop, kBuyers, "round" + std::to_string(round));
        wait_for_orders(buyers, kLostAfter + dice() % kLostAfter);
        shop.server.kill_now();
        const auto killed = std::chrono::system_clock::now();
        const auto orders = collect(buyers);
        const auto marks = read_marks(*newest_shipped_log(shop.backups.path()));
        shop.lose_disk();
        bad_books += shop.restore() == 0 && shop.server.verify() == 0 ? 0 : 1;
        const auto books = open_books(shop.server.data());
        auto oldest_missing = killed;
        for (const auto& order : orders) {
            if (has_order(books.get(), order.id)) continue;
            ++missing;
            oldest_missing = std::min(oldest_missing, order.answered);
            if (order.answered < SystemTime(marks->back().at.time_since_epoch())) {
                ++broken_promises;
            }
        }
        acknowledged += orders.size();
        windows.push_back(Milliseconds(killed - oldest_missing).count());
    }
    std::ranges::sort(windows);
    verdicts.expect(bad_books == 0, fmt::format("{} disks lost under traffic: every restored "
                                                "folder's books balance",
                                                options.disks));
    verdicts.expect(
        acknowledged > 100 && broken_promises == 0,
        fmt::format("{} orders acknowledged, {} lost with a disk; {} of them from before "
                    "a mark",
                    acknowledged, missing, broken_promises));
    fmt::print("loss window: {:.0f} ms ({:.0f} to {:.0f}, n={})\n", windows[windows.size() / 2],
               windows.front(), windows.back(), windows.size());
}

void stop_in_order(const RecoveryOptions& options, Verdicts& verdicts) {
    Shop shop(options);
    shop.server.start();
    if (!shop.is_followed()) return verdicts.expect(false, "a new server is followed");
    const auto buyers = let_buy(shop, kBuyers, "orderly");
    wait_for_orders(buyers, kOrders);
    ::kill(shop.server.process_id(), SIGTERM);
    const auto orders = collect(buyers);
    shop.server.ends_within(kPatience);
    shop.server.was_killed();
    shop.lose_disk();
    const bool restored = shop.restore() == 0;
    const auto books = open_books(shop.server.data());
    const auto lost = std::ranges::count_if(
        orders, [&](const auto& order) { return !has_order(books.get(), order.id); });
    verdicts.expect(restored && lost == 0 && !orders.empty(),
                    fmt::format("stopped in order, then the disk lost: {} of {} orders lost", lost,
                                orders.size()));
}

void kill_while_shipping(const RecoveryOptions& options, Verdicts& verdicts) {
    Shop shop(options);
    shop.server.start();
    if (!shop.is_followed()) return verdicts.expect(false, "a new server is followed");
    const auto backups = shop.count();
    shop.server.arm("backup.log_appended");
    auto orders = collect(let_buy(shop, 1, "before"));
    verdicts.expect(shop.server.was_killed(), "killed at backup.log_appended");
    shop.server.arm("none");
    shop.server.start();
    const bool followed = shop.is_followed();
    verdicts.expect(followed && shop.count() == backups,
                    "killed at backup.log_appended: the next process goes on without a new backup");
    {
        const auto buyers = let_buy(shop, 1, "after");
        wait_for_orders(buyers, kOrders);
        for (auto& order : collect(buyers)) orders.push_back(std::move(order));
    }
    ::kill(shop.server.process_id(), SIGTERM);
    shop.server.ends_within(kPatience);
    shop.server.was_killed();
    shop.lose_disk();
    const bool restored = shop.restore() == 0 && shop.server.verify() == 0;
    const auto books = open_books(shop.server.data());
    const auto lost = std::ranges::count_if(
        orders, [&](const auto& order) { return !has_order(books.get(), order.id); });
    verdicts.expect(restored && lost == 0 && !orders.empty(),
                    fmt::format("killed at backup.log_appended: {} of {} orders lost with the disk",
                                lost, orders.size()));
}

void repeat_notices(const RecoveryOptions& options, Verdicts& verdicts) {
    Shop shop(options, {"RECOVERY_MODE=on"});
    shop.server.start();
    const auto buyers = let_buy(shop, kBuyers, "payer");
    collect(buyers);
    shop.back_up();
    for (const auto& buyer : buyers) buyer->go_on(shop.server.port());
    wait_for_orders(buyers, kNotices);
    const auto orders = collect(buyers);
    std::vector<std::string> notices;
    for (const auto& order : orders) notices.push_back(paid_notice(order, notices.size()));
    notices.resize(std::min(notices.size(), kNotices));
    const int paid = tell(shop, notices);
    shop.server.kill_now();
    shop.lose_disk();
    const bool restored = shop.restore() == 0;
    shop.server.start();
    const int again = tell(shop, notices);
    const auto books = open_books(shop.server.data());
    const auto known = ask_number(books.get(), "SELECT count(*) FROM orders WHERE status = 'paid'");
    shop.server.kill_now();
    verdicts.expect(
        restored && paid > 0 && again == paid && known == paid && shop.server.verify() == 0,
        fmt::format("an old backup, then the notices again: {} orders were paid, {} are", paid,
                    known));
}

}  // namespace imagify::testing
