#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "crash/large_ledger.hpp"
#include "crash/server_process.hpp"

namespace imagify::testing {
namespace {

struct Options {
    int rows = 1'000'000;
    int holds = 100;
    int kills = 3;
    std::string folder = IMAGIFY_CRASH_FOLDER;
    bool deep = false;
};

/// Holds of a process that is gone, in a log that nobody has checkpointed.
void leave_holds(const std::filesystem::path& data, int holds, int round) {
    const auto handle = open_books(data);
    sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const auto deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          90'000;
    execute_sql(handle.get(), "BEGIN");
    execute_sql(
        handle.get(),
        numbers(holds) + "INSERT INTO generations SELECT printf('%02d%024d', " +
            std::to_string(round) +
            ", i), printf('u_%026d', i % 1000), 'pending', 'a lotus pond', '1:1', 'none', 1,"
            " '', '', 1, 0, " +
            std::to_string(deadline) +
            ", 'p_gone', '', NULL, NULL, '', 0, 0, 0, '', '', '' FROM n");
    execute_sql(
        handle.get(),
        "UPDATE users SET credits = credits - open, held = open FROM (SELECT user_id AS who,"
        " count(*) AS open FROM generations WHERE state = 'pending' GROUP BY user_id)"
        " WHERE user_id = who");
    execute_sql(handle.get(), "COMMIT");
}

using Milliseconds = std::chrono::duration<double, std::milli>;

struct Restart {
    double ready_ms = 0;
    double resolved_ms = 0;
    bool resolved = false;
};

Restart restart(ServerProcess& server) {
    const auto started = std::chrono::steady_clock::now();
    const auto since = [&started] {
        return Milliseconds(std::chrono::steady_clock::now() - started).count();
    };
    server.start();
    const auto ready = server.ask("GET", "/readyz");
    Restart result{.ready_ms = since()};
    if (!ready || ready->status != 200) return result;
    const auto handle = open_books(server.data());
    constexpr const char* kOpen = "SELECT count(*) FROM generations WHERE state = 'pending'";
    while (ask_number(handle.get(), kOpen) != 0) {
        if (since() > 60'000) return result;
        std::this_thread::yield();
    }
    result.resolved_ms = since();
    result.resolved = true;
    return result;
}

void print(const char* what, std::vector<double> samples) {
    std::ranges::sort(samples);
    std::printf("| %-34s | %7.0f | %7.0f | %7.0f |\n", what, samples.front(),
                samples[samples.size() / 2], samples.back());
}

int run(const Options& options) {
    std::filesystem::create_directories(options.folder);
    ServerProcess server({}, options.folder);
    server.start();
    server.kill_now();
    write_ledger(server.data(), options.rows);
    int passed = 0;
    int failed = 0;
    std::vector<double> ready;
    std::vector<double> resolved;
    std::vector<double> verified;
    for (int round = 0; round < options.kills; ++round) {
        server.start();
        server.kill_now();
        leave_holds(server.data(), options.holds, round);
        const auto result = restart(server);
        server.kill_now();
        const auto before = std::chrono::steady_clock::now();
        const bool balance = server.verify() == 0;
        verified.push_back(Milliseconds(std::chrono::steady_clock::now() - before).count());
        ready.push_back(result.ready_ms);
        resolved.push_back(result.resolved_ms);
        (result.resolved && balance ? passed : failed) += 1;
    }
    std::printf("%d ledger rows, %d holds of a dead process, %d kills\n", options.rows,
                options.holds, options.kills);
    std::printf("| %-34s | %7s | %7s | %7s |\n| --- | --- | --- | --- |\n", "ms after the start",
                "least", "median", "most");
    print("answers /readyz with 200", ready);
    print("every hold resolved", resolved);
    print("imagify verify, from start to end", verified);
    std::printf("restart: %d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    imagify::testing::Options options;
    CLI::App program(
        "Kills a server with a large ledger and open holds, starts it again, and "
        "looks how long it takes until it is ready, and until the books are right.");
    program.add_option("--rows", options.rows, "In the ledger, default 1000000");
    program.add_option("--holds", options.holds, "Open when it was killed, default 100");
    program.add_option("--kills", options.kills, "Default 3");
    program.add_option("--folder", options.folder, "On a real disk; default in the build folder");
    program.add_flag("--deep", options.deep, "10,000,000 rows");
    program.footer("Examples:\n  imagify_restart\n  imagify_restart --rows 100000 --kills 2");
    CLI11_PARSE(program, argc, argv);
    if (options.deep) options.rows = 10'000'000;
    return imagify::testing::run(options);
}
