#include "usecases/compose_letter.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"

namespace imagify::testing {
namespace {

constexpr auto kKinds =
    std::to_array({MailKind::VerifyEmail, MailKind::ResetPassword, MailKind::ChangeEmail,
                   MailKind::EmailInUse, MailKind::EmailChanged, MailKind::PasswordChanged,
                   MailKind::MfaEnabled, MailKind::MfaDisabled, MailKind::AccountDeleted});
constexpr auto kLocales = std::to_array({Locale::Vietnamese, Locale::English});

const LetterHead kHead = {.product = "Imagify", .public_url = "https://imagify.example"};

OutboxMail mail(MailKind kind, Locale locale, std::string name = "Nguyễn Thị Ánh") {
    return {.id = MailId("m1"),
            .kind = kind,
            .to = "an@example.com",
            .name = std::move(name),
            .locale = locale};
}

std::string greeting(std::string name) {
    const auto letter = compose_letter(
        mail(MailKind::VerifyEmail, Locale::English, std::move(name)), "token", kHead);
    return letter.text.substr(0, letter.text.find('\n'));
}

int count(std::string_view text, std::string_view part) {
    int found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST(ComposeLetterTest, EveryKindSaysSomethingOfItsOwnInBothLanguages) {
    std::set<std::string> subjects;
    std::set<std::string> texts;
    for (const auto kind : kKinds) {
        for (const auto locale : kLocales) {
            const auto letter = compose_letter(mail(kind, locale), "token", kHead);

            EXPECT_EQ(letter.id.text(), "m1");
            EXPECT_EQ(letter.to, "an@example.com");
            EXPECT_TRUE(letter.subject.contains("Imagify")) << letter.subject;
            EXPECT_TRUE(letter.text.contains("Nguyễn Thị Ánh")) << letter.text;
            EXPECT_TRUE(letter.html.contains("Nguyễn Thị Ánh")) << letter.html;
            EXPECT_TRUE(count_code_points(letter.subject + letter.text + letter.html));
            for (const auto& text : {letter.subject, letter.text, letter.html}) {
                EXPECT_FALSE(text.contains('{') || text.contains('}')) << text;
            }
            EXPECT_FALSE(letter.text.contains("\n\n\n")) << letter.text;
            EXPECT_FALSE(letter.html.contains("\"></p>")) << letter.html;
            subjects.insert(letter.subject);
            texts.insert(letter.text);
        }
    }
    EXPECT_EQ(subjects.size(), kKinds.size() * kLocales.size());
    EXPECT_EQ(texts.size(), kKinds.size() * kLocales.size());
}

TEST(ComposeLetterTest, LinkCarriesItsSecretBehindTheHash) {
    const auto link = [](MailKind kind) {
        const auto letter = compose_letter(mail(kind, Locale::English), "s3cret", kHead);
        const auto start = letter.text.find("https://");
        return letter.text.substr(start, letter.text.find('\n', start) - start);
    };

    EXPECT_EQ(link(MailKind::VerifyEmail), "https://imagify.example/verify-email#s3cret");
    EXPECT_EQ(link(MailKind::ChangeEmail), "https://imagify.example/verify-email#s3cret");
    EXPECT_EQ(link(MailKind::ResetPassword), "https://imagify.example/reset-password#s3cret");
}

TEST(ComposeLetterTest, LinkIsAButtonAndReadableBesides) {
    const auto letter =
        compose_letter(mail(MailKind::ResetPassword, Locale::Vietnamese), "s3cret", kHead);

    EXPECT_EQ(count(letter.html, R"(<a href="https://imagify.example/reset-password#s3cret")"), 1);
    EXPECT_EQ(count(letter.html, "#s3cret"), 2);
    EXPECT_EQ(count(letter.text, "#s3cret"), 1);
}

TEST(ComposeLetterTest, NoticesBringNoSecretAndNoLifetime) {
    for (const auto kind : kKinds) {
        if (link_purpose(kind)) continue;
        for (const auto locale : kLocales) {
            const auto letter = compose_letter(mail(kind, locale), "s3cret", kHead);

            EXPECT_FALSE(letter.text.contains("s3cret"));
            EXPECT_FALSE(letter.html.contains("s3cret"));
            EXPECT_FALSE(letter.text.contains("24") || letter.text.contains(" 1 ")) << letter.text;
        }
    }
}

TEST(ComposeLetterTest, LetterSaysHowLongItsLinkWorks) {
    const auto text = [](MailKind kind, Locale locale) {
        return compose_letter(mail(kind, locale), "t", kHead).text;
    };

    EXPECT_TRUE(text(MailKind::VerifyEmail, Locale::English).contains("within 24 hours"));
    EXPECT_TRUE(text(MailKind::ChangeEmail, Locale::Vietnamese).contains("trong vòng 24 giờ"));
    EXPECT_TRUE(text(MailKind::ResetPassword, Locale::English).contains("within 1 hour"));
    EXPECT_TRUE(text(MailKind::ResetPassword, Locale::Vietnamese).contains("trong vòng 1 giờ"));
    EXPECT_EQ(lifetime(LinkPurpose::VerifyEmail), std::chrono::hours(24));
    EXPECT_EQ(lifetime(LinkPurpose::ChangeEmail), std::chrono::hours(24));
    EXPECT_EQ(lifetime(LinkPurpose::ResetPassword), std::chrono::hours(1));
}

TEST(ComposeLetterTest, OrdinaryNamesAreGreeted) {
    EXPECT_EQ(greeting("An"), "Hello An,");
    EXPECT_EQ(greeting("Dr. Lê Văn An"), "Hello Dr. Lê Văn An,");
    EXPECT_EQ(greeting("O'Neill & Sons"), "Hello O'Neill & Sons,");
    EXPECT_EQ(greeting(std::string(40, 'a')), "Hello " + std::string(40, 'a') + ",");
    EXPECT_EQ(greeting(""), "Hello,");
}

// Whoever signs up somebody else's address must not be able to write to them through us.
TEST(ComposeLetterTest, NameThatCouldAdvertiseIsLeftOut) {
    for (const auto* name :
         {"https://evil.example", "You won! evil.example/prize", "www.evil.example", "evil.vn",
          "mail me@evil", "50% off", "\xE2\x80\xAEnA",
          "a\xE2\x80\x8B"
          "b",
          "line\r\nBcc: x", "\x01", "bad \xFF utf-8", "c1 \xC2\x85", "<b>An</b>", "{product}"}) {
        EXPECT_EQ(greeting(name), "Hello,") << name;
    }
    EXPECT_EQ(greeting(std::string(41, 'a')), "Hello,");
}

TEST(ComposeLetterTest, HtmlIsEscaped) {
    const auto letter = compose_letter(
        mail(MailKind::VerifyEmail, Locale::English, "O'Neill & Sons"), "t",
        {.product = "<script>A&B</script>", .public_url = "https://imagify.example/\"x"});

    EXPECT_FALSE(letter.html.contains("<script"));
    EXPECT_TRUE(letter.html.contains("&lt;script&gt;A&amp;B"));
    EXPECT_TRUE(letter.html.contains("O&#39;Neill &amp; Sons"));
    EXPECT_FALSE(letter.html.contains("\"x"));
    EXPECT_TRUE(letter.text.contains("<script>A&B</script>"));
}

TEST(ComposeLetterTest, SubjectIsOneLineWhateverTheProductIsCalled) {
    const auto letter = compose_letter(
        mail(MailKind::VerifyEmail, Locale::English), "t",
        {.product = "A\r\nBcc: x@example.com\n\tB", .public_url = "https://a.example"});

    EXPECT_TRUE(std::ranges::none_of(letter.subject, [](char c) { return c < 0x20 && c >= 0; }));
    EXPECT_TRUE(letter.subject.starts_with("A  Bcc: x@example.com"));
}

}  // namespace imagify::testing
