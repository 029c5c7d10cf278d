#include "adapters/ses/ses_mailer.hpp"
#include "contract/cloud/cloud_fixture.hpp"

namespace imagify::testing {
namespace {

/// IMAGIFY_TEST_SES is the address of an emulator that shows what it took (tools/aws/inbox.mjs).
class MailContract : public CloudContract {
protected:
    void SetUp() override {
        if (variable("IMAGIFY_TEST_SES").empty())
            GTEST_SKIP() << "IMAGIFY_TEST_SES names no server";
    }

    ses::SesMailer mailer{{.from = {.name = "Imagify", .address = "shop@imagify.example"},
                           .region = "ap-southeast-1",
                           .endpoint = variable("IMAGIFY_TEST_SES")},
                          parts};
};

TEST_F(MailContract, LetterArrives) {
    const auto sent = run_on(context, mailer.send({.id = MailId("m_contract"),
                                                   .to = "an@example.com",
                                                   .subject = "Xin chào",
                                                   .text = "text",
                                                   .html = "<p>text</p>"}));
    ASSERT_TRUE(sent) << sent.error().detail;

    const auto inbox =
        run_on(context, http.send({.url = variable("IMAGIFY_TEST_SES") + "/_lab/target/store",
                                   .deadline = clock.steady_now() + std::chrono::seconds(5)}));

    ASSERT_TRUE(inbox);
    EXPECT_TRUE(inbox->body.contains("an@example.com")) << inbox->body.substr(0, 2'000);
    EXPECT_TRUE(inbox->body.contains("Xin ch")) << inbox->body.substr(0, 2'000);
}

}  // namespace
}  // namespace imagify::testing
