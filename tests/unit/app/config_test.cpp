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
             {"SMTP_URL", "is needed to send mail: smtps://user:password@mail.example.com:465"},
             {"MAIL_FROM", "is needed to send mail: Imagify <no-reply@example.com>"},
         }) {
        EXPECT_EQ(problems_of(production({{setting, ""}})),
                  std::string(setting) + ": " + advice + '\n');
    }
}

TEST(ConfigTest, FunctionsOfProductionNeedOnlyTheSecretsOfTheirWork) {
    struct Row {
        const char* routes;
        bool signs;
        bool pays;
        bool paints;
    };
    for (const auto& [routes, signs, pays, paints] :
         std::initializer_list<Row>{{"all", true, true, true},
                                    {"auth", true, false, false},
                                    {"image", true, false, false},
                                    {"payment", true, true, false},
                                    {"worker", false, false, true},
                                    {"scheduler", true, true, false}}) {
        const auto complains_without = [routes](const char* secret) {
            return problems_of(production({{"IMAGIFY_ROUTES", routes},
                                           {"STORE", "dynamodb"},
                                           {"BLOBS", "s3"},
                                           {"IMAGES_BUCKET", "pictures"},
                                           {"QUEUE", "sqs"},
                                           {"SQS_QUEUE_URL", "https://sqs.example/1/work"},
                                           {"PAINTERS", "clipdrop"},
                                           {secret, ""}}))
                .contains(secret);
        };
        EXPECT_EQ(complains_without("JWT_SECRET"), signs) << routes;
        EXPECT_EQ(complains_without("VNPAY_HASH_SECRET"), pays) << routes;
        EXPECT_EQ(complains_without("VNPAY_TMN_CODE"), pays) << routes;
        EXPECT_EQ(complains_without("CLIPDROP_API"), paints) << routes;
    }
    // Without a queue the function that takes the order paints.
    EXPECT_TRUE(problems_of(production({{"IMAGIFY_ROUTES", "image"}, {"CLIPDROP_API", ""}}))
                    .contains("CLIPDROP_API"));
}

TEST(ConfigTest, ProductionNamesAllThatIsMissingAtOnce) {
    const auto problems = problems_of({{"IMAGIFY_MODE", "production"}});

    EXPECT_EQ(std::ranges::count(problems, '\n'), 9) << problems;
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

TEST(ConfigTest, MailStaysInAFolderUntilAServerIsNamed) {
    const auto config = read({{"SELLER_NAME", "Ảnh đẹp"}}).config;

    EXPECT_EQ(config.mail, MailWay::Folder);
    EXPECT_EQ(config.mail_from.name, "Ảnh đẹp");
    EXPECT_EQ(config.mail_from.address, "no-reply@imagify.example");
    EXPECT_EQ(read({{"SELLER_NAME", "<odd>"}}).config.mail_from.name, "");
    EXPECT_EQ(problems_of({{"MAIL", "smtp"}}),
              "SMTP_URL: is needed to send mail: smtps://user:password@mail.example.com:465\n"
              "MAIL_FROM: is needed to send mail: Imagify <no-reply@example.com>\n");
}

TEST(ConfigTest, MailServerIsRead) {
    const auto config = read(production({{"SMTP_URL", "smtp://an%40b:p%3Aw@mail.example:2525"},
                                         {"MAIL_FROM", "Ảnh <Hello@Example.com>"},
                                         {"SMTP_CA_FILE", "/etc/mail-ca.pem"}}))
                            .config;

    EXPECT_EQ(config.mail, MailWay::Smtp);
    EXPECT_EQ(config.smtp.host, "mail.example");
    EXPECT_EQ(config.smtp.port, 2525);
    EXPECT_EQ(config.smtp.user, "an@b");
    EXPECT_EQ(config.smtp.password.reveal(), "p:w");
    EXPECT_EQ(config.mail_from.name, "Ảnh");
    EXPECT_EQ(config.mail_from.address, "hello@example.com");
    EXPECT_EQ(config.smtp_ca_file, "/etc/mail-ca.pem");
}

// Without mail nobody could verify an address: no gift, and no way back after a lost password.
TEST(ConfigTest, ProductionSendsMail) {
    EXPECT_TRUE(problems_of(production({{"MAIL", "folder"}})).starts_with("MAIL: 'folder' sends"));
    EXPECT_TRUE(problems_of(production({{"MAIL", "pigeon"}})).starts_with("MAIL: must be"));
    EXPECT_TRUE(problems_of({{"MAIL", "SMTP"}}).starts_with("MAIL: must be"));
    EXPECT_TRUE(problems_of({{"MAIL_FROM", "nobody"}}).starts_with("MAIL_FROM: is a name"));
    EXPECT_TRUE(problems_of({{"SMTP_URL", "mail.example"}}).starts_with("SMTP_URL: is no URL"));
}

TEST(ConfigTest, ProblemsNeverShowASecret) {
    const auto problems = problems_of(
        production({{"JWT_SECRET", "short-secret"}, {"VNPAY_URL", ""}, {"CLIPDROP_API", ""}}));

    EXPECT_FALSE(problems.contains("short-secret"));
    EXPECT_FALSE(problems.contains("INVENTEDSECRET"));
    EXPECT_FALSE(problems_of(production({{"SMTP_URL", "smtp://u:canary@mail.example/x"}}))
                     .contains("canary"));
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

TEST(ServerAddressesTest, TheSimulatorMayTellAnotherServer) {
    const auto addresses =
        resolve_addresses(read({{"VNPAY_IPN_URL", "http://127.0.0.1:1/payment/vnpay-ipn"}}).config);

    EXPECT_EQ(addresses.ipn_url, "http://127.0.0.1:1/payment/vnpay-ipn");
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
