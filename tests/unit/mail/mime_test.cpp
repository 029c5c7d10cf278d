#include <gtest/gtest.h>

#include "adapters/mime/encoded_text.hpp"
#include "adapters/mime/letter_reader.hpp"
#include "adapters/mime/letter_writer.hpp"

namespace imagify::testing {
namespace {

// 2026-01-15T03:04:05Z, a Thursday.
constexpr TimePoint kDate{std::chrono::milliseconds(1'768'446'245'000)};
const Mailbox kFrom{.name = "Imagify", .address = "no-reply@example.com"};

Letter letter(std::string subject = "Chào bạn", std::string text = "Một\nHai\n") {
    return {.id = MailId("m1"),
            .to = "an@example.com",
            .subject = std::move(subject),
            .text = std::move(text),
            .html = "<p>Một</p>\n"};
}

std::vector<std::string> lines_of(std::string_view message) {
    std::vector<std::string> lines;
    while (!message.empty()) {
        const auto end = message.find("\r\n");
        lines.emplace_back(message.substr(0, end));
        message.remove_prefix(end == std::string_view::npos ? message.size() : end + 2);
    }
    return lines;
}

}  // namespace

TEST(MimeTest, LetterIsAnInternetMessage) {
    EXPECT_EQ(write_letter(letter("Hello", "One\nTwo\n"), kFrom, kDate),
              "From: \"Imagify\" <no-reply@example.com>\r\n"
              "To: an@example.com\r\n"
              "Subject: Hello\r\n"
              "Date: Thu, 15 Jan 2026 03:04:05 +0000\r\n"
              "Message-ID: <m1@example.com>\r\n"
              "MIME-Version: 1.0\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "Content-Type: multipart/alternative; boundary=\"=_m1\"\r\n"
              "\r\n"
              "--=_m1\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "\r\n"
              "T25lDQpUd28NCg==\r\n"
              "--=_m1\r\n"
              "Content-Type: text/html; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "\r\n"
              "PHA+TeG7mXQ8L3A+DQo=\r\n"
              "--=_m1--\r\n");
}

TEST(MimeTest, EveryLineIsShortAsciiWhateverIsWritten) {
    const auto message =
        write_letter(letter(std::string(3'000, 'x') + "\r\nBcc: evil@example.com\r\n\r\nbody",
                            std::string(100'000, '.') + "\n.\n..\r\nFrom me\nảnh"),
                     {.name = "Ảnh \"đẹp\"\\", .address = "no-reply@example.com"}, kDate);

    for (const auto& line : lines_of(message)) {
        EXPECT_LE(line.size(), 78U) << line;
        EXPECT_TRUE(std::ranges::all_of(line, [](char c) { return c >= 0x20 && c < 0x7F; }));
        EXPECT_FALSE(line.starts_with("Bcc"));
    }
}

TEST(MimeTest, ReaderGivesBackWhatWasWritten) {
    for (const auto& subject :
         {std::string("plain"),
          std::string("Xác nhận địa chỉ e-mail của bạn, và thêm nhiều chữ nữa"),
          std::string("=?UTF-8?B?YQ==?="), std::string(" edges "), std::string("a\r\nb"),
          std::string(2'000, 'z'), std::string("🎨🖼️🎨🖼️🎨🖼️🎨🖼️🎨🖼️🎨🖼️🎨🖼️")}) {
        for (const auto& text : {std::string(), std::string("."), std::string("a\n\n.\nb"),
                                 std::string("--=_m1--\n"), std::string(200'000, 'q') + "\nảnh"}) {
            const auto read = read_letter(write_letter(letter(subject, text), kFrom, kDate));

            ASSERT_TRUE(read) << subject;
            EXPECT_EQ(read->id.text(), "m1");
            EXPECT_EQ(read->to, "an@example.com");
            EXPECT_EQ(read->subject, subject);
            EXPECT_EQ(read->text, text);
            EXPECT_EQ(read->html, "<p>Một</p>\n");
        }
    }
}

TEST(MimeTest, ReaderRefusesWhatIsNotWhole) {
    const auto message = write_letter(letter(), kFrom, kDate);

    for (std::size_t size = 0; size + 8 < message.size(); ++size) {
        const auto read = read_letter(std::string_view(message).substr(0, size));
        EXPECT_FALSE(read) << size;
    }
    EXPECT_TRUE(read_letter(message));
}

TEST(MimeTest, EncodedWordsNeverCutACharacter) {
    for (std::size_t lead = 0; lead < 4; ++lead) {
        auto text = std::string(lead, 'a');
        for (int i = 0; i < 50; ++i) text += "ế🎨";
        const auto encoded = encode_header_text(text);

        for (const auto& word : lines_of(encoded)) {
            const auto bytes = decode_header_text(word.starts_with(' ') ? word.substr(1) : word);
            ASSERT_TRUE(bytes);
            EXPECT_NE(static_cast<unsigned char>((*bytes)[0]) & 0xC0U, 0x80U);
        }
    }
}

TEST(MimeTest, Base64OfOthersIsChecked) {
    EXPECT_EQ(decode_base64("YQ=="), "a");
    EXPECT_EQ(decode_base64(""), "");
    for (const auto* bad : {"YQ=", "YQ", "Y!==", "===="}) {
        EXPECT_FALSE(decode_base64(bad) == "a") << bad;
    }
}

TEST(MailboxTest, ReadsTheUsualForms) {
    const auto read = [](std::string_view text) {
        const auto box = parse_mailbox(text);
        return box ? box->name + "|" + box->address : "none";
    };

    EXPECT_EQ(read("no-reply@example.com"), "|no-reply@example.com");
    EXPECT_EQ(read("Imagify <No-Reply@Example.com>"), "Imagify|no-reply@example.com");
    EXPECT_EQ(read("\"Ảnh đẹp\" <a@example.com>"), "Ảnh đẹp|a@example.com");
    EXPECT_EQ(read("<a@example.com>"), "|a@example.com");
    EXPECT_EQ(parse_mailbox("a@example.com")->domain(), "example.com");
}

TEST(MailboxTest, RefusesTheRest) {
    for (const auto* text :
         {"", "Imagify", "a@", "Imagify <a@example.com", "a <b@example.com> c@example.com>",
          "x\r\nBcc: y <a@example.com>", "<a@example.com>, b@example.com",
          "\"a\"b\" <a@example.com>", "A <a@example.com>>"}) {
        EXPECT_FALSE(parse_mailbox(text)) << text;
    }
    EXPECT_TRUE(parse_mailbox(std::string(100, 'n') + " <a@example.com>"));
    EXPECT_FALSE(parse_mailbox(std::string(101, 'n') + " <a@example.com>"));
}

}  // namespace imagify::testing
