#include "powerloss/recorder.hpp"

#include <sqlite3.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <condition_variable>
#include <stdexcept>

#include "powerloss/books_state.hpp"
#include "powerloss/money_workload.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

namespace asio = boost::asio;

/// Holds the writer thread in its next sync, so that what is written meanwhile shares one commit.
class Gate {
public:
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        reached_ = false;
    }
    void pass() {
        std::unique_lock lock(mutex_);
        if (!closed_) return;
        reached_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return !closed_; });
    }
    void wait_until_reached() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return reached_; });
    }
    void open() {
        const std::scoped_lock lock(mutex_);
        closed_ = false;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool closed_ = false;
    bool reached_ = false;
};

int skip_synchronous(void*, int action, const char* pragma, const char* value, const char*,
                     const char*) {
    const bool sets = action == SQLITE_PRAGMA && value != nullptr;
    return sets && sqlite3_stricmp(pragma, "synchronous") == 0 ? SQLITE_IGNORE : SQLITE_OK;
}

/// Overrules the product's own PRAGMA synchronous.
void weaken(sqlite3* connection, Durability durability) {
    if (durability == Durability::Normal) {
        sqlite3_exec(connection, "PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
    } else if (durability == Durability::Off) {
        sqlite3_exec(connection, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
    } else {
        return;
    }
    sqlite3_set_authorizer(connection, skip_synchronous, nullptr);
}

class Recorder {
public:
    Recorder(std::uint64_t seed, Durability durability)
        : durability_(durability), disk_(folder_.path()), workload_(seed, clock_) {
        // Short logs are checkpointed and begun anew often: that is where a disk can go wrong most.
        constexpr std::array kCheckpointPages = {12, 30, 80, 1'000};
        const int pages = kCheckpointPages.at(seed % kCheckpointPages.size());
        disk_.on_connect = [pages, durability](void* opened) {
            auto* const connection = static_cast<sqlite3*>(opened);
            sqlite3_wal_autocheckpoint(connection, pages);
            weaken(connection, durability);
        };
        disk_.before = [this](DiskCall call, const std::string& name) {
            if (call == DiskCall::Write && name.ends_with("-wal")) gate_.pass();
            return SQLITE_OK;
        };
        disk_.record();
        open();
        note_answer(0);
    }

    void run_batch() {
        if (workload_.draws_restart()) restart();
        const auto count = workload_.draw_batch();
        const auto begun = disk_.event_count();
        gate_.close();
        spawn(store_->check_writable());
        context_.poll();
        gate_.wait_until_reached();
        for (std::size_t i = 0; i < count; ++i) spawn_step(workload_.draw());
        context_.poll();
        gate_.open();
        context_.run();
        context_.restart();
        recording_.operations += static_cast<int>(count);
        recording_.group_commits += count > 1 ? 1 : 0;
        note_answer(begun);
    }

    Recording finish() {
        const auto begun = disk_.event_count();
        store_.reset();
        note_answer(begun);
        recording_.events = disk_.events();
        return std::move(recording_);
    }

private:
    std::filesystem::path file() const { return folder_.path() / "imagify.db"; }

    void open() {
        auto opened = sqlite::SqliteStore::open(
            {.file = file(), .mode = sqlite::StoreMode::Server, .clock = &clock_});
        if (!opened) throw std::runtime_error(opened.error().detail);
        store_ = std::move(*opened);
    }

    void restart() {
        if (workload_.draws_kill()) {
            disk_.kill([this] { store_.reset(); });
            ++recording_.kills;
        } else {
            store_.reset();
            ++recording_.restarts;
        }
        open();
    }

    void spawn(Task<Result<void>> work) {
        asio::co_spawn(context_, std::move(work),
                       [](const std::exception_ptr& thrown, const Result<void>& done) {
                           if (thrown) std::rethrow_exception(thrown);
                           if (!done) throw std::runtime_error(done.error().detail);
                       });
    }

    void spawn_step(std::function<Task<bool>(sqlite::SqliteStore&)> step) {
        asio::co_spawn(
            context_,
            [this, step = std::move(step)]() -> Task<void> {
                recording_.refused += co_await step(*store_) ? 0 : 1;
            },
            [](const std::exception_ptr& thrown) {
                if (thrown) std::rethrow_exception(thrown);
            });
    }

    void note_answer(std::size_t begun) {
        const bool early = durability_ == Durability::AnswerBeforeCommit;
        const auto books = hash_books(file());
        if (!books) throw std::runtime_error("cannot read the books that were written");
        recording_.answers.push_back(
            {.begun = begun, .acknowledged = early ? begun : disk_.event_count(), .books = *books});
    }

    Durability durability_;
    TempFolder folder_;
    MemoryDisk disk_;
    FakeClock clock_;
    MoneyWorkload workload_;
    Gate gate_;
    asio::io_context context_;
    std::unique_ptr<sqlite::SqliteStore> store_;
    Recording recording_;
};

}  // namespace

std::string_view to_text(Durability durability) {
    switch (durability) {
        case Durability::Full: return "FULL";
        case Durability::Normal: return "NORMAL";
        case Durability::Off: return "OFF";
        case Durability::AnswerBeforeCommit: return "FULL, answer before commit";
    }
    std::unreachable();
}

Recording record_books(std::uint64_t seed, int batches, Durability durability) {
    Recorder recorder(seed, durability);
    for (int i = 0; i < batches; ++i) recorder.run_batch();
    return recorder.finish();
}

}  // namespace imagify::testing
