#include "adapters/ses/ses_mailer.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "adapters/mime/encoded_text.hpp"
#include "adapters/mime/letter_reader.hpp"
#include "support/fake_clock.hpp"
#include "support/fixed_credentials.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http_client.hpp"
#include "support/seeded_random.hpp"

namespace imagify::ses {
namespace {

class SesMailerTest : public ::testing::Test {
protected:
    Result<void> send(std::string to = "an@example.com") {
        return testing::run_task(mailer.send({.id = MailId("m_1"),
                                              .to = std::move(to),
                                              .subject = "Xin chào",
                                              .text = "text",
                                              .html = "<p>text</p>"}));
    }
    void expect_refusal(const std::string& fault, const std::string& message, ErrorKind kind) {
        http.answer(400, "{\"message\":\"" + message + "\"}", {{"x-amzn-errortype", fault}});
        const auto outcome = send();
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().kind, kind) << fault << ": " << message;
    }

    testing::ScriptedHttpClient http;
    testing::FixedCredentials credentials;
    testing::FakeClock clock;
    testing::SeededRandom random;
    SesMailer mailer{{.from = {.name = "Imagify", .address = "shop@imagify.example"},
                      .region = "ap-southeast-1",
                      .configuration_set = "bounces"},
                     {.http = http, .credentials = credentials, .clock = clock, .random = random}};
};

TEST_F(SesMailerTest, SendsTheWholeMessage) {
    http.answer(200, R"({"MessageId":"1"})");

    ASSERT_TRUE(send());

    const auto& sent = http.asked.at(0);
    EXPECT_EQ(sent.url, "https://email.ap-southeast-1.amazonaws.com/v2/email/outbound-emails");
    EXPECT_TRUE(
        testing::sent_header(sent, "Authorization").contains("/ap-southeast-1/ses/aws4_request"));
    const auto body = boost::json::parse(sent.body);
    EXPECT_EQ(body.at("Destination").at("ToAddresses").at(0).as_string(), "an@example.com");
    EXPECT_EQ(body.at("ConfigurationSetName").as_string(), "bounces");
    const auto message =
        decode_base64(std::string_view(body.at("Content").at("Raw").at("Data").as_string()));
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->contains("To: an@example.com"));
    EXPECT_TRUE(message->contains("shop@imagify.example"));
}

TEST_F(SesMailerTest, LetterThatSesRefusesIsGivenUp) {
    expect_refusal("MessageRejected", "Email content is not accepted", ErrorKind::Invalid);
    expect_refusal("BadRequestException", "Illegal address", ErrorKind::Invalid);
}

TEST_F(SesMailerTest, OurOwnTroublesKeepTheLetter) {
    expect_refusal("MessageRejected", "Email address is not verified.", ErrorKind::Unavailable);
    expect_refusal("MailFromDomainNotVerifiedException", "x", ErrorKind::Unavailable);
    expect_refusal("AccountSuspendedException", "x", ErrorKind::Unavailable);
    expect_refusal("LimitExceededException", "daily quota", ErrorKind::Unavailable);
    expect_refusal("AccessDeniedException", "not authorized", ErrorKind::Unavailable);
}

TEST_F(SesMailerTest, ThrottlingIsWaitedFor) {
    http.answer(429, "{}", {{"x-amzn-errortype", "TooManyRequestsException"}});
    http.answer(200, "{}");

    EXPECT_TRUE(send());
}

TEST_F(SesMailerTest, OnlyAnAddressIsARecipient) {
    EXPECT_EQ(send("an@example.com, bo@example.com").error().kind, ErrorKind::Invalid);
    EXPECT_TRUE(http.asked.empty());
}

TEST_F(SesMailerTest, CheckTellsThatSendingIsPaused) {
    http.answer(200, R"({"SendingEnabled":true})");
    EXPECT_TRUE(testing::run_task(mailer.check()));
    http.answer(200, R"({"SendingEnabled":false})");
    EXPECT_FALSE(testing::run_task(mailer.check()));
}

}  // namespace
}  // namespace imagify::ses
