#include <gtest/gtest.h>

#include <fstream>

#include "app/commands/options.hpp"
#include "support/temp_folder.hpp"
#include "unit/app/config_fixture.hpp"

namespace imagify::testing {

TEST(ConfigLimitsTest, SignupCreditsAreFrom0To1000) {
    EXPECT_EQ(read({{"SIGNUP_CREDITS", "0"}}).config.signup_credits, Credits{0});
    EXPECT_EQ(read({{"SIGNUP_CREDITS", "1000"}}).config.signup_credits, Credits{1'000});
    for (const auto* value :
         {"-1", "1001", "5.0", "five", "+5", " 5", "5 ", "0x5", "99999999999999999999"}) {
        EXPECT_EQ(problems_of({{"SIGNUP_CREDITS", value}}),
                  "SIGNUP_CREDITS: must be a whole number from 0 to 1000\n")
            << value;
        EXPECT_EQ(read({{"SIGNUP_CREDITS", value}}).config.signup_credits, Credits{5});
    }
}

TEST(ConfigLimitsTest, IoThreadsAreFrom1To64) {
    EXPECT_EQ(read({{"IO_THREADS", "1"}}).config.io_threads, 1U);
    EXPECT_EQ(read({{"IO_THREADS", "64"}}).config.io_threads, 64U);
    for (const auto* value : {"0", "65", "-1", "two"}) {
        EXPECT_EQ(problems_of({{"IO_THREADS", value}}),
                  "IO_THREADS: must be a whole number from 1 to 64\n")
            << value;
    }
}

TEST(ConfigLimitsTest, ClipdropIsCalled60TimesAMinuteUnlessTheContractSaysMore) {
    EXPECT_EQ(read({}).config.clipdrop_calls_per_minute, 60U);
    EXPECT_EQ(read({{"CLIPDROP_CALLS_PER_MINUTE", "600"}}).config.clipdrop_calls_per_minute, 600U);
    for (const auto* value : {"0", "-1", "100001", "many"}) {
        EXPECT_EQ(problems_of({{"CLIPDROP_CALLS_PER_MINUTE", value}}),
                  "CLIPDROP_CALLS_PER_MINUTE: must be a whole number from 1 to 100000\n")
            << value;
    }
}

TEST(ConfigLimitsTest, PreviousJwtSecretHasAtLeast32BytesAndIsAnother) {
    const std::string enough(32, 's');
    const std::string other(32, 'o');

    EXPECT_EQ(problems_of({{"JWT_SECRET", enough}, {"JWT_SECRET_PREVIOUS", other}}), "");
    EXPECT_EQ(problems_of({{"JWT_SECRET_PREVIOUS", other.substr(1)}}),
              "JWT_SECRET_PREVIOUS: has fewer than 32 bytes\n");
    EXPECT_EQ(
        problems_of(production({{"JWT_SECRET", enough}, {"JWT_SECRET_PREVIOUS", enough}})),
        "JWT_SECRET_PREVIOUS: is the same as JWT_SECRET: put the new one there, or remove this\n");
}

TEST(ConfigLimitsTest, JwtSecretHasAtLeast32BytesInEveryMode) {
    const std::string enough(32, 's');
    const std::string short_one(31, 's');

    EXPECT_EQ(problems_of({{"JWT_SECRET", enough}}), "");
    EXPECT_EQ(problems_of({{"JWT_SECRET", short_one}}),
              "JWT_SECRET: has fewer than 32 bytes: openssl rand -base64 48\n");
    EXPECT_EQ(problems_of(production({{"JWT_SECRET", enough}})), "");
    EXPECT_EQ(problems_of(production({{"JWT_SECRET", short_one}})),
              "JWT_SECRET: is needed in production, at least 32 bytes: openssl rand -base64 48\n");
}

TEST(ConfigLimitsTest, TerminalCodeOfProductionHas8Characters) {
    for (const auto* code : {"INVENTE", "INVENTED1"}) {
        EXPECT_TRUE(
            problems_of(production({{"VNPAY_TMN_CODE", code}})).starts_with("VNPAY_TMN_CODE: "));
    }
}

TEST(ConfigLimitsTest, ListenAddressNamesAPort) {
    for (const auto* listen : {"127.0.0.1:0", "127.0.0.1:65535", "[::1]:8080", "localhost:80"}) {
        EXPECT_EQ(problems_of({{"IMAGIFY_LISTEN", listen}}), "") << listen;
    }
    for (const auto* listen : {"8080", "localhost", "127.0.0.1"}) {
        EXPECT_TRUE(problems_of({{"IMAGIFY_LISTEN", listen}}).starts_with("IMAGIFY_LISTEN: "))
            << listen;
    }
}

TEST(ConfigLimitsTest, ProxiesAreAListWithoutBlanks) {
    EXPECT_EQ(read({{"TRUSTED_PROXIES", "10.0.0.0/8, ::1 ,,"}}).config.trusted_proxies,
              (std::vector<std::string>{"10.0.0.0/8", "::1"}));
}

TEST(ConfigLimitsTest, PlansComeFromTheirFile) {
    const TempFolder folder;
    const auto file = (folder.path() / "plans.json").string();
    std::ofstream(file) << R"([{"id":"one","name":"One","credits":1,"amountVnd":5000}])";

    const auto [config, problems] = read({{"PLANS_FILE", file}});

    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(config.plans.all().size(), 1U);
    EXPECT_EQ(config.plans.find("one")->price, Vnd{5'000});
}

TEST(ConfigLimitsTest, BrokenPlansFileIsAProblemThatSaysWhere) {
    const TempFolder folder;
    const auto file = (folder.path() / "plans.json").string();

    EXPECT_EQ(problems_of({{"PLANS_FILE", file}}), "PLANS_FILE: cannot read " + file + '\n');
    std::ofstream(file) << "[]";
    EXPECT_EQ(problems_of({{"PLANS_FILE", file}}),
              "PLANS_FILE: " + file + " must be an array of 1 to 20 plans\n");
}

TEST(OverridesTest, FlagsGoBeforeTheEnvironmentAndEmptyOnesAreAbsent) {
    ::setenv("IMAGIFY_TEST_SETTING", "environment", 1);
    ::setenv("IMAGIFY_TEST_EMPTY", "", 1);

    EXPECT_EQ(with_overrides({})("IMAGIFY_TEST_SETTING"), "environment");
    EXPECT_EQ(with_overrides({{"IMAGIFY_TEST_SETTING", "flag"}})("IMAGIFY_TEST_SETTING"), "flag");
    EXPECT_EQ(with_overrides({{"IMAGIFY_TEST_SETTING", ""}})("IMAGIFY_TEST_SETTING"),
              "environment");
    EXPECT_EQ(with_overrides({})("IMAGIFY_TEST_EMPTY"), std::nullopt);
    EXPECT_EQ(with_overrides({})("IMAGIFY_TEST_ABSENT"), std::nullopt);
}

}  // namespace imagify::testing
