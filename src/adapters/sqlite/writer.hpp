#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "base/suspend.hpp"
#include "base/task.hpp"

namespace imagify::sqlite {

/// Thread: group commit on a thread of its own. Inline: each write commits inside its caller, for
/// the simulation and for commands.
enum class WriterMode { Thread, Inline };

/// Own: SQLite moves changes from its log into the database by itself. Shipped: only when told to,
/// since somebody copies the log; it also outlives the process.
enum class LogMode { Own, Shipped };

/// Inline only: awaited while a write waits for its commit, and again before its caller hears of
/// it. A simulation chooses in it who goes on, so that writes meet as they meet on the thread.
using Turn = std::function<Task<void>()>;

/// What became of a write's transaction.
enum class CommitOutcome {
    Committed,   ///< Durable.
    RolledBack,  ///< Certainly nothing changed.
    Unknown,     ///< An I/O error hit the commit: it has to be looked up.
    Overloaded,  ///< The queue is full; nothing was tried.
};

/// Numbers since the start.
struct WriterCounts {
    std::uint64_t writes = 0;
    std::uint64_t commits = 0;
    /// Refused since too many waited.
    std::uint64_t busy = 0;
};

/// The only writer of the database. Requests that wait together share one commit and so one fsync;
/// each keeps its own savepoint, so that one that fails leaves no trace. Safe from several threads.
class Writer {
public:
    /// Returns true to keep what it wrote, false to undo it. Runs on the writer's thread.
    using Body = std::move_only_function<bool(Connection&)>;

    /// Opens the file and migrates it. Throws SqliteError.
    Writer(std::filesystem::path file, WriterMode mode, LogMode log = LogMode::Own, Turn turn = {});
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Runs `body` in a transaction and returns when its outcome is known to the disk.
    Task<CommitOutcome> write(Body body);

    /// Runs `work` while no transaction is open, and returns when it has; writes wait so long.
    /// False: it did not run to its end. Not for the writer's own thread.
    bool run_between_writes(const std::function<void(Connection&)>& work);

    /// Commits what waits, then ends the thread; later writes are Overloaded.
    void stop();

    WriterCounts counts() const;

private:
    struct Job {
        Body body;
        CommitOutcome outcome = CommitOutcome::RolledBack;
        Resume resume{};
        bool done = false;
    };

    struct Pause {
        const std::function<void(Connection&)>& work;
        std::promise<bool> done;
    };

    void open();
    void pause(Pause& pause);
    Task<void> commit_inline(Job& job);

    /// `batch` has room for the largest one.
    void serve(std::vector<Job*> batch);
    void answer(std::vector<Job*>& batch);
    void answer_early(std::vector<Job*>& batch);
    void commit_batch(std::vector<Job*>& batch);
    CommitOutcome try_batch(std::vector<Job*>& batch);
    bool run_job(Job& job);
    bool reopen();

    std::filesystem::path file_;
    std::optional<Connection> connection_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job*> queue_;
    Pause* pause_ = nullptr;
    WriterCounts counts_;
    bool stopping_ = false;
    WriterMode mode_;
    LogMode log_;
    Turn turn_;
    std::thread thread_;
};

}  // namespace imagify::sqlite
