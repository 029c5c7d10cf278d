#include "adapters/sqlite/sqlite_store.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/migrations.hpp"
#include "adapters/sqlite/store_state.hpp"

namespace imagify::sqlite {

std::unexpected<Error> normalize(const SqliteError& error) {
    log_event(LogLevel::Error, "store.read_failed", {{"detail", std::string_view(error.what())}});
    return fail(ErrorKind::Unavailable, "server.unavailable", error.what());
}

std::unexpected<Error> normalize(CommitOutcome outcome) {
    switch (outcome) {
        case CommitOutcome::Unknown:
            return fail(ErrorKind::Unknown, "server.outcome_unknown", "I/O error at commit");
        case CommitOutcome::Overloaded:
            return std::unexpected(Error{.kind = ErrorKind::Unavailable,
                                         .code = "server.overloaded",
                                         .detail = "write queue is full",
                                         .retry_after = std::chrono::seconds(1)});
        case CommitOutcome::RolledBack:
        case CommitOutcome::Committed: break;
    }
    return fail(ErrorKind::Unavailable, "server.unavailable", "the store takes no writes");
}

std::unique_ptr<Connection> ReaderPool::borrow() {
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    return std::make_unique<Connection>(file_, OpenMode::ReadOnly);
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(connection));
}

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(StoreOptions options) {
    auto state = std::make_unique<State>();
    state->clock = options.clock;
    if (options.mode == StoreMode::Server) {
        auto lock = InstanceLock::acquire(options.file.parent_path() / "instance.lock");
        if (!lock) return std::unexpected(lock.error());
        state->lock.emplace(std::move(*lock));
    }
    try {
        if (options.mode != StoreMode::ReadOnly) {
            state->writer.emplace(
                options.file,
                options.mode == StoreMode::Server ? WriterMode::Thread : WriterMode::Inline,
                options.log_is_shipped ? LogMode::Shipped : LogMode::Own, std::move(options.turn));
        }
        state->file = options.file;
        state->readers.emplace(options.file);
        state->readers->give_back(state->readers->borrow());
    } catch (const SqliteError& error) {
        return fail(ErrorKind::Unavailable, "store.unavailable",
                    options.file.string() + ": " + error.what());
    }
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(state)));
}

bool SqliteStore::restart_log(const std::function<bool()>& copy_rest) {
    if (!state_->writer) return false;
    try {
        // Most of the work, while others write. What comes meanwhile is little.
        Connection beside(state_->file, OpenMode::ReadWrite);
        beside.keep_log();
        beside.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (const SqliteError& error) {
        log_event(LogLevel::Error, "store.checkpoint_failed",
                  {{"detail", std::string_view(error.what())}});
        return false;
    }
    bool restarted = false;
    const auto restart = [&](Connection& connection) {
        if (!copy_rest()) return;
        connection.execute("PRAGMA busy_timeout = 0");
        {
            Query checkpoint(connection, "PRAGMA wal_checkpoint(RESTART)");
            restarted = checkpoint.step() && checkpoint.integer(0) == 0;
        }
        connection.execute("PRAGMA busy_timeout = 5000");
        // SQLite begins the log anew with the next write. It is made here, and changes nothing: who
        // came to follow the log before it would take all that is about to go for new.
        if (!restarted) return;
        const auto version = fmt::format("PRAGMA user_version = {}", newest_schema());
        connection.execute(version.c_str());
    };
    // Also when the write failed: the next one begins the log anew.
    static_cast<void>(state_->writer->run_between_writes(restart));
    return restarted;
}

void SqliteStore::stop() {
    if (state_->writer) state_->writer->stop();
}

StoreCounts SqliteStore::counts() const {
    if (!state_->writer) return {};
    const auto counts = state_->writer->counts();
    return {.writes = counts.writes, .commits = counts.commits, .busy = counts.busy};
}

}  // namespace imagify::sqlite
