#include "usecases/deliver_mail.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/failpoint.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

/// An outbox in memory that can fail.
class FakeOutbox final : public MailOutbox {
public:
    Task<Result<std::vector<OutboxMail>>> due_mails(TimePoint now, std::size_t limit) override {
        if (fault) co_return std::unexpected(*fault);
        std::vector<OutboxMail> due;
        for (const auto& [id, row] : rows) {
            if (row.next <= now && due.size() < limit) due.push_back(row.mail);
        }
        co_return due;
    }
    Task<Result<bool>> claim_mail(MailId id, TimePoint now, TimePoint until) override {
        if (claim_fault) co_return std::unexpected(*claim_fault);
        const auto row = rows.find(id);
        if (row == rows.end() || row->second.next > now) co_return false;
        row->second.next = until;
        co_return true;
    }
    Task<Result<void>> remove_mail(MailId id) override {
        if (write_fault) co_return std::unexpected(*write_fault);
        rows.erase(id);
        co_return Result<void>{};
    }
    Task<Result<void>> postpone_mail(MailId id, TimePoint next) override {
        if (write_fault) co_return std::unexpected(*write_fault);
        auto& row = rows.at(id);
        ++row.mail.attempts;
        row.next = next;
        co_return Result<void>{};
    }

    struct Row {
        OutboxMail mail;
        TimePoint next;
    };
    std::map<MailId, Row> rows;
    std::optional<Error> fault;
    std::optional<Error> claim_fault;
    std::optional<Error> write_fault;
};

class FakeMailer final : public Mailer {
public:
    Task<Result<void>> send(Letter letter) override {
        ++at_once;
        most_at_once = std::max(most_at_once, at_once);
        // Others get their turn.
        co_await boost::asio::post(co_await boost::asio::this_coro::executor,
                                   boost::asio::use_awaitable);
        --at_once;
        sent.push_back(letter);
        if (answer) co_return std::unexpected(*answer);
        co_return Result<void>{};
    }

    std::vector<Letter> sent;
    std::optional<Error> answer;
    int at_once = 0;
    int most_at_once = 0;
};

class FakeLinks final : public LinkTokens {
public:
    std::string text_of(const LinkId& id) const override { return "text-of-" + id.text(); }
    std::optional<LinkId> read(std::string_view) const override { return std::nullopt; }
};

const Error kDown{.kind = ErrorKind::Unavailable, .code = "mail.unavailable"};

}  // namespace

class DeliverMailTest : public ::testing::Test {
protected:
    void put(const std::string& id, MailKind kind) {
        OutboxMail mail{.id = MailId(id),
                        .kind = kind,
                        .to = "an@example.com",
                        .name = "An",
                        .locale = Locale::English,
                        .created_at = clock.now()};
        if (link_purpose(kind)) mail.link = LinkId("l_" + id);
        outbox.rows[mail.id] = {.mail = mail, .next = clock.now()};
    }
    int run() { return run_task(deliver.run()).value(); }
    /// How long the only letter waits now.
    std::chrono::milliseconds wait() const {
        return outbox.rows.begin()->second.next - clock.now();
    }

    FakeClock clock;
    SeededRandom random{1};
    FakeOutbox outbox;
    FakeMailer mailer;
    FakeLinks links;
    DeliverMail deliver{{.outbox = outbox,
                         .mailer = mailer,
                         .links = links,
                         .clock = clock,
                         .random = random,
                         .head = {.product = "Imagify", .public_url = "https://a.example"}}};
};

TEST_F(DeliverMailTest, SentLetterLeavesTheOutbox) {
    put("m1", MailKind::VerifyEmail);

    EXPECT_EQ(run(), 1);

    EXPECT_TRUE(outbox.rows.empty());
    ASSERT_EQ(mailer.sent.size(), 1U);
    EXPECT_EQ(mailer.sent[0].to, "an@example.com");
    EXPECT_TRUE(mailer.sent[0].text.contains("https://a.example/verify-email#text-of-l_m1\n"));
    EXPECT_EQ(deliver.counts().sent, 1U);
    EXPECT_EQ(deliver.counts().failed, 0U);
    EXPECT_EQ(run(), 0);
}

TEST_F(DeliverMailTest, LetterThatIsNotDueWaits) {
    put("m1", MailKind::MfaEnabled);
    outbox.rows.begin()->second.next += 1ms;

    EXPECT_EQ(run(), 0);
    EXPECT_TRUE(mailer.sent.empty());

    clock.advance(1ms);
    EXPECT_EQ(run(), 1);
}

TEST_F(DeliverMailTest, NoticeIsTriedLessAndLessOftenForTwoDays) {
    put("m1", MailKind::PasswordChanged);
    const auto started = clock.now();
    for (const auto kind : {ErrorKind::Unavailable, ErrorKind::Timeout}) {
        mailer.answer = Error{.kind = kind, .code = "mail.unavailable"};
        run();
        ASSERT_EQ(outbox.rows.size(), 1U);
        clock.advance(wait());
    }
    EXPECT_EQ(outbox.rows.begin()->second.mail.attempts, 2);

    std::vector<std::chrono::milliseconds> waits;
    while (!outbox.rows.empty()) {
        run();
        if (outbox.rows.empty()) break;
        waits.push_back(wait());
        clock.advance(wait());
    }

    ASSERT_GE(waits.size(), 10U);
    const auto near = [](std::chrono::milliseconds wait, std::chrono::milliseconds want) {
        return wait >= want && wait <= want + want / 10;
    };
    EXPECT_TRUE(near(waits[0], 20min));
    EXPECT_TRUE(near(waits[1], 1h));
    for (std::size_t i = 2; i < waits.size(); ++i) EXPECT_TRUE(near(waits[i], 4h)) << i;
    EXPECT_LE(clock.now() - started, 48h);
    EXPECT_GE(clock.now() - started, 43h);
    EXPECT_EQ(deliver.counts().given_up, 1U);
    EXPECT_EQ(deliver.counts().failed, mailer.sent.size());
    EXPECT_EQ(deliver.counts().sent, 0U);
}

TEST_F(DeliverMailTest, FirstWaitsAreOneAndFiveMinutes) {
    put("m1", MailKind::PasswordChanged);
    mailer.answer = kDown;

    run();
    EXPECT_GE(wait(), 1min);
    EXPECT_LE(wait(), 66s);
    clock.advance(wait());
    run();

    EXPECT_GE(wait(), 5min);
    EXPECT_LE(wait(), 330s);
}

TEST_F(DeliverMailTest, WaitsAreSpread) {
    for (int i = 0; i < 20; ++i) put("m" + std::to_string(i), MailKind::MfaEnabled);
    mailer.answer = kDown;

    run();

    std::set<TimePoint> moments;
    for (const auto& [id, row] : outbox.rows) moments.insert(row.next);
    EXPECT_GT(moments.size(), 10U);
}

TEST_F(DeliverMailTest, LetterIsGivenUpWhenItsLinkHasExpired) {
    put("m1", MailKind::ResetPassword);
    const auto started = clock.now();
    mailer.answer = kDown;
    while (!outbox.rows.empty()) {
        run();
        if (!outbox.rows.empty()) clock.advance(wait());
    }

    EXPECT_LT(clock.now() - started, 1h);
    EXPECT_EQ(mailer.sent.size(), 4U);  // At once and after 1, 6 and 26 minutes.
    EXPECT_EQ(deliver.counts().given_up, 1U);
}

TEST_F(DeliverMailTest, ExpiredLinkIsNotSentEvenTheFirstTime) {
    put("last", MailKind::ResetPassword);
    clock.advance(1h - 1ms);
    EXPECT_EQ(run(), 1);
    put("late", MailKind::ResetPassword);
    clock.advance(1h);

    EXPECT_EQ(run(), 0);

    EXPECT_EQ(mailer.sent.size(), 1U);
    EXPECT_TRUE(outbox.rows.empty());
}

TEST_F(DeliverMailTest, RefusedLetterIsGivenUpAtOnce) {
    put("m1", MailKind::VerifyEmail);
    mailer.answer = Error{.kind = ErrorKind::Invalid, .code = "mail.refused"};

    EXPECT_EQ(run(), 0);

    EXPECT_TRUE(outbox.rows.empty());
    EXPECT_EQ(deliver.counts().given_up, 1U);
    EXPECT_EQ(mailer.sent.size(), 1U);
}

TEST_F(DeliverMailTest, AFewAreOnTheirWayAtOnceAndARoundIsBounded) {
    for (int i = 0; i < 50; ++i) put("m" + std::to_string(i), MailKind::MfaEnabled);

    EXPECT_EQ(run(), static_cast<int>(kMailRoundLimit));
    EXPECT_EQ(mailer.most_at_once, static_cast<int>(kMailsAtOnce));

    while (run() > 0) {
    }
    EXPECT_TRUE(outbox.rows.empty());
    std::set<MailId> ids;
    for (const auto& letter : mailer.sent) ids.insert(letter.id);
    EXPECT_EQ(ids.size(), 50U);
    EXPECT_EQ(mailer.sent.size(), 50U);
}

// The process dies after the other side took the letter: the row is still there.
TEST_F(DeliverMailTest, CrashAfterSendingSendsTwiceAtMostAndLosesNothing) {
    for (int i = 0; i < 6; ++i) put("m" + std::to_string(i), MailKind::MfaEnabled);
    set_failpoint_handler([](std::string_view point) {
        if (point == "mail.after_send") throw std::runtime_error("the process ends here");
    });
    EXPECT_THROW(run(), std::exception);
    set_failpoint_handler({});
    EXPECT_EQ(outbox.rows.size(), 6U);
    EXPECT_GE(mailer.sent.size(), 1U);

    DeliverMail restarted({.outbox = outbox,
                           .mailer = mailer,
                           .links = links,
                           .clock = clock,
                           .random = random,
                           .head = {.product = "Imagify", .public_url = "https://a.example"}});
    EXPECT_LT(run_task(restarted.run()).value(), 6);
    clock.advance(kMailClaim);
    run_task(restarted.run());

    EXPECT_TRUE(outbox.rows.empty());
    std::map<MailId, int> times;
    for (const auto& letter : mailer.sent) ++times[letter.id];
    EXPECT_EQ(times.size(), 6U);
    for (const auto& [id, count] : times) EXPECT_LE(count, 2) << id.text();
}

TEST_F(DeliverMailTest, StoreThatCannotWriteCausesNoFlood) {
    put("sent", MailKind::MfaEnabled);
    outbox.write_fault = kDown;
    for (int i = 0; i < 5; ++i) run();
    EXPECT_EQ(mailer.sent.size(), 1U);

    mailer.answer = kDown;
    put("postponed", MailKind::MfaEnabled);
    for (int i = 0; i < 5; ++i) run();
    EXPECT_EQ(mailer.sent.size(), 2U);

    outbox.write_fault.reset();
    run();
    ASSERT_EQ(outbox.rows.size(), 1U);
    EXPECT_EQ(outbox.rows.begin()->first.text(), "postponed");
    EXPECT_EQ(outbox.rows.begin()->second.mail.attempts, 1);
    EXPECT_EQ(mailer.sent.size(), 2U);
}

TEST_F(DeliverMailTest, TwoProcessesSendEachLetterOnce) {
    for (int i = 0; i < 12; ++i) put("m" + std::to_string(i), MailKind::MfaEnabled);
    DeliverMail other({.outbox = outbox,
                       .mailer = mailer,
                       .links = links,
                       .clock = clock,
                       .random = random,
                       .head = {.product = "Imagify", .public_url = "https://a.example"}});
    boost::asio::io_context context;
    for (auto* sender : {&deliver, &other}) {
        boost::asio::co_spawn(context, sender->run(), [](const std::exception_ptr&, auto) {});
    }

    context.run();

    EXPECT_EQ(mailer.sent.size(), 12U);
    EXPECT_TRUE(outbox.rows.empty());
}

TEST_F(DeliverMailTest, LetterThatCannotBeClaimedIsNotSent) {
    put("m", MailKind::MfaEnabled);
    outbox.claim_fault = kDown;

    EXPECT_EQ(run(), 0);

    EXPECT_TRUE(mailer.sent.empty());
    EXPECT_EQ(outbox.rows.size(), 1U);
}

TEST_F(DeliverMailTest, LetterThatWasSentIsNotSentAgainWhenItsClaimEnds) {
    put("m", MailKind::MfaEnabled);
    outbox.write_fault = kDown;
    run();
    for (int i = 0; i < 3; ++i) {
        clock.advance(kMailClaim);
        run();
    }
    outbox.write_fault.reset();
    run();

    EXPECT_EQ(mailer.sent.size(), 1U);
    EXPECT_TRUE(outbox.rows.empty());
}

TEST_F(DeliverMailTest, FaultOfTheStoreIsHandedOut) {
    outbox.fault = kDown;

    const auto outcome = run_task(deliver.run());

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Unavailable);
}

}  // namespace imagify::testing
