#include <gtest/gtest.h>

#include <fstream>

#include "support/fake_clock.hpp"
#include "unit/smtp/mail_server.hpp"

namespace imagify::testing {

using namespace std::chrono_literals;

/// Against a real server process: python3-aiosmtpd, see mail_server.py.
class SmtpDeliveryTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { server = std::make_unique<MailServer>(); }
    static void TearDownTestSuite() { server.reset(); }
    void SetUp() override { ASSERT_TRUE(server->is_up()) << "is python3-aiosmtpd installed?"; }

    SmtpSettings settings(const std::string& kind) {
        return {.server = server->address(kind),
                .from = {.name = "Ảnh & \"Imagify\"", .address = "no-reply@imagify.example"},
                .ca_file = kind == "plain" ? std::string() : server->ca_file()};
    }
    Letter letter(std::string subject = "Chào", std::string text = "Một\n") {
        return {.id = MailId("m" + std::to_string(next_id++)),
                .to = "an@example.com",
                .subject = std::move(subject),
                .text = std::move(text),
                .html = "<p>Một</p>\n"};
    }
    Result<void> send(SmtpSettings how, Letter what) {
        SmtpMailer mailer(std::move(how), clock);
        return run_on(context, mailer.send(std::move(what)));
    }
    void expect_unavailable(const Result<void>& outcome, std::string_view part) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().kind, ErrorKind::Unavailable) << outcome.error().detail;
        EXPECT_EQ(outcome.error().code, "mail.unavailable");
        EXPECT_TRUE(outcome.error().detail.contains(part)) << outcome.error().detail;
    }

    static inline std::unique_ptr<MailServer> server;
    static inline int next_id = 1;
    boost::asio::io_context context;
    FakeClock clock;
};

TEST_F(SmtpDeliveryTest, LetterArrivesAsItWasWritten) {
    struct Way {
        const char* kind;
        bool tls;
        const char* user;
    };
    for (const auto& [kind, tls, user] :
         {Way{"plain", false, ""}, Way{"starttls", true, "imagify@example.com"},
          Way{"tls", true, "imagify@example.com"}, Way{"login", true, "imagify@example.com"}}) {
        SCOPED_TRACE(kind);
        const auto sent = letter("Xác nhận địa chỉ e-mail của bạn, và thêm nhiều chữ nữa cho dài");

        const auto outcome = send(settings(kind), sent);

        ASSERT_TRUE(outcome) << outcome.error().detail;
        const auto got = server->letter(sent.id.text());
        ASSERT_FALSE(got.empty());
        EXPECT_EQ(got.at("envelopeFrom"), "no-reply@imagify.example");
        EXPECT_EQ(got.at("envelopeTo"), boost::json::array{"an@example.com"});
        EXPECT_EQ(got.at("to"), "an@example.com");
        EXPECT_EQ(got.at("subject").as_string(), sent.subject);
        EXPECT_EQ(got.at("text").as_string(), sent.text);
        EXPECT_EQ(got.at("html").as_string(), sent.html);
        EXPECT_EQ(got.at("messageId").as_string(), "<" + sent.id.text() + "@imagify.example>");
        EXPECT_EQ(got.at("date").as_int64() * 1000, to_unix_ms(clock.now()));
        EXPECT_EQ(got.at("autoSubmitted"), "auto-generated");
        EXPECT_EQ(got.at("contentType"), "multipart/alternative");
        EXPECT_EQ(got.at("helo"), "imagify.example");
        EXPECT_EQ(got.at("defects"), boost::json::array{});
        EXPECT_LE(got.at("longestLine").as_int64(), 78);
        EXPECT_EQ(got.at("tls").as_bool(), tls);
        EXPECT_EQ(got.at("user").as_string(), user);
    }
}

TEST_F(SmtpDeliveryTest, EveryTextSurvives) {
    std::string megabyte;
    while (megabyte.size() < 1'000'000) megabyte += "Một dòng rất dài — ";
    const std::vector<std::string> texts = {".\n..\n.\n.hidden\n",
                                            "\n\n.\n\n",
                                            std::string(5'000, '.') + "\n",
                                            "From here\nTo: you\n",
                                            "🎨 Ảnh đẹp, ﷽, ␀, \u202e\n",
                                            "QUIT\nDATA\n.\nMAIL FROM:<x@example.com>\n",
                                            megabyte + "\n"};
    for (const auto& text : texts) {
        SCOPED_TRACE(text.substr(0, 40));
        const auto sent = letter("s", text);

        ASSERT_TRUE(send(settings("plain"), sent));

        EXPECT_TRUE(server->letter(sent.id.text()).at("text").as_string() == text);
    }
}

TEST_F(SmtpDeliveryTest, EverySubjectSurvivesAndStaysASubject) {
    for (const auto& subject :
         {std::string("plain"), std::string("ế🎨") + std::string(300, 'x') + "ế",
          std::string("=?UTF-8?Q?no?="), std::string("=?x"), std::string("a: b; c <d@e>")}) {
        const auto sent = letter(subject);
        ASSERT_TRUE(send(settings("plain"), sent));
        EXPECT_EQ(server->letter(sent.id.text()).at("subject").as_string(), subject);
    }
    const auto plain = letter("x");
    const auto hostile = letter("x\r\nBcc: evil@example.com\r\n\r\nbody\r\n.\r\nQUIT");
    ASSERT_TRUE(send(settings("plain"), plain));
    ASSERT_TRUE(send(settings("plain"), hostile));
    const auto got = server->letter(hostile.id.text());
    EXPECT_EQ(got.at("headers"), server->letter(plain.id.text()).at("headers"));
    EXPECT_EQ(got.at("envelopeTo"), boost::json::array{"an@example.com"});
    EXPECT_EQ(got.at("text").as_string(), "Một\n");
}

TEST_F(SmtpDeliveryTest, NothingButAnAddressIsSentTo) {
    for (const auto* to :
         {"", "an", "an@example.com>\r\nRCPT TO:<evil@example.com", "a b@example.com",
          "<an@example.com>", "an@example.com\n", "ấn@example.com"}) {
        auto sent = letter();
        sent.to = to;

        const auto outcome = send(settings("plain"), sent);

        ASSERT_FALSE(outcome) << to;
        EXPECT_EQ(outcome.error().kind, ErrorKind::Invalid);
        EXPECT_EQ(outcome.error().code, "mail.refused");
    }
}

TEST_F(SmtpDeliveryTest, WrongPasswordIsOurOwnMistakeAndIsNotRepeated) {
    for (const auto* kind : {"starttls", "tls", "login"}) {
        auto wrong = settings(kind);
        wrong.server.password = Secret("canary-password");

        const auto outcome = send(wrong, letter());

        expect_unavailable(outcome, "AUTH: 535");
        EXPECT_TRUE(outcome.error().detail.contains("SMTP_URL"));
        EXPECT_FALSE(outcome.error().detail.contains("canary"));
    }
}

TEST_F(SmtpDeliveryTest, CertificateOfAStrangerIsRefused) {
    const TempFolder folder;
    const auto path = (folder.path() / "other.pem").string();
    std::ofstream(path) << make_tls_identity("127.0.0.1").certificate_pem;
    for (const auto* kind : {"starttls", "tls"}) {
        auto how = settings(kind);
        how.ca_file = path;
        expect_unavailable(send(how, letter()), "certificate verify failed");
    }
}

TEST_F(SmtpDeliveryTest, CertificateForAnotherHostIsRefused) {
    for (const auto* kind : {"starttls", "tls"}) {
        auto how = settings(kind);
        how.server.host = "localhost";
        expect_unavailable(send(how, letter()), "certificate verify failed");
    }
}

// Plain text would do on this machine, so a certificate that nobody vouches for does too.
TEST_F(SmtpDeliveryTest, ServerOnThisMachineNeedsNoCertificateUntilOneIsNamed) {
    auto how = settings("starttls");
    how.ca_file.clear();
    const auto sent = letter();

    ASSERT_TRUE(send(how, sent));

    EXPECT_TRUE(server->letter(sent.id.text()).at("tls").as_bool());
}

TEST_F(SmtpDeliveryTest, ServerWithoutTlsIsRefusedWhereTlsIsRequired) {
    auto how = settings("plain");
    how.ca_file = server->ca_file();

    expect_unavailable(send(how, letter()), "STARTTLS: not offered");
}

TEST_F(SmtpDeliveryTest, CheckLogsInAndSendsNothing) {
    SmtpMailer mailer(settings("tls"), clock);
    EXPECT_TRUE(run_on(context, mailer.check()));

    auto wrong = settings("tls");
    wrong.server.password = Secret("x");
    SmtpMailer other(wrong, clock);
    expect_unavailable(run_on(context, other.check()), "AUTH");
}

}  // namespace imagify::testing
