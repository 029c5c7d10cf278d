#include <gtest/gtest.h>

#include "adapters/smtp/smtp_commands.hpp"
#include "adapters/smtp/smtp_reply.hpp"
#include "adapters/smtp/smtp_url.hpp"

namespace imagify::testing {
namespace {

std::string parts_of(std::string_view text) {
    const auto server = parse_smtp_url(text);
    if (!server) return "bad: " + server.error().detail;
    return (server->tls == SmtpTls::Implicit ? "tls " : "starttls ") + server->host + ":" +
           std::to_string(server->port) + " " + server->user + "/" + server->password.reveal();
}

std::string url_of(std::size_t user_bytes, std::size_t password_bytes) {
    return "smtp://" + std::string(user_bytes, 'u') + ":" + std::string(password_bytes, 'p') +
           "@mail.example.com";
}

/// Every reply in `text`, fed in pieces of `piece` bytes.
std::string replies_in(std::string_view text, std::size_t piece = 7) {
    SmtpReplyReader reader;
    std::string found;
    while (!text.empty()) {
        reader.add(text.substr(0, piece));
        text.remove_prefix(std::min(piece, text.size()));
        SmtpReply reply;
        auto state = reader.next(reply);
        for (; state == SmtpReplyReader::State::Done; state = reader.next(reply)) {
            found += std::to_string(reply.code);
            for (const auto& line : reply.lines) found += "[" + line + "]";
        }
        if (state == SmtpReplyReader::State::Malformed) return found + "malformed";
    }
    return found + (reader.has_rest() ? "rest" : "");
}

}  // namespace

TEST(SmtpUrlTest, ReadsTheUsualForms) {
    EXPECT_EQ(parts_of("smtp://mail.example.com"), "starttls mail.example.com:587 /");
    EXPECT_EQ(parts_of("smtps://mail.example.com"), "tls mail.example.com:465 /");
    EXPECT_EQ(parts_of("smtp://u:p@mail.example.com:25/"), "starttls mail.example.com:25 u/p");
    EXPECT_EQ(parts_of("smtps://an%40example.com:p%3Aa%2Fb%20%C3%A9@[::1]:2465"),
              "tls ::1:2465 an@example.com/p:a/b é");
    EXPECT_EQ(parts_of("SMTP://u:p@127.0.0.1:65535"), "starttls 127.0.0.1:65535 u/p");
}

TEST(SmtpUrlTest, RefusesTheRestAndRepeatsNoneOfIt) {
    for (const auto* text :
         {"", "mail.example.com", "http://canary@mail.example.com", "smtp://", "smtp://u:canary@",
          "smtp://u:canary@mail.example.com:0", "smtp://u:canary@mail.example.com:65536",
          "smtp://u:canary@mail.example.com:99999999999", "smtp://u:canary@mail.example.com/path",
          "smtp://u:canary@mail.example.com?x=y", "smtp://u:canary@mail.example.com#x",
          "smtp://u@mail.example.com", "smtp://:canary@mail.example.com",
          "smtp://u%00:canary@mail.example.com", "smtp://u:canary%0d%0a@mail.example.com",
          "smtp://u:canary p@mail.example.com", "smtp://u:can%zzary@mail.example.com",
          "smtp://u:canary@mail%2eexample.com"}) {
        const auto parts = parts_of(text);
        EXPECT_TRUE(parts.starts_with("bad: ")) << text << " -> " << parts;
        EXPECT_FALSE(parts.contains("canary")) << parts;
    }
}

TEST(SmtpUrlTest, TextWithoutAnAuthorityIsRefused) {
    for (const auto* text : {"PMAIL:]", "a:]://b", "smtp:]", "smtp:", "://", ""}) {
        EXPECT_FALSE(parse_smtp_url(text)) << text;
    }
}

TEST(SmtpUrlTest, LimitsHoldToTheByte) {
    EXPECT_TRUE(parse_smtp_url(url_of(255, 255)));
    EXPECT_FALSE(parse_smtp_url(url_of(256, 255)));
    EXPECT_FALSE(parse_smtp_url(url_of(255, 256)));
    const std::string start = "smtp://" + std::string(255, 'u') + ":p@";
    const auto host = [&](std::size_t size) {
        return start + std::string(size - start.size(), 'h');
    };
    EXPECT_TRUE(parse_smtp_url(host(1024)));
    EXPECT_FALSE(parse_smtp_url(host(1025)));
}

TEST(SmtpUrlTest, KnowsThisMachine) {
    for (const auto* host : {"localhost", "127.0.0.1", "127.9.9.9", "[::1]"}) {
        EXPECT_TRUE(parse_smtp_url("smtp://" + std::string(host))->is_loopback()) << host;
    }
    for (const auto* host :
         {"mail.example.com", "10.0.0.1", "localhost.example.com", "[fe80::1]"}) {
        EXPECT_FALSE(parse_smtp_url("smtp://" + std::string(host))->is_loopback()) << host;
    }
}

TEST(SmtpReplyTest, ReadsRepliesHoweverTheyAreCut) {
    const std::string text = "220 mail\r\n250-mail\r\n250-AUTH PLAIN\r\n250\r\n354 go\r\n";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        EXPECT_EQ(replies_in(text, piece), "220[mail]250[mail][AUTH PLAIN][]354[go]") << piece;
    }
    EXPECT_EQ(replies_in("220 mail\r\n250 rest"), "220[mail]rest");
}

TEST(SmtpReplyTest, RefusesWhatIsNoReply) {
    for (const auto* text :
         {"hello\r\n", "22 x\r\n", "2200 x\r\n", "199 x\r\n", "600 x\r\n", "220 x\n", "220_x\r\n",
          "\r\n", "250-a\r\n251 b\r\n", "HTTP/1.1 200 OK\r\n", " 220 x\r\n", "-20 x\r\n"}) {
        EXPECT_EQ(replies_in(text), "malformed") << text;
    }
}

TEST(SmtpReplyTest, LimitsHoldToTheByteAndToTheLine) {
    const auto line = [](std::size_t bytes) {
        return "250 " + std::string(bytes - 6, 'x') + "\r\n";
    };
    EXPECT_FALSE(replies_in(line(kSmtpReplyLineMaxBytes), 4096).contains("malformed"));
    EXPECT_EQ(replies_in(line(kSmtpReplyLineMaxBytes + 1), 4096), "malformed");
    EXPECT_EQ(replies_in(line(kSmtpReplyLineMaxBytes + 1), 1), "malformed");
    EXPECT_EQ(replies_in(std::string(kSmtpReplyLineMaxBytes, '2'), 4096), "rest");
    EXPECT_EQ(replies_in(std::string(kSmtpReplyLineMaxBytes + 1, '2'), 4096), "malformed");
    std::string many;
    for (std::size_t i = 1; i < kSmtpReplyMaxLines; ++i) many += "250-x\r\n";
    EXPECT_FALSE(replies_in(many + "250 x\r\n").contains("malformed"));
    EXPECT_EQ(replies_in("250-x\r\n" + many + "250 x\r\n"), "malformed");
}

TEST(SmtpReplyTest, LogShowsNoAddressAndNoControlCharacter) {
    const SmtpReply reply{.code = 550,
                          .lines = {"5.1.1 <an@example.com>: no\x1b[31m such user", "an@b"}};

    EXPECT_EQ(reply.for_log(), "550 5.1.1 <address> no?[31m such user <address>");
    EXPECT_LE((SmtpReply{.code = 250, .lines = {std::string(900, 'x')}}.for_log().size()), 200U);
}

TEST(SmtpCommandsTest, OfferIsReadInAnyCase) {
    const auto offer =
        read_offer({.code = 250, .lines = {"auth plain", "StartTls", "auth LOGIN X"}});
    EXPECT_TRUE(offer.starttls && offer.auth_login);
    EXPECT_FALSE(offer.auth_plain);
    EXPECT_TRUE(read_offer({.code = 250, .lines = {"mail", "AUTH=LOGIN PLAIN"}}).auth_plain);
    EXPECT_FALSE(
        read_offer({.code = 250, .lines = {"mail", "AUTH PLAINER", "STARTTLSX"}}).auth_plain);
}

TEST(SmtpCommandsTest, DotsAreStuffedAndTheEndIsMarked) {
    EXPECT_EQ(dot_stuffed(""), ".\r\n");
    EXPECT_EQ(dot_stuffed(".\r\n"), "..\r\n.\r\n");
    EXPECT_EQ(dot_stuffed("a.b\r\n.c\r\n..\r\n"), "a.b\r\n..c\r\n...\r\n.\r\n");
}

TEST(SmtpCommandsTest, LogInIsEncoded) {
    EXPECT_EQ(auth_plain_word("user", Secret("pass")), "AHVzZXIAcGFzcw==");
    EXPECT_EQ(auth_login_word("user"), "dXNlcg==");
    const auto longest = auth_plain_word(std::string(255, 'u'), Secret(std::string(255, 'p')));
    EXPECT_FALSE(longest.contains('\r') || longest.contains('\n'));
}

}  // namespace imagify::testing
