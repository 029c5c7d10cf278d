#include "adapters/dynamodb/keys.hpp"
#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using dynamo::Fault;
using dynamodb::Item;

class TableClientTest : public DynamoTest {
protected:
    // Adds one to a counter that nothing else guards: done twice, it shows.
    Result<dynamodb::TransactionOutcome> count() {
        dynamodb::Update update;
        update.add("count", 1);
        return run_task(
            client().transact({change(tables.users, "counter", update, {}),
                               check(tables.users, "guard", dynamodb::absent("userId"))}));
    }
    std::int64_t counted() {
        const auto item = run_task(client().get(tables.users, "counter"));
        return item && *item ? (*item)->number("count") : 0;
    }
};

TEST_F(TableClientTest, LostAnswersAreAskedForAgainAndCountOnce) {
    for (const auto fault :
         {Fault::AnswerLost, Fault::AnswerLate, Fault::ErrorAfter, Fault::RequestTwice,
          Fault::RequestLost, Fault::ErrorBefore, Fault::Throttled, Fault::Conflict}) {
        const auto before = counted();
        script("TransactWriteItems", {fault});

        const auto outcome = count();

        ASSERT_TRUE(outcome) << to_text(fault);
        EXPECT_TRUE(outcome->committed) << to_text(fault);
        EXPECT_EQ(counted(), before + 1) << to_text(fault);
    }
}

TEST_F(TableClientTest, ConflictsWithoutEndAreUnavailableAndChangeNothing) {
    script("TransactWriteItems", std::deque<Fault>(1'000, Fault::Conflict));

    const auto outcome = count();

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(outcome.error().code, "server.busy");
    EXPECT_EQ(asked("TransactWriteItems"), 5U);
    EXPECT_EQ(counted(), 0);
}

TEST_F(TableClientTest, CommittedTransactionIsFoundByItsMarkWhenEveryAnswerIsLost) {
    script("TransactWriteItems", std::deque<Fault>(1'000, Fault::AnswerLost));

    const auto outcome = count();

    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->committed);
    EXPECT_EQ(counted(), 1);
}

TEST_F(TableClientTest, OutcomeThatNobodyTellsIsUnknown) {
    script("TransactWriteItems", std::deque<Fault>(1'000, Fault::AnswerLost));
    script("GetItem", std::deque<Fault>(1'000, Fault::RequestLost));

    const auto outcome = count();

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Unknown);
}

TEST_F(TableClientTest, RefusalNamesTheStepAndWhatItMet) {
    ASSERT_TRUE(run_task(client().write(put(tables.users, {{"userId", "guard"}, {"by", "me"}}))));

    const auto outcome = count();

    ASSERT_TRUE(outcome);
    EXPECT_FALSE(outcome->committed);
    EXPECT_FALSE(outcome->refused_at(0));
    ASSERT_TRUE(outcome->refused_at(1));
    EXPECT_EQ(outcome->refusals[1].found->text("by"), "me");
    EXPECT_EQ(counted(), 0);
}

TEST_F(TableClientTest, MoreThanATransactionHoldsIsRefusedBeforeItIsSent) {
    std::vector<dynamodb::Write> writes;
    for (int i = 0; i < 101; ++i) {
        writes.push_back(put(tables.users, {{"userId", "x" + std::to_string(i)}}));
    }

    EXPECT_FALSE(run_task(client().transact(std::move(writes))));
    EXPECT_EQ(asked("TransactWriteItems"), 0U);
}

TEST_F(TableClientTest, BatchesAreReadToTheEnd) {
    std::vector<std::string> keys;
    for (int i = 0; i < 230; ++i) {
        keys.push_back("x" + std::to_string(i));
        ASSERT_TRUE(run_task(client().write(put(tables.users, {{"userId", keys.back()}}))));
    }
    keys.emplace_back("absent");
    keys.emplace_back("x1");
    int turn = 0;
    database.set_weather({.leaves_unprocessed = [&turn] { return ++turn % 3 == 0; }});

    const auto items = run_task(client().get_many(tables.users, keys));

    ASSERT_TRUE(items);
    EXPECT_EQ(items->size(), 230U);
}

TEST_F(TableClientTest, QueriesGoOnOverShortPages) {
    for (int i = 0; i < 20; ++i) {
        Item item{{"userId", "x" + std::to_string(i)}, {"even", i % 2 == 0}};
        set_list(item, "list", dynamodb::sort_number(i));
        ASSERT_TRUE(run_task(client().write(put(tables.users, std::move(item)))));
    }
    database.set_weather({.page_items = [] { return std::optional<std::size_t>(3); }});
    const dynamodb::Query query{.table = tables.users,
                                .index = dynamodb::kListIndex,
                                .hash_name = "listPk",
                                .hash = "list",
                                .range = dynamodb::less_than("listAt", dynamodb::sort_number(18)),
                                .filter = dynamodb::equals("even", true),
                                .forward = false};

    const auto items = run_task(client().query(query, 4));

    ASSERT_TRUE(items);
    ASSERT_EQ(items->size(), 4U);
    EXPECT_EQ(items->front().text("userId"), "x16");
    EXPECT_EQ(items->back().text("userId"), "x10");
}

}  // namespace
}  // namespace imagify::testing
