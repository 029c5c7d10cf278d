#include "adapters/sqlite/writer.hpp"

#include <sqlite3.h>

#include "adapters/sqlite/migrations.hpp"
#include "base/failpoint.hpp"
#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify::sqlite {
namespace {

// More waiting writes than this mean that the disk cannot keep up: refuse early.
constexpr std::size_t kQueueLimit = 4'096;
// Keeps the time of one commit, and so the wait of its members, within a few milliseconds.
constexpr std::size_t kBatchLimit = 256;

}  // namespace

Writer::Writer(std::filesystem::path file, WriterMode mode, LogMode log, Turn turn)
    : file_(std::move(file)), mode_(mode), log_(log), turn_(std::move(turn)) {
    open();
    migrate(*connection_);
    if (mode != WriterMode::Thread) return;
    // What the thread throws ends the process: it must be able to go on without memory.
    std::vector<Job*> batch;
    batch.reserve(kBatchLimit);
    thread_ = std::thread([this, batch = std::move(batch)]() mutable { serve(std::move(batch)); });
}

Writer::~Writer() { stop(); }

void Writer::open() {
    connection_.emplace(file_, OpenMode::ReadWrite);
    if (log_ == LogMode::Shipped) connection_->keep_log();
}

void Writer::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

Task<CommitOutcome> Writer::write(Body body) {
    Job job{.body = std::move(body)};
    if (mode_ == WriterMode::Inline) {
        co_await commit_inline(job);
        co_return job.outcome;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (queue_.size() >= kQueueLimit || stopping_) {
            ++counts_.busy;
            co_return CommitOutcome::Overloaded;
        }
    }
    co_await suspend([this, &job](Resume resume) {
        const std::scoped_lock lock(mutex_);
        if (stopping_) {
            // Stopped since the look above: nobody would ever take the job from the queue.
            job.outcome = CommitOutcome::Overloaded;
            resume();
            return;
        }
        job.resume = std::move(resume);
        queue_.push_back(&job);
        // One waiting write wakes the thread; those that follow ride along.
        if (queue_.size() == 1) wake_.notify_one();
    });
    co_return job.outcome;
}

Task<void> Writer::commit_inline(Job& job) {
    queue_.push_back(&job);
    if (turn_) co_await turn_();
    if (!job.done) {
        std::vector<Job*> batch(queue_.begin(), queue_.end());
        queue_.clear();
        commit_batch(batch);
    }
    if (turn_) co_await turn_();
}

bool Writer::run_between_writes(const std::function<void(Connection&)>& work) {
    Pause own{.work = work, .done = {}};
    auto done = own.done.get_future();
    {
        const std::scoped_lock lock(mutex_);
        if (stopping_ || pause_ != nullptr) return false;
        if (mode_ == WriterMode::Thread) pause_ = &own;
    }
    if (mode_ == WriterMode::Inline) pause(own);
    wake_.notify_one();
    return done.get();
}

void Writer::pause(Pause& pause) {
    bool ran = false;
    try {
        if (connection_ || reopen()) {
            pause.work(*connection_);
            ran = true;
        }
    } catch (const std::exception& error) {
        log_event(LogLevel::Error, "store.pause_failed",
                  {{"detail", std::string_view(error.what())}});
        // In the middle of who knows what: start afresh.
        connection_.reset();
    }
    pause.done.set_value(ran);
}

WriterCounts Writer::counts() const {
    const std::scoped_lock lock(mutex_);
    return counts_;
}

void Writer::serve(std::vector<Job*> batch) {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty() || pause_ != nullptr; });
            if (pause_ != nullptr) {
                auto& own = *std::exchange(pause_, nullptr);
                lock.unlock();
                pause(own);
                continue;
            }
            if (queue_.empty()) return;
            const auto count = std::min(queue_.size(), kBatchLimit);
            const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
            batch.assign(queue_.begin(), end);
            queue_.erase(queue_.begin(), end);
        }
        commit_batch(batch);
        answer(batch);
    }
}

// After this a job's coroutine may end and take the job with it.
void Writer::answer(std::vector<Job*>& batch) {
    for (auto* job : batch) {
        auto resume = std::move(job->resume);
        resume();
    }
    batch.clear();
}

// Only a planted fault does this, on the thread; the simulation plants its own, Inline.
void Writer::answer_early(std::vector<Job*>& batch) {
    if (mode_ == WriterMode::Inline) return;
    for (auto* job : batch) job->outcome = CommitOutcome::Committed;
    answer(batch);
}

void Writer::commit_batch(std::vector<Job*>& batch) {
    const auto outcome = connection_ || reopen() ? try_batch(batch) : CommitOutcome::RolledBack;
    for (auto* job : batch) {
        job->outcome = outcome;
        job->done = true;
    }
    const std::scoped_lock lock(mutex_);
    counts_.writes += batch.size();
    counts_.commits += outcome == CommitOutcome::Committed ? 1 : 0;
}

CommitOutcome Writer::try_batch(std::vector<Job*>& batch) {
    bool committing = false;
    try {
        if (MUTANT("writer.answers_before_commit") && !connection_->autocommit()) {
            connection_->execute("COMMIT");
        }
        connection_->execute("BEGIN IMMEDIATE");
        for (auto* job : batch) {
            if (!run_job(*job)) return CommitOutcome::RolledBack;
        }
        if (MUTANT("writer.answers_before_commit")) answer_early(batch);
        FAILPOINT("sqlite.before_commit");
        const bool simulated = mode_ == WriterMode::Inline;
        if (simulated && MUTANT("writer.answers_before_commit")) return CommitOutcome::Committed;
        committing = true;
        FAILPOINT("sqlite.committing");
        connection_->execute("COMMIT");
        FAILPOINT("sqlite.after_commit");
        return CommitOutcome::Committed;
    } catch (const SqliteError& error) {
        log_event(LogLevel::Error, "store.write_failed",
                  {{"detail", std::string_view(error.what())},
                   {"code", static_cast<std::int64_t>(error.code())}});
        const bool unknown = committing && error.outcome_unknown();
        // What SQLite holds in memory is not to be trusted after a failed write: start afresh.
        connection_.reset();
        if (MUTANT("writer.swallows_errors")) return CommitOutcome::Committed;
        return unknown ? CommitOutcome::Unknown : CommitOutcome::RolledBack;
    } catch (const std::exception& error) {
        // No memory at worst: nothing was committed.
        log_event(LogLevel::Error, "store.write_failed",
                  {{"detail", std::string_view(error.what())}});
        connection_.reset();
        return CommitOutcome::RolledBack;
    }
}

// False when SQLite rolled the whole transaction back by itself (disk full, out of memory).
bool Writer::run_job(Job& job) {
    connection_->execute("SAVEPOINT job");
    const bool keep = job.body(*connection_);
    if (connection_->autocommit()) return false;
    if (!keep) connection_->execute("ROLLBACK TO job");
    connection_->execute("RELEASE job");
    return true;
}

bool Writer::reopen() {
    try {
        open();
        log_event(LogLevel::Warning, "store.reopened");
        return true;
    } catch (const SqliteError& error) {
        log_event(LogLevel::Error, "store.reopen_failed",
                  {{"detail", std::string_view(error.what())}});
        return false;
    }
}

}  // namespace imagify::sqlite
