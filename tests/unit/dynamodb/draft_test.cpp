#include "adapters/dynamodb/draft.hpp"

#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using dynamodb::Draft;
using dynamodb::Item;

class DraftTest : public DynamoTest {
protected:
    void keep(Item item) {
        Draft draft(client());
        draft.put(tables.users, std::move(item));
        ASSERT_EQ(run_task(draft.commit()), true);
    }
    std::optional<Item> read(Draft& draft, const std::string& key) {
        const auto item = run_task(draft.read(tables.users, key));
        EXPECT_TRUE(item);
        return item.value_or(std::nullopt);
    }
    std::optional<Item> present(const std::string& key) {
        Draft draft(client());
        return read(draft, key);
    }
};

TEST_F(DraftTest, WhatWasReadMustNotHaveChanged) {
    keep({{"userId", "a"}, {"n", std::int64_t{1}}});
    Draft slow(client());
    read(slow, "a");
    slow.update(tables.users, "a").set("n", std::int64_t{2});
    Draft fast(client());
    read(fast, "a");
    fast.update(tables.users, "a").set("n", std::int64_t{3});

    EXPECT_EQ(run_task(fast.commit()), true);
    EXPECT_EQ(run_task(slow.commit()), false);
    EXPECT_EQ(present("a")->number("n"), 3);
}

TEST_F(DraftTest, WhatWasOnlyLookedAtMustNotHaveChangedEither) {
    keep({{"userId", "a"}});
    Draft draft(client());
    read(draft, "a");
    EXPECT_FALSE(read(draft, "b"));
    draft.create(tables.users, {{"userId", "c"}});
    keep({{"userId", "b"}});

    EXPECT_EQ(run_task(draft.commit()), false);
    EXPECT_FALSE(present("c"));
}

TEST_F(DraftTest, NumbersMoveWithoutTheVersion) {
    keep({{"userId", "a"}, {"credits", std::int64_t{5}}});
    Draft draft(client());
    read(draft, "a");
    draft.update(tables.users, "a").set("name", "An");
    dynamodb::Update spend;
    spend.add("credits", -1);
    ASSERT_TRUE(
        run_task(client().write(change(tables.users, "a", spend, dynamodb::exists("userId")))));

    EXPECT_EQ(run_task(draft.commit()), true);
    EXPECT_EQ(present("a")->number("credits"), 4);
    EXPECT_EQ(present("a")->text("name"), "An");
}

TEST_F(DraftTest, ErasedAndReplacedItemsHaveToBeAsRead) {
    keep({{"userId", "a"}});
    Draft eraser(client());
    read(eraser, "a");
    eraser.erase(tables.users, "a");
    Draft maker(client());
    EXPECT_FALSE(read(maker, "b"));
    maker.replace(tables.users, {{"userId", "b"}});
    keep({{"userId", "b"}, {"mine", true}});
    keep({{"userId", "a"}, {"new", true}});
    Draft again(client());
    read(again, "a");
    again.update(tables.users, "a").set("n", std::int64_t{1});
    ASSERT_EQ(run_task(again.commit()), true);

    EXPECT_EQ(run_task(eraser.commit()), false);
    EXPECT_EQ(run_task(maker.commit()), false);
    EXPECT_TRUE(present("b")->flag("mine"));
}

TEST_F(DraftTest, NothingToWriteAsksNobody) {
    Draft draft(client());
    read(draft, "a");
    script("TransactWriteItems", {});

    EXPECT_EQ(run_task(draft.commit()), true);
    EXPECT_EQ(asked("TransactWriteItems"), 0U);
}

}  // namespace
}  // namespace imagify::testing
