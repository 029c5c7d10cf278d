#include "adapters/sqlite/writer.hpp"

#include <sqlite3.h>

#include <latch>

#include "unit/sqlite/books_fixture.hpp"

namespace imagify::testing {
namespace {

namespace asio = boost::asio;
using sqlite::CommitOutcome;
using sqlite::Connection;
using sqlite::Query;
using sqlite::SqliteError;
using sqlite::Writer;
using sqlite::WriterMode;

}  // namespace

class WriterTest : public BooksTest {
protected:
    static void beat(Connection& connection, std::int64_t number) {
        Query(connection,
              "INSERT INTO idempotency (user_id, route, key, fingerprint, ref, expires_at)"
              " VALUES ('', '', ?, '', '', ?)",
              std::to_string(number), number)
            .run();
    }
    static Writer::Body keep(std::int64_t number) {
        return [number](Connection& connection) {
            beat(connection, number);
            return true;
        };
    }
    static Writer::Body undo(std::int64_t number) {
        return [number](Connection& connection) {
            beat(connection, number);
            return false;
        };
    }

    /// Keeps the writer's thread busy, so that all that is started meanwhile waits together.
    void block(Writer& writer) {
        start(writer, [this](Connection&) {
            blocked.count_down();
            go_on.wait();
            return true;
        });
        blocked.wait();
    }
    void start(Writer& writer, Writer::Body body) {
        asio::co_spawn(
            context, writer.write(std::move(body)),
            [this](const std::exception_ptr&, CommitOutcome outcome) { ++outcomes[outcome]; });
        context.restart();
        context.poll();
    }
    void finish() {
        go_on.count_down();
        context.restart();
        context.run();
    }
    std::string kept() const {
        return ask_raw(file(),
                       "SELECT coalesce(group_concat(key), '') FROM"
                       " (SELECT key FROM idempotency ORDER BY expires_at)");
    }

    asio::io_context context;
    std::latch blocked{1};
    std::latch go_on{1};
    std::map<CommitOutcome, int> outcomes;
};

TEST_F(WriterTest, WritesThatWaitTogetherShareOneCommit) {
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    for (int i = 0; i < 64; ++i) start(writer, keep(i));

    finish();

    EXPECT_EQ(outcomes[CommitOutcome::Committed], 65);
    EXPECT_EQ(writer.counts().writes, 65U);
    EXPECT_EQ(writer.counts().commits, 2U);
    EXPECT_EQ(ask_raw(file(), "SELECT count(*) FROM idempotency"), "64");
}

TEST_F(WriterTest, OneCommitHasAtMost256Writes) {
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    for (int i = 0; i < 257; ++i) start(writer, keep(i));

    finish();

    EXPECT_EQ(writer.counts().commits, 3U);
}

TEST_F(WriterTest, FailingJobLeavesNoTraceWhileItsBatchMatesAreKept) {
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    start(writer, keep(1));
    start(writer, undo(2));
    start(writer, keep(3));

    finish();

    EXPECT_EQ(kept(), "1,3");
    EXPECT_EQ(outcomes[CommitOutcome::Committed], 4);
    EXPECT_EQ(writer.counts().commits, 2U);
}

TEST_F(WriterTest, LaterJobOfABatchSeesWhatAnEarlierOneKeptAndNotWhatItUndid) {
    Writer writer(file(), WriterMode::Thread);
    std::string seen;
    block(writer);
    start(writer, keep(1));
    start(writer, undo(2));
    start(writer, [&](Connection& connection) {
        Query query(connection, "SELECT group_concat(key) FROM idempotency");
        query.step();
        seen = query.text(0);
        return true;
    });

    finish();

    EXPECT_EQ(seen, "1");
}

TEST_F(WriterTest, NothingIsVisibleOutsideBeforeTheCommit) {
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    start(writer, keep(1));
    std::string seen = "?";
    start(writer, [&](Connection&) {
        seen = kept();
        return true;
    });

    finish();

    EXPECT_EQ(seen, "");
    EXPECT_EQ(kept(), "1");
}

TEST_F(WriterTest, FaultOfTheDatabaseUndoesTheWholeBatchAndTheNextOneWorks) {
    for (const auto mode : {WriterMode::Thread, WriterMode::Inline}) {
        Writer writer(file(), mode);

        const auto failed = run_task(writer.write([](Connection& connection) -> bool {
            beat(connection, 1);
            throw SqliteError(SQLITE_CORRUPT, "planted");
        }));
        const auto next = run_task(writer.write(undo(2)));

        EXPECT_EQ(failed, CommitOutcome::RolledBack);
        EXPECT_EQ(next, CommitOutcome::Committed);
        EXPECT_EQ(kept(), "");
    }
}

TEST_F(WriterTest, BatchMatesOfAFaultAreToldThatNothingChanged) {
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    start(writer, keep(1));
    start(writer, [](Connection&) -> bool { throw SqliteError(SQLITE_NOMEM, "planted"); });
    start(writer, keep(3));

    finish();

    EXPECT_EQ(outcomes[CommitOutcome::Committed], 1);
    EXPECT_EQ(outcomes[CommitOutcome::RolledBack], 3);
    EXPECT_EQ(kept(), "");
}

TEST_F(WriterTest, FullQueueIsOverloadedAndLosesNothing) {
    constexpr int kQueueLimit = 4'096;
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    for (int i = 0; i < kQueueLimit; ++i) start(writer, keep(i));
    const auto early = outcomes;

    start(writer, keep(kQueueLimit));
    const auto refused = outcomes[CommitOutcome::Overloaded];
    finish();

    EXPECT_TRUE(early.empty());
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(outcomes[CommitOutcome::Committed], 1 + kQueueLimit);
    EXPECT_EQ(ask_raw(file(), "SELECT count(*) FROM idempotency"), std::to_string(kQueueLimit));
}

TEST_F(WriterTest, StopCommitsWhatWaitsAndTakesNothingMore) {
    Writer writer(file(), WriterMode::Thread);
    block(writer);
    start(writer, keep(1));
    start(writer, keep(2));
    go_on.count_down();

    writer.stop();
    context.restart();
    context.run();
    const auto late = run_task(writer.write(keep(3)));

    EXPECT_EQ(outcomes[CommitOutcome::Committed], 3);
    EXPECT_EQ(late, CommitOutcome::Overloaded);
    EXPECT_EQ(kept(), "1,2");
}

TEST_F(WriterTest, InlineWriteIsCommittedWhenItReturns) {
    Writer writer(file(), WriterMode::Inline);

    EXPECT_EQ(run_task(writer.write(keep(1))), CommitOutcome::Committed);
    EXPECT_EQ(run_task(writer.write(undo(2))), CommitOutcome::Committed);

    EXPECT_EQ(kept(), "1");
    EXPECT_EQ(writer.counts().commits, 2U);
}

TEST_F(WriterTest, ReplacingALedgerRowIsRefusedOnOurOwnConnection) {
    reopen();
    make_account("an@example.vn");
    store.reset();
    Connection connection(file(), sqlite::OpenMode::ReadWrite);

    EXPECT_THROW(connection.execute(
                     "INSERT OR REPLACE INTO ledger SELECT id, user_id, kind, ref, 1000, 1000,"
                     " note, created_at FROM ledger"),
                 SqliteError);

    EXPECT_EQ(ask_raw(file(), "SELECT sum(delta) FROM ledger"), "5");
}

}  // namespace imagify::testing
