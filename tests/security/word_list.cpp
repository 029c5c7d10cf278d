#include "security/word_list.hpp"

#include <boost/json.hpp>

namespace imagify::testing {
namespace {

void append_code_point(std::string& text, char32_t point) {
    const auto byte = [&](char32_t value) { text += static_cast<char>(value); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xc0 | point >> 6U);
        byte(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        byte(0xe0 | point >> 12U);
        byte(0x80 | (point >> 6U & 0x3f));
        byte(0x80 | (point & 0x3f));
    } else {
        byte(0xf0 | point >> 18U);
        byte(0x80 | (point >> 12U & 0x3f));
        byte(0x80 | (point >> 6U & 0x3f));
        byte(0x80 | (point & 0x3f));
    }
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

// Alone, inside a word, and at its ends.
void add_points(std::vector<std::string>& words, std::initializer_list<char32_t> points) {
    for (const auto point : points) {
        std::string text;
        append_code_point(text, point);
        words.push_back(text);
        words.push_back("an" + text + "a long word");
    }
}

constexpr std::string_view kCode[] = {"' OR '1'='1",
                                      "'; DROP TABLE users; --",
                                      "1; SELECT pg_sleep(9)",
                                      "\" OR \"\"=\"",
                                      "%' AND 1=0 UNION SELECT password_hash FROM users --",
                                      "admin'--",
                                      "\\'; --",
                                      "1 OR 1=1",
                                      "x' AND randomblob(999999999) AND 'x'='x",
                                      "_%_%_%_%_%",
                                      "[a-z]*",
                                      "GLOB '*'",
                                      "<script>alert(1)</script>",
                                      "<img src=x onerror=alert(1)>",
                                      "\"><svg onload=alert(1)>",
                                      "javascript:alert(1)",
                                      "<iframe srcdoc='<script>1</script>'>",
                                      "&lt;b&gt;",
                                      "&#x3c;",
                                      "]]>",
                                      "<!--",
                                      "-->",
                                      "</title><script>",
                                      "{{7*7}}",
                                      "${7*7}",
                                      "#{7*7}",
                                      "<%= 7*7 %>",
                                      "{%x%}",
                                      "${jndi:ldap://127.0.0.1/a}",
                                      "$(touch /tmp/x)",
                                      "`id`",
                                      "; ls -la",
                                      "| cat /etc/passwd",
                                      "&& shutdown",
                                      "|| true",
                                      "$IFS",
                                      "%PATH%",
                                      "$HOME",
                                      "\\\\server\\share",
                                      "-rf",
                                      "--help",
                                      "%s%s%s%s%s%n",
                                      "%x%x%x%x",
                                      "%08x.%n",
                                      "{0}",
                                      "{}",
                                      "{:>999999999}",
                                      "%1$*1$d",
                                      "../../../etc/passwd",
                                      "..\\..\\windows\\win.ini",
                                      "/etc/passwd",
                                      "file:///etc/passwd",
                                      "....//....//",
                                      "%2e%2e%2f",
                                      "%252e%252e%252f",
                                      "..%c0%af",
                                      "C:\\boot.ini",
                                      "CON",
                                      "NUL",
                                      "http://169.254.169.254/latest/meta-data/",
                                      "gopher://127.0.0.1:25/",
                                      "//evil.example",
                                      "a\r\nSet-Cookie: x=y",
                                      "a\nX-Injected: 1",
                                      "a\r\n\r\n<html>",
                                      "a\rb",
                                      "\r\n",
                                      "\n",
                                      "\t",
                                      "Content-Type: text/html",
                                      "--boundary--",
                                      "\r\n--boundary\r\n",
                                      "=?utf-8?q?x?=",
                                      "Bcc: victim@example.vn",
                                      "a@b.vn\nBcc: c@d.vn",
                                      "a@b.vn, c@d.vn",
                                      "<a@b.vn>",
                                      "a@b@c.vn",
                                      "\"a b\"@example.vn",
                                      "a@[127.0.0.1]",
                                      "a@localhost",
                                      "a@xn--e1afmkfd.vn",
                                      "a+b@example.vn",
                                      "undefined",
                                      "null",
                                      "NULL",
                                      "nil",
                                      "None",
                                      "true",
                                      "false",
                                      "NaN",
                                      "Infinity",
                                      "-Infinity",
                                      "0",
                                      "-0",
                                      "-1",
                                      "1e309",
                                      "0x10",
                                      "0b11",
                                      "1_000",
                                      "1,000.00",
                                      "9223372036854775808",
                                      "99999999999999999999999",
                                      "1/0",
                                      "0.1e-999",
                                      "__proto__",
                                      "constructor",
                                      "toString",
                                      "hasOwn",
                                      "then",
                                      "length",
                                      "[object Object]",
                                      "\\u0000",
                                      "\\x00",
                                      "\\",
                                      "\"",
                                      "'",
                                      "/",
                                      "\\n",
                                      "",
                                      " ",
                                      "   ",
                                      " leading",
                                      "trailing ",
                                      "\v\f",
                                      "\x1b[31mred\x1b[0m",
                                      "\x1b]0;title\x07",
                                      "\x1b[2J",
                                      "\x7f",
                                      "\x01\x02\x03",
                                      "\b\b\b",
                                      "u_01ARZ3NDEKTSV4RRFFQ69G5FAV",
                                      "gAAAA==",
                                      "e30.",
                                      "eyJhbGciOiJub25lIn0.e30.",
                                      "Bearer x",
                                      "imagify_session=x",
                                      "000000",
                                      "123456",
                                      "password1"};

constexpr std::string_view kScripts[] = {"Nguyễn Thị Ánh Nguyệt",
                                         "Trần Đức Hạnh",
                                         "ngửi thấy mùi phở",
                                         "田中さんにあげて下さい",
                                         "社會科學院語學研究所",
                                         "울란바토르",
                                         "الكل في المجمو عة",
                                         "בְּרֵאשִׁית",
                                         "Ω≈ç√∫˜µ≤≥÷",
                                         "åß∂ƒ©˙∆˚¬…æ",
                                         "ЁЂЃЄЅІЇЈ",
                                         "⁰⁴⁵₀₁₂",
                                         "ด้้้้้็็็็็้้้้้",
                                         "(｡◕ ∀ ◕｡)",
                                         "パーティーへ行かないか",
                                         "𠜎𠜱𠝹𠱓",
                                         "Ⱥ ⱦ",
                                         "ǅ ǲ",
                                         "ﬃ ﬁ ß ẞ",
                                         "İ ı K Å",
                                         "ａｄｍｉｎ",
                                         "𝐚𝐝𝐦𝐢𝐧",
                                         "аdmin",
                                         "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
                                         "¡ɐq",
                                         "👨‍👩‍👧‍👦",
                                         "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                                         "🇻🇳",
                                         "👩🏿‍🚀",
                                         "❤️",
                                         "☃",
                                         "🕴🏽",
                                         "1️⃣",
                                         "نص‎حكيم",
                                         "ﷺ",
                                         "᚛ᚄᚓᚐᚋᚒᚄ᚜",
                                         "ꙮ",
                                         "𒐫",
                                         "⸻"};

constexpr std::string_view kBroken[] = {"\"\xff\"",
                                        "\"\xfe\xff\"",
                                        "\"\xc0\xaf\"",
                                        "\"\xe0\x80\xaf\"",
                                        "\"\xf0\x80\x80\xaf\"",
                                        "\"\xed\xa0\x80\"",
                                        "\"\xed\xb0\x80\"",
                                        "\"\xed\xa0\x80\xed\xb0\x80\"",
                                        "\"\xf4\x90\x80\x80\"",
                                        "\"\xf8\x88\x80\x80\x80\"",
                                        "\"\x80\"",
                                        "\"abc\xc3\"",
                                        "\"\xe1\x80\"",
                                        "\"\xc1\xbf\"",
                                        "\"\\ud800\"",
                                        "\"\\udc00\"",
                                        "\"\\udc00\\ud800\"",
                                        "\"\\ud800\\ud800\"",
                                        "\"a\\ud83db\"",
                                        "\"\\ud83d\\u0041\"",
                                        "\"\\u0000\"",
                                        "\"a\\u0000b\"",
                                        "\"\\u0000\\u0000\"",
                                        "\"\\uD83D\\uDE00\"",
                                        "\"\\u2028\"",
                                        "\"\\u202e\"",
                                        "\"\\u000a\"",
                                        "\"\\u000d\\u000a\"",
                                        "\"\\u001b[0m\"",
                                        "\"\\x41\"",
                                        "\"\\u12\"",
                                        "\"\\u{41}\"",
                                        "\"\n\"",
                                        "\"\t\"",
                                        "'single'",
                                        "\"unfinished",
                                        "\"\\\"",
                                        "\"\"\"\""};

}  // namespace

std::vector<std::string> hostile_words() {
    std::vector<std::string> words;
    for (const auto text : kCode) words.emplace_back(text);
    for (const auto text : kScripts) words.emplace_back(text);
    // Directions, joiners, tags, line ends, spaces, fillers, private use, no characters.
    add_points(words,
               {0x061c,   0x200b, 0x200c,  0x200d,   0x200e, 0x200f, 0x2028, 0x2029,  0x202a,
                0x202b,   0x202c, 0x202d,  0x202e,   0x2060, 0x2066, 0x2067, 0x2068,  0x2069,
                0xfeff,   0x00ad, 0x034f,  0x115f,   0x1160, 0x17b4, 0x180e, 0x3164,  0xffa0,
                0x00a0,   0x1680, 0x2003,  0x202f,   0x205f, 0x3000, 0x0085, 0xe0001, 0xe0041,
                0xe007f,  0xfe0f, 0xe0100, 0xfff9,   0xfffc, 0xfffd, 0xfffe, 0xffff,  0x1fffe,
                0x10ffff, 0xe000, 0xf0000, 0x10fffd, 0x0301, 0x20dd, 0x0489, 0x1f3fb});
    for (const auto length : {7, 8, 63, 64, 99, 100, 101, 127, 128, 129, 254, 255, 256, 999, 1'000,
                              1'001, 10'000, 60'000}) {
        words.emplace_back(static_cast<std::size_t>(length), 'x');
        if (length <= 10'000) words.push_back(repeated("ạ", length));
    }
    words.push_back("a" + repeated("\xcc\x81", 900));
    words.push_back(repeated("👨‍👩‍👧‍👦", 140));
    words.push_back(repeated("\xe2\x80\xae", 100));
    std::vector<std::string> literals;
    for (const auto& word : words)
        literals.push_back(boost::json::serialize(boost::json::string(word)));
    for (const auto text : kBroken) literals.emplace_back(text);
    return literals;
}

std::vector<std::string> other_values() {
    return {"0",
            "1",
            "-1",
            "1.5",
            "1e308",
            "1e400",
            "99999999999999999999999",
            "-0",
            "true",
            "false",
            "[]",
            "{}",
            "[\"an@example.vn\"]",
            R"({"$ne":""})",
            R"({"a":{"b":1}})",
            "[null]",
            "NaN",
            "01",
            "+1",
            "\"a\":1",
            repeated("[", 33) + repeated("]", 33),
            repeated("[", 5'000) + repeated("]", 5'000),
            repeated(R"({"a":)", 40) + "1" + repeated("}", 40)};
}

std::string meaning_of(const std::string& literal) {
    boost::json::error_code failed;
    const auto value = boost::json::parse(literal, failed);
    return failed || !value.is_string() ? "" : std::string(value.get_string());
}

}  // namespace imagify::testing
