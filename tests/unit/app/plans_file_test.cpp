#include "app/plans_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

std::string plan(const std::string& id = "one", const std::string& name = "One",
                 const std::string& credits = "1", const std::string& amount = "5000") {
    return R"({"id":")" + id + R"(","name":")" + name + R"(","credits":)" + credits +
           R"(,"amountVnd":)" + amount + "}";
}

std::string list_of(int count) {
    std::string text = "[";
    for (int i = 0; i < count; ++i) {
        text += (i > 0 ? "," : "") + plan("p-" + std::to_string(i));
    }
    return text + "]";
}

/// What is wrong, "" when nothing is.
std::string problem_of(const std::string& text) {
    const auto plans = parse_plans(text);
    if (plans) return "";
    EXPECT_EQ(plans.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(plans.error().code, "plans.invalid");
    return plans.error().detail;
}

std::string problem_of_plan(const std::string& text) { return problem_of("[" + text + "]"); }

}  // namespace

TEST(PlansFileTest, KeepsTheOrderOfTheFile) {
    const auto plans = parse_plans("[" + plan("b", "B", "2", "6000") + "," + plan("a") + "]");

    ASSERT_TRUE(plans);
    ASSERT_EQ(plans->all().size(), 2U);
    EXPECT_EQ(plans->all()[0].id, "b");
    EXPECT_EQ(plans->all()[0].name, "B");
    EXPECT_EQ(plans->all()[0].credits, Credits{2});
    EXPECT_EQ(plans->all()[0].price, Vnd{6'000});
}

TEST(PlansFileTest, Has1To20Plans) {
    constexpr std::string_view kAdvice = "must be an array of 1 to 20 plans";
    EXPECT_EQ(problem_of(list_of(1)), "");
    EXPECT_EQ(problem_of(list_of(20)), "");
    EXPECT_EQ(problem_of("[]"), kAdvice);
    EXPECT_EQ(problem_of(list_of(21)), kAdvice);
    EXPECT_EQ(problem_of(plan()), kAdvice);
    EXPECT_EQ(problem_of("null"), kAdvice);
}

TEST(PlansFileTest, IsJson) {
    for (const auto* text : {"", "[", "plans", "[]]", "[1,]", "[\"\xff\"]"}) {
        EXPECT_TRUE(problem_of(text).starts_with("is not JSON: ")) << text;
    }
}

TEST(PlansFileTest, Has64KibAndNoMore) {
    const auto list = list_of(1);

    EXPECT_EQ(problem_of(list + std::string(kPlansFileMaxBytes - list.size(), ' ')), "");
    EXPECT_EQ(problem_of(list + std::string(kPlansFileMaxBytes - list.size() + 1, ' ')),
              "is over 64 KiB");
}

TEST(PlansFileTest, CreditsAreFrom1To1000000) {
    EXPECT_EQ(problem_of_plan(plan("one", "One", "1")), "");
    EXPECT_EQ(problem_of_plan(plan("one", "One", "1000000")), "");
    for (const auto* credits :
         {"0", "-1", "1000001", "1.0", "1e2", "\"5\"", "null", "true", "9223372036854775808"}) {
        EXPECT_EQ(problem_of_plan(plan("one", "One", credits)),
                  "plan 1: 'credits' is a whole number from 1 to 1000000")
            << credits;
    }
}

TEST(PlansFileTest, PriceIsWhatVnpayTakes) {
    EXPECT_EQ(problem_of_plan(plan("one", "One", "1", "5000")), "");
    EXPECT_EQ(problem_of_plan(plan("one", "One", "1", "999999999")), "");
    for (const auto* amount : {"4999", "1000000000", "0", "-5000", "5000.0", "\"5000\"", "null"}) {
        EXPECT_EQ(problem_of_plan(plan("one", "One", "1", amount)),
                  "plan 1: 'amountVnd' is a whole number from 5000 to 999999999")
            << amount;
    }
}

TEST(PlansFileTest, IdIs1To32OfAFewCharacters) {
    EXPECT_EQ(problem_of_plan(plan("a-1")), "");
    EXPECT_EQ(problem_of_plan(plan(std::string(32, 'a'))), "");
    for (const auto& id :
         {std::string(), std::string(33, 'a'), std::string("A"), std::string("a b"),
          std::string("a_b"), std::string("ă"), std::string("a/b"), std::string("a\\u0000")}) {
        EXPECT_EQ(problem_of_plan(plan(id)), "plan 1: 'id' is 1 to 32 of a-z, 0-9 and -") << id;
    }
}

TEST(PlansFileTest, NameHas1To80Bytes) {
    EXPECT_EQ(problem_of_plan(plan("one", std::string(80, 'n'))), "");
    EXPECT_EQ(problem_of_plan(plan("one", "Gói Cơ bản")), "");
    EXPECT_EQ(problem_of_plan(plan("one", std::string(81, 'n'))),
              "plan 1: 'name' has 1 to 80 bytes");
    EXPECT_EQ(problem_of_plan(plan("one", "")), "plan 1: 'name' has 1 to 80 bytes");
}

TEST(PlansFileTest, ProblemNamesThePlan) {
    EXPECT_EQ(problem_of("[" + plan() + ",7]"), "plan 2: is not an object");
    EXPECT_EQ(problem_of("[" + plan() + ",{}]"), "plan 2: 'id' is 1 to 32 of a-z, 0-9 and -");
    EXPECT_EQ(problem_of("[" + plan("x") + "," + plan("y") + "," + plan("x") + "]"),
              "two plans have the id 'x'");
}

TEST(PlansFileTest, ReadsAFileAndNamesItInProblems) {
    const TempFolder folder;
    const auto file = folder.path() / "plans.json";
    std::ofstream(file) << list_of(2);

    EXPECT_EQ(read_plans_file(file)->all().size(), 2U);
    EXPECT_TRUE(read_plans_file(folder.path()).error().detail.contains(folder.path().string()));
    EXPECT_EQ(read_plans_file(folder.path() / "absent").error().kind, ErrorKind::Invalid);
}

}  // namespace imagify::testing
