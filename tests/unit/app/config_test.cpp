#include <gtest/gtest.h>

#include "app/server_addresses.hpp"
#include "unit/app/config_fixture.hpp"

namespace imagify::testing {

TEST(ConfigTest, DevelopmentNeedsNoSetting) {
    const auto [config, problems] = read({});

    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(config.mode, Mode::Development);
    EXPECT_EQ(config.listen, "127.0.0.1:8080");
    EXPECT_EQ(config.data, "data");
    EXPECT_TRUE(config.public_url.empty());
    EXPECT_TRUE(config.jwt_secret.empty());
    EXPECT_EQ(config.painters, std::vector<std::string>{"demo"});
    EXPECT_EQ(config.vnpay_tmn_code, "IMAGIFY0");
    EXPECT_FALSE(config.vnpay_hash_secret.empty());
    EXPECT_EQ(config.signup_credits, Credits{5});
    EXPECT_EQ(config.plans.all().size(), 3U);
    EXPECT_TRUE(config.trusted_proxies.empty());
    EXPECT_EQ(config.log_level, LogLevel::Info);
}

TEST(ConfigTest, WholeProductionSettingsHaveNoProblem) {
    const auto [config, problems] = read(production());

    EXPECT_EQ(problems_of(production()), "");
    EXPECT_EQ(config.mode, Mode::Production);
    EXPECT_EQ(config.public_url, "https://imagify.example");
    EXPECT_EQ(config.painters, std::vector<std::string>{"clipdrop"});
    EXPECT_EQ(config.vnpay_tmn_code, "INVENTED");
}

TEST(ConfigTest, ProductionNamesEachMissingSettingAndWhatToDo) {
    struct Row {
        const char* setting;
        const char* advice;
    };
    for (const auto& [setting, advice] : std::initializer_list<Row>{
             {"IMAGIFY_PUBLIC_URL", "is needed in production and starts with https://"},
             {"JWT_SECRET", "is needed in production, at least 32 bytes: openssl rand -base64 48"},
             {"VNPAY_TMN_CODE", "is needed in production: the 8 characters that VNPAY gave you"},
             {"VNPAY_HASH_SECRET", "is needed in production: the secret that VNPAY gave you"},
             {"VNPAY_URL", "is needed in production: https://pay.vnpay.vn/vpcpay.html"},
             {"VNPAY_API_URL",
              "is needed in production: "
              "https://merchant.vnpay.vn/merchant_webapi/api/transaction"},
             {"CLIPDROP_API", "is needed in production, or say PAINTERS=demo"},
         }) {
        EXPECT_EQ(problems_of(production({{setting, ""}})),
                  std::string(setting) + ": " + advice + '\n');
    }
}

TEST(ConfigTest, ProductionNamesAllThatIsMissingAtOnce) {
    const auto problems = problems_of({{"IMAGIFY_MODE", "production"}});

    EXPECT_EQ(std::ranges::count(problems, '\n'), 7) << problems;
}

TEST(ConfigTest, ProductionRefusesWhatEverybodyKnows) {
    const auto development = read({}).config;
    const auto& known_secret = development.vnpay_hash_secret.reveal();

    EXPECT_TRUE(problems_of(production({{"VNPAY_TMN_CODE", development.vnpay_tmn_code}}))
                    .starts_with("VNPAY_TMN_CODE: "));
    EXPECT_TRUE(problems_of(production({{"VNPAY_HASH_SECRET", known_secret}}))
                    .starts_with("VNPAY_HASH_SECRET: "));
    // A previous secret is believed just as the present one: it would let anybody sign payments.
    EXPECT_TRUE(problems_of(production({{"VNPAY_HASH_SECRET_PREVIOUS", known_secret}}))
                    .starts_with("VNPAY_HASH_SECRET_PREVIOUS: "));
}

TEST(ConfigTest, TwoVnpaySecretsAreReadDuringAChange) {
    const auto config =
        read({{"VNPAY_HASH_SECRET", "the new one"}, {"VNPAY_HASH_SECRET_PREVIOUS", "the old one"}})
            .config;

    EXPECT_EQ(config.vnpay_hash_secret.reveal(), "the new one");
    EXPECT_EQ(config.vnpay_previous_hash_secret.reveal(), "the old one");
    EXPECT_TRUE(read({}).config.vnpay_previous_hash_secret.empty());
}

TEST(ConfigTest, ChangeOfTheVnpaySecretNeedsAnotherSecret) {
    EXPECT_TRUE(problems_of(production({{"VNPAY_HASH_SECRET", "one and the same"},
                                        {"VNPAY_HASH_SECRET_PREVIOUS", "one and the same"}}))
                    .starts_with("VNPAY_HASH_SECRET_PREVIOUS: "));
}

TEST(ConfigTest, ProblemsNeverShowASecret) {
    const auto problems = problems_of(
        production({{"JWT_SECRET", "short-secret"}, {"VNPAY_URL", ""}, {"CLIPDROP_API", ""}}));

    EXPECT_FALSE(problems.contains("short-secret"));
    EXPECT_FALSE(problems.contains("INVENTEDSECRET"));
}

TEST(ConfigTest, PainterOfProductionMayBeTheDemoWhenSomebodySaysSo) {
    EXPECT_EQ(problems_of(production({{"CLIPDROP_API", ""}, {"PAINTERS", "demo"}})), "");
}

TEST(ConfigTest, PaintersAreReadInOrderAndUnknownOnesRefused) {
    EXPECT_EQ(read({{"PAINTERS", " clipdrop ,demo,"}, {"CLIPDROP_API", "k"}}).config.painters,
              (std::vector<std::string>{"clipdrop", "demo"}));
    EXPECT_EQ(problems_of({{"PAINTERS", "demo,dalle"}}),
              "PAINTERS: knows 'clipdrop' and 'demo', not 'dalle'\n");
    EXPECT_EQ(problems_of({{"PAINTERS", "Demo"}}),
              "PAINTERS: knows 'clipdrop' and 'demo', not 'Demo'\n");
    EXPECT_EQ(problems_of({{"PAINTERS", "clipdrop"}}),
              "CLIPDROP_API: is needed by the painter 'clipdrop'\n");
}

TEST(ConfigTest, ListOfPaintersWithoutAPainterIsRefused) {
    for (const auto* list : {",", " ", " , ,"}) {
        EXPECT_TRUE(problems_of({{"PAINTERS", list}}).starts_with("PAINTERS: ")) << list;
    }
}

TEST(ConfigTest, KeyOfAPainterMakesItTheFirstChoice) {
    EXPECT_EQ(read({{"CLIPDROP_API", "k"}}).config.painters, std::vector<std::string>{"clipdrop"});
}

TEST(ConfigTest, ChoicesThatThisBuildDoesNotHaveAreRefusedInWords) {
    struct Row {
        const char* setting;
        const char* known;
        const char* unknown;
    };
    for (const auto& [setting, known, unknown] :
         std::initializer_list<Row>{{"STORE", "sqlite", "dynamodb"},
                                    {"BLOBS", "files", "s3"},
                                    {"IDENTITY", "local", "cognito"},
                                    {"QUEUE", "in-process", "sqs"}}) {
        EXPECT_EQ(problems_of({{setting, known}}), "") << setting;
        EXPECT_EQ(problems_of({{setting, unknown}}),
                  std::string(setting) + ": this build knows only '" + known + "'\n");
    }
}

TEST(ConfigTest, ModeAndLevelAreExactWords) {
    EXPECT_EQ(problems_of({{"IMAGIFY_MODE", "prod"}}),
              "IMAGIFY_MODE: must be 'development' or 'production'\n");
    EXPECT_EQ(problems_of({{"IMAGIFY_MODE", "Production"}}),
              "IMAGIFY_MODE: must be 'development' or 'production'\n");
    EXPECT_EQ(problems_of({{"LOG_LEVEL", "warn"}}),
              "LOG_LEVEL: must be 'debug', 'info', 'warning' or 'error'\n");
    EXPECT_EQ(read({{"LOG_LEVEL", "debug"}}).config.log_level, LogLevel::Debug);
    EXPECT_EQ(read({{"LOG_LEVEL", "warning"}}).config.log_level, LogLevel::Warning);
    EXPECT_EQ(read({{"LOG_LEVEL", "error"}}).config.log_level, LogLevel::Error);
}

TEST(ConfigTest, PublicUrlEndsWithoutSlash) {
    EXPECT_EQ(read({{"IMAGIFY_PUBLIC_URL", "http://localhost:1//"}}).config.public_url,
              "http://localhost:1");
    for (const auto* url : {"http://imagify.example", "imagify.example", "https://", "HTTPS"}) {
        EXPECT_TRUE(problems_of(production({{"IMAGIFY_PUBLIC_URL", url}}))
                        .starts_with("IMAGIFY_PUBLIC_URL: "))
            << url;
    }
}

TEST(ServerAddressesTest, DevelopmentPaysAtOurOwnSimulator) {
    auto config = read({{"IMAGIFY_LISTEN", "0.0.0.0:9000"}}).config;

    const auto addresses = resolve_addresses(config);

    EXPECT_EQ(addresses.public_url, "http://127.0.0.1:9000");
    EXPECT_EQ(addresses.vnpay_url, "http://127.0.0.1:9000/dev/vnpay/pay");
    EXPECT_EQ(addresses.vnpay_return_url, "http://127.0.0.1:9000/payment-result");
    EXPECT_EQ(addresses.ipn_url, "http://127.0.0.1:9000/payment/vnpay-ipn");
}

TEST(ServerAddressesTest, SettingsGoBeforeTheSimulator) {
    const auto addresses = resolve_addresses(read(production()).config);

    EXPECT_EQ(addresses.public_url, "https://imagify.example");
    EXPECT_EQ(addresses.vnpay_url, "https://pay.example/vpcpay.html");
    EXPECT_EQ(addresses.vnpay_api_url, "https://merchant.example/api/transaction");
    EXPECT_EQ(addresses.vnpay_return_url, "https://imagify.example/payment-result");
}

TEST(ServerAddressesTest, EveryAddressOfThisMachineIsBrowsable) {
    for (const auto* listen : {"0.0.0.0:80", "[::]:80", ":80"}) {
        EXPECT_EQ(resolve_addresses(read({{"IMAGIFY_LISTEN", listen}}).config).public_url,
                  "http://127.0.0.1:80")
            << listen;
    }
    EXPECT_EQ(resolve_addresses(read({{"IMAGIFY_LISTEN", "[::1]:80"}}).config).public_url,
              "http://[::1]:80");
}

}  // namespace imagify::testing
