#include <sys/resource.h>

#include <csignal>
#include <latch>

#include "unit/sqlite/books_fixture.hpp"

namespace imagify::testing {
namespace {

namespace asio = boost::asio;
using sqlite::StoreMode;

/// No file of this process may grow beyond `bytes` while this lives: writes fail with EFBIG.
class FileSizeLimit {
public:
    explicit FileSizeLimit(std::uintmax_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
};

}  // namespace

class SqliteFaultTest : public BooksTest, public ::testing::WithParamInterface<StoreMode> {
protected:
    std::uintmax_t log_size() const { return std::filesystem::file_size(file().string() + "-wal"); }
    Result<Account> try_account(const std::string& email, const std::string& name = "Binh") {
        return run_task(store->create_account({.id = UserId(new_ulid("u_", clock, random)),
                                               .email = *Email::parse(email),
                                               .name = name,
                                               .password_hash = "hash",
                                               .gift = {5},
                                               .created_at = clock.now()}));
    }
};

TEST_P(SqliteFaultTest, WriteThatDoesNotFitIsNotAcknowledgedAndTheStoreRecovers) {
    reopen(GetParam());
    const auto account = make_account("an@example.vn");

    {
        const FileSizeLimit limit(log_size());
        const auto refused = try_account("binh@example.vn");
        ASSERT_FALSE(refused);
        EXPECT_TRUE(refused.error().kind == ErrorKind::Unknown ||
                    refused.error().kind == ErrorKind::Unavailable);
        // Reading goes on.
        EXPECT_TRUE(run_task(store->find_account(account.id)));
        EXPECT_FALSE(run_task(store->check_writable()));
    }

    EXPECT_EQ(violations(), "");
    EXPECT_FALSE(run_task(store->find_login(*Email::parse("binh@example.vn"))));
    EXPECT_TRUE(try_account("binh@example.vn"));
    EXPECT_TRUE(run_task(store->check_writable()));
    EXPECT_EQ(violations(), "");
}

TEST_P(SqliteFaultTest, WhateverFitsTheBooksBalanceAfterwards) {
    reopen(GetParam());
    write_books();
    const auto start = log_size();

    // One page more each time: the write is cut in its first frame, in its middle, in its commit.
    for (std::uintmax_t extra = 0; extra < 80'000; extra += 3'000) {
        const auto email = "e" + std::to_string(extra) + "@example.vn";
        bool acknowledged = false;
        {
            const FileSizeLimit limit(start + extra);
            acknowledged = try_account(email, std::string(20, 'n')).has_value();
        }
        ASSERT_EQ(violations(), "") << extra;
        const auto found = run_task(store->find_login(*Email::parse(email)));
        if (acknowledged) ASSERT_TRUE(found) << "an acknowledged account is lost: " << extra;
    }
    reopen(GetParam());
    EXPECT_EQ(violations(), "");
}

INSTANTIATE_TEST_SUITE_P(Modes, SqliteFaultTest,
                         ::testing::Values(StoreMode::Server, StoreMode::Simulation),
                         [](const auto& info) {
                             return info.param == StoreMode::Server ? "GroupCommit" : "Inline";
                         });

TEST_F(BooksTest, ParallelWritesShareCommitsAndRefusalsHurtNobodyElse) {
    reopen(StoreMode::Server);
    asio::io_context context;
    int made = 0;
    int taken = 0;
    for (int i = 0; i < 64; ++i) {
        // Every second one wants the same address.
        const auto email = i % 2 == 0 ? "same@example.vn" : "e" + std::to_string(i) + "@example.vn";
        asio::co_spawn(context,
                       store->create_account({.id = UserId(new_ulid("u_", clock, random)),
                                              .email = *Email::parse(email),
                                              .password_hash = "hash",
                                              .gift = {5},
                                              .created_at = clock.now()}),
                       [&](const std::exception_ptr&, const Result<Account>& account) {
                           made += account ? 1 : 0;
                           taken += !account && account.error().code == "account.email_taken";
                       });
    }

    context.run();

    EXPECT_EQ(made, 33);
    EXPECT_EQ(taken, 31);
    EXPECT_EQ(violations(), "");
    EXPECT_EQ(store->counts().writes, 64U);
    EXPECT_LT(store->counts().commits, 32U);
}

TEST_F(BooksTest, StoppedStoreReadsButWritesNothing) {
    reopen(StoreMode::Server);
    const auto account = make_account("an@example.vn");

    store->stop();
    const auto refused = run_task(store->check_writable());

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_TRUE(refused.error().retry_after);
    EXPECT_TRUE(run_task(store->find_account(account.id)));
}

}  // namespace imagify::testing
