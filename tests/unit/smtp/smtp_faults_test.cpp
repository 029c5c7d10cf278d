#include <gtest/gtest.h>

#include <condition_variable>

#include "adapters/smtp/smtp_mailer.hpp"
#include "support/fake_clock.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

/// What a server does at one step instead of what it should.
using Fault = std::function<void(UpstreamConnection&)>;

Fault reply(std::string text) {
    return [text](UpstreamConnection& client) { client.send(text + "\r\n"); };
}
void hang(UpstreamConnection& client) { client.hang(); }
void reset(UpstreamConnection& client) { client.reset(); }

struct Step {
    const char* name;
    /// How the client's line starts, and what the server should say to it.
    const char* command;
    const char* answer;
};
constexpr auto kSteps = std::to_array<Step>({{"EHLO", "EHLO ", "250-mail\r\n250 AUTH PLAIN\r\n"},
                                             {"AUTH", "AUTH PLAIN ", "235 in\r\n"},
                                             {"MAIL", "MAIL FROM:<", "250 ok\r\n"},
                                             {"RCPT", "RCPT TO:<", "250 ok\r\n"},
                                             {"DATA", "DATA", "354 go\r\n"},
                                             {"QUIT", "QUIT", "221 bye\r\n"}});

bool read_message(UpstreamConnection& client) {
    for (;;) {
        const auto line = client.read_line();
        if (!line) return false;
        if (*line == ".") return true;
    }
}

/// A server that keeps to the protocol, but for one step.
UpstreamServer::Script server_with(const std::string& odd_step, const Fault& fault) {
    return [odd_step, fault](UpstreamConnection& client) {
        const auto answer = [&](std::string_view step, std::string_view text) {
            if (step == odd_step) return fault(client);
            client.send(text);
        };
        answer("greeting", "220 mail.example.com\r\n");
        while (const auto line = client.read_line()) {
            const auto* const step = std::ranges::find_if(
                kSteps, [&](const Step& known) { return line->starts_with(known.command); });
            if (step == kSteps.end()) return;
            answer(step->name, step->answer);
            if (std::string_view(step->name) != "DATA" || odd_step == "DATA") continue;
            if (odd_step == "body") return fault(client);
            if (!read_message(client)) return;
            answer("message", "250 kept\r\n");
        }
    };
}

}  // namespace

class SmtpFaultsTest : public ::testing::Test {
protected:
    Result<void> send_to(const UpstreamServer& server) {
        SmtpSettings settings{.server = {.host = "127.0.0.1",
                                         .port = static_cast<std::uint16_t>(server.port()),
                                         .user = "user",
                                         .password = Secret("canary-password")},
                              .from = {.name = "Imagify", .address = "no-reply@imagify.example"},
                              .connect_limit = limit,
                              .reply_limit = limit,
                              .whole_limit = whole_limit};
        SmtpMailer mailer(settings, clock);
        return run_on(context, mailer.send({.id = MailId("m1"),
                                            .to = "an@example.com",
                                            .subject = "Chào",
                                            .text = text,
                                            .html = "<p>Một</p>\n"}));
    }
    Result<void> send(const std::string& odd_step, const Fault& fault) {
        const UpstreamServer server(server_with(odd_step, fault));
        return send_to(server);
    }
    static std::string outcome(const Result<void>& sent) {
        if (sent) return "sent";
        const auto& error = sent.error();
        EXPECT_FALSE(error.detail.contains("canary") || error.detail.contains("an@example"))
            << error.detail;
        switch (error.kind) {
            case ErrorKind::Invalid: return error.code == "mail.refused" ? "refused" : "?";
            case ErrorKind::Timeout: return error.code == "mail.unavailable" ? "too slow" : "?";
            case ErrorKind::Unavailable: return error.code == "mail.unavailable" ? "later" : "?";
            default: return "?";
        }
    }

    boost::asio::io_context context;
    FakeClock clock;
    std::chrono::milliseconds limit = 20s;
    std::chrono::milliseconds whole_limit = 60s;
    std::string text = "Một\n";
    /// Lets a server go that waits.
    std::mutex done_mutex;
    std::condition_variable done;
    bool is_done = false;
};

TEST_F(SmtpFaultsTest, ServerThatKeepsToTheProtocolTakesTheLetter) {
    EXPECT_EQ(outcome(send("none", hang)), "sent");
}

TEST_F(SmtpFaultsTest, RefusalsAreForNowOrForEverByStepAndCode) {
    struct Row {
        const char* step;
        const char* answer;
        const char* becomes;
    };
    for (const auto& [step, answer, becomes] : std::initializer_list<Row>{
             {"greeting", "421 busy", "later"},
             {"greeting", "554 no", "later"},
             {"EHLO", "451 later", "later"},
             {"EHLO", "502 unknown", "later"},
             {"AUTH", "454 later", "later"},
             {"AUTH", "535 5.7.8 wrong", "later"},
             {"AUTH", "334 more?", "later"},
             {"MAIL", "451 later", "later"},
             {"MAIL", "550 not you", "later"},
             {"RCPT", "450 4.2.0 greylisted an@example.com", "later"},
             {"RCPT", "421 going down", "later"},
             {"RCPT", "550 5.1.1 <an@example.com>: no such user", "refused"},
             {"RCPT", "554 5.7.1 <an@example.com>: Relay access denied", "later"},
             {"RCPT", "530 5.7.0 Must issue STARTTLS first", "later"},
             {"RCPT", "251 forwarded", "sent"},
             {"DATA", "451 later", "later"},
             {"DATA", "554 no", "refused"},
             {"DATA", "250 what?", "later"},
             {"message", "452 full", "later"},
             {"message", "554 5.7.1 spam", "refused"},
             {"message", "530 log in", "later"},
             {"QUIT", "500 what?", "sent"},
             {"QUIT", "nonsense", "sent"},
         }) {
        EXPECT_EQ(outcome(send(step, reply(answer))), becomes) << step << ": " << answer;
    }
}

TEST_F(SmtpFaultsTest, ServerThatSaysNothingIsLeft) {
    limit = 50ms;
    for (const auto* step : {"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "message"}) {
        EXPECT_EQ(outcome(send(step, hang)), "too slow") << step;
    }
    EXPECT_EQ(outcome(send("QUIT", hang)), "sent");
}

TEST_F(SmtpFaultsTest, WholeLetterHasATimeToo) {
    whole_limit = 100ms;
    for (const auto* step : {"greeting", "RCPT", "message"}) {
        EXPECT_EQ(outcome(send(step, hang)), "too slow") << step;
    }
}

TEST_F(SmtpFaultsTest, ServerThatTakesTheMessageByteByByteIsLeft) {
    whole_limit = 200ms;
    text = std::string(8'000'000, 'x');  // More than the buffers of both sockets hold.
    const Fault read_no_more = [](UpstreamConnection&) {
        // Kept open by the server, read by nobody.
    };
    const UpstreamServer server([&](UpstreamConnection& client) {
        server_with("body", read_no_more)(client);
        std::unique_lock lock(done_mutex);
        done.wait(lock, [this] { return is_done; });
    });

    EXPECT_EQ(outcome(send_to(server)), "too slow");

    const std::lock_guard lock(done_mutex);
    is_done = true;
    done.notify_all();
}

TEST_F(SmtpFaultsTest, ConnectionThatBreaksIsTriedLater) {
    for (const auto* step :
         {"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "body", "message"}) {
        EXPECT_EQ(outcome(send(step, reset)), "later") << step;
    }
    EXPECT_EQ(outcome(send("QUIT", reset)), "sent");
}

TEST_F(SmtpFaultsTest, AnswersWithoutEndAreLeft) {
    const auto endless = [](std::string piece) {
        return [piece](UpstreamConnection& client) {
            while (client.send(piece)) continue;
        };
    };
    for (const auto* step : {"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "message"}) {
        EXPECT_EQ(outcome(send(step, endless("250-and more\r\n"))), "later") << step;
        EXPECT_EQ(outcome(send(step, endless("250 never ends "))), "later") << step;
        EXPECT_EQ(outcome(send(step, endless("HTTP/1.1 400 Bad Request\r\n"))), "later") << step;
    }
}

// CVE-2011-0411 and its kin: a command answered before TLS must not count inside it.
TEST_F(SmtpFaultsTest, BytesBehindTheAnswerToStarttlsEndTheConversation) {
    std::atomic<int> said_more = 0;
    const UpstreamServer server([&](UpstreamConnection& client) {
        client.send("220 mail\r\n");
        client.read_line();
        client.send("250-mail\r\n250 STARTTLS\r\n");
        client.read_line();
        client.send("220 go\r\n250-mail\r\n250 AUTH PLAIN\r\n");
        // Nothing of the log-in may come.
        while (const auto line = client.read_line()) said_more += line->starts_with("AUTH") ? 1 : 0;
    });

    const auto sent = send_to(server);

    EXPECT_EQ(outcome(sent), "later");
    EXPECT_TRUE(sent.error().detail.contains("STARTTLS: bytes before TLS")) << sent.error().detail;
    EXPECT_EQ(said_more, 0);
}

TEST_F(SmtpFaultsTest, NobodyListensIsTriedLater) {
    auto server = std::make_unique<UpstreamServer>(server_with("none", hang));
    const auto port = server->port();
    server.reset();
    SmtpMailer mailer(
        {.server = {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port), .user = {}},
         .from = {.name = {}, .address = "a@example.com"}},
        clock);

    EXPECT_EQ(outcome(run_on(context, mailer.check())), "later");
}

}  // namespace imagify::testing
