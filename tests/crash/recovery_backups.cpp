#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "app/backup/take_backup.hpp"
#include "crash/customer.hpp"
#include "crash/large_ledger.hpp"
#include "crash/recovery_shop.hpp"

namespace imagify::testing {
namespace {

namespace fs = std::filesystem;
using Milliseconds = std::chrono::duration<double, std::milli>;

// Of one buyer in a window without backups, and backups in one with.
constexpr std::size_t kOrdersAlone = 8'000;
constexpr int kBackupsBeside = 2;

void expect_killed(Shop& shop, const std::string& point, int code, Verdicts& verdicts) {
    const auto before = shop.count();
    shop.server.arm("none");
    verdicts.expect(code == -1, "killed at " + point + ": the command died");
    verdicts.expect(shop.back_up() == 0 && shop.count() == before + 1,
                    "killed at " + point + ": nothing looks whole, and the next backup is made");
}

double percentile(std::vector<double>& samples, double part) {
    if (samples.empty()) return 0;
    std::ranges::sort(samples);
    return samples[static_cast<std::size_t>(part * static_cast<double>(samples.size() - 1))];
}

void time_answers(Shop& shop, bool backing_up, std::vector<double>& samples, int& backups) {
    static int visitor = 0;
    const auto buyers = let_buy(shop, 1, "visitor" + std::to_string(++visitor));
    if (!backing_up) wait_for_orders(buyers, kOrdersAlone);
    for (int i = 0; backing_up && i < kBackupsBeside; ++i) backups += shop.back_up() == 0 ? 1 : 0;
    for (const auto& order : collect(buyers)) {
        samples.push_back(Milliseconds(order.answered - order.asked).count());
    }
}

}  // namespace

void kill_backups(const RecoveryOptions& options, Verdicts& verdicts) {
    Shop shop(options, {});
    shop.server.start();
    Customer customer("somebody", options.seed);
    customer.sign_up(shop.server.port());
    customer.live(shop.server.port(), 40);
    shop.back_up();
    for (const std::string point : {"backup.database_copied", "backup.before_finish"}) {
        shop.server.arm(point);
        expect_killed(shop, point, shop.back_up(), verdicts);
    }
    shop.server.kill_now();
    shop.lose_disk();
    shop.server.arm("restore.before_finish");
    const int code = shop.restore();
    shop.server.arm("none");
    verdicts.expect(code == -1 && !fs::exists(shop.server.data()),
                    "killed at restore.before_finish: there is no data folder");
    verdicts.expect(shop.restore() == 0 && shop.server.verify() == 0,
                    "killed at restore.before_finish: the next restore is whole");
}

void restore_large(const RecoveryOptions& options, Verdicts& verdicts) {
    Shop shop(options, {});
    shop.server.start();
    shop.server.kill_now();
    write_ledger(shop.server.data(), options.rows);
    shop.server.start();
    std::vector<double> alone;
    std::vector<double> beside;
    int backups = 0;
    for (int window = 0; window < options.windows; ++window) {
        time_answers(shop, false, alone, backups);
        time_answers(shop, true, beside, backups);
    }
    verdicts.expect(backups > 0,
                    fmt::format("{} backups made beside traffic, each checked", backups));
    fmt::print("| orders, ms | n | median | p99 | most |\n| --- | --- | --- | --- | --- |\n");
    for (auto* samples : {&alone, &beside}) {
        fmt::print("| {:<16} | {:>6} | {:>6.2f} | {:>6.2f} | {:>6.1f} |\n",
                   samples == &alone ? "no backup" : "while backed up", samples->size(),
                   percentile(*samples, 0.5), percentile(*samples, 0.99), percentile(*samples, 1));
    }
    fmt::print("backups add {:.1f} ms to the p99\n",
               percentile(beside, 0.99) - percentile(alone, 0.99));
    shop.server.kill_now();
    shop.lose_disk();
    const auto started = std::chrono::steady_clock::now();
    const bool restored = shop.restore() == 0;
    const auto copied = std::chrono::steady_clock::now();
    shop.server.start();
    const auto ready = shop.server.ask("GET", "/readyz");
    const auto serving = std::chrono::steady_clock::now();
    const auto books = open_books(shop.server.data());
    const auto rows = ask_number(books.get(), "SELECT count(*) FROM ledger");
    verdicts.expect(restored && ready && ready->status == 200 && rows >= options.rows,
                    fmt::format("{} ledger rows restored, verified and served", rows));
    fmt::print("restore and verify {:.1f} s, until /readyz {:.1f} s\n",
               Milliseconds(copied - started).count() / 1'000,
               Milliseconds(serving - started).count() / 1'000);
}

void change_bits(const RecoveryOptions& options, Verdicts& verdicts) {
    Shop shop(options, {});
    shop.server.start();
    Customer customer("somebody", options.seed);
    customer.sign_up(shop.server.port());
    customer.live(shop.server.port(), 30);
    shop.back_up();
    shop.server.kill_now();
    const auto backup = list_backups(shop.backups.path()).back();
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(backup)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::minstd_rand dice(static_cast<std::minstd_rand::result_type>(options.seed));
    const auto target = shop.backups.path() / "changed";
    int accepted = 0;
    for (int i = 0; i < options.flips; ++i) {
        const auto& file = files[dice() % files.size()];
        const auto at = static_cast<std::streamoff>(dice() % fs::file_size(file));
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        const auto flip = [&](unsigned bit) {
            stream.seekg(at);
            const auto byte = static_cast<unsigned>(stream.get());
            stream.seekp(at);
            stream.put(static_cast<char>(byte ^ (1U << bit)));
            stream.flush();
        };
        const unsigned bit = dice() % 8;
        flip(bit);
        const auto restored =
            restore_backup({.from = backup, .data = target}, [](const std::string&) {});
        flip(bit);
        if (!restored) continue;
        fmt::print("accepted: {} byte {} bit {}\n", file.filename().string(), at, bit);
        ++accepted;
        fs::remove_all(target);
    }
    const auto whole = restore_backup({.from = backup, .data = target}, [](const std::string&) {});
    verdicts.expect(
        accepted == 0 && whole,
        fmt::format("{} changed bits in {} files: {} accepted; unchanged it is restored",
                    options.flips, files.size(), accepted));
}

}  // namespace imagify::testing
