#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

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

constexpr int kPeople = 1'000;

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Handle open(const std::filesystem::path& data) {
    sqlite3* handle = nullptr;
    if (sqlite3_open((data / "imagify.db").c_str(), &handle) != SQLITE_OK) {
        throw std::runtime_error("cannot open the books");
    }
    sqlite3_busy_timeout(handle, 5'000);
    return {handle, &sqlite3_close};
}

void execute(sqlite3* handle, const std::string& sql) {
    char* message = nullptr;
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
        throw std::runtime_error(message);
    }
}

std::int64_t ask(sqlite3* handle, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(statement,
                                                                           &sqlite3_finalize);
    return sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
}

std::string numbers(int count) {
    return "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
           std::to_string(count) + ") ";
}

/// A thousand people who were granted one credit again and again: all invariants hold.
void write_ledger(const std::filesystem::path& data, int rows) {
    const auto handle = open(data);
    const auto each = std::to_string(rows / kPeople);
    execute(handle.get(), "PRAGMA synchronous = OFF; BEGIN");
    execute(handle.get(),
            numbers(kPeople) +
                "INSERT INTO users (user_id, email, name, locale, role, password_hash, credits,"
                " held, session_epoch, created_at) SELECT printf('u_%026d', i),"
                " 'p' || i || '@example.vn', 'An', 'vi', 'user', 'hash', " +
                each + ", 0, 1, 0 FROM n");
    execute(handle.get(), numbers(rows / kPeople * kPeople) +
                              "INSERT INTO ledger (user_id, kind, ref, delta, balance_after, note,"
                              " created_at) SELECT printf('u_%026d', i % 1000), 'grant',"
                              " 'bulk-' || i, 1, i / 1000 + 1, '', i FROM n");
    execute(handle.get(), "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Holds of a process that is gone, in a log that nobody has checkpointed.
void leave_holds(const std::filesystem::path& data, int holds, int round) {
    const auto handle = open(data);
    sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const auto deadline = std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count() +
                          90'000;
    execute(handle.get(), "BEGIN");
    execute(handle.get(),
            numbers(holds) + "INSERT INTO generations SELECT printf('%02d%024d', " +
                std::to_string(round) +
                ", i), printf('u_%026d', i % 1000), 'pending', 'a lotus pond', '1:1', 'none', 1,"
                " '', '', 1, 0, " +
                std::to_string(deadline) +
                ", 'p_gone', '', NULL, NULL, '', 0, 0, 0, '', '', '' FROM n");
    execute(handle.get(),
            "UPDATE users SET credits = credits - open, held = open FROM (SELECT user_id AS who,"
            " count(*) AS open FROM generations WHERE state = 'pending' GROUP BY user_id)"
            " WHERE user_id = who");
    execute(handle.get(), "COMMIT");
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
    const auto handle = open(server.data());
    constexpr const char* kOpen = "SELECT count(*) FROM generations WHERE state = 'pending'";
    while (ask(handle.get(), kOpen) != 0) {
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
