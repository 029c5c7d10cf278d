#include <iconv.h>

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "domain/account.hpp"
#include "domain/prompt.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace imagify::fuzz {
namespace {

// The C library's decoder: each code point becomes four bytes.
std::optional<std::size_t> second_count(std::string_view text) {
    static const iconv_t decoder = iconv_open("UTF-32LE", "UTF-8");
    require(decoder != reinterpret_cast<iconv_t>(-1), "a decoder");
    iconv(decoder, nullptr, nullptr, nullptr, nullptr);
    std::string source(text);
    std::string target(text.size() * 4 + 4, '\0');
    auto* in = source.data();
    auto* out = target.data();
    auto in_left = source.size();
    auto out_left = target.size();
    if (iconv(decoder, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) {
        return std::nullopt;
    }
    return (target.size() - out_left) / 4;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return text;
}

}  // namespace

std::vector<std::string> registration_seeds() {
    const std::string local(64, 'a');
    const auto label = [](std::size_t size) { return std::string(size, 'b') + "."; };
    const auto longest = local + "@" + label(63) + label(63) + label(56) + "vn";
    return {longest.substr(0, 251) + "vn\nlong enough\nAn", longest + "n\nlong enough\nAn",
            local + "@" + label(63) + label(63) + label(58) + "vn\nlong enough\nAn",
            local + "@" + label(63) + label(63) + label(59) + "vn\nlong enough\nAn"};
}

void read_registration(std::string_view input) {
    const auto text = take_line(input);
    const auto password = take_line(input);
    const auto name = take_line(input);
    if (!name_problem(name)) {
        require(second_count(name).value_or(101) <= 100 && !has_control(name), "a display name");
    }
    const auto email = Email::parse(text);
    if (!email) return;
    const auto& parsed = email->text();
    require(Email::parse(parsed) == email, "an address is its own normal form");
    require(Email::parse(upper(parsed)) == email, "case does not matter");
    require(parsed.size() == text.size() && parsed.size() <= 254, "at most 254 bytes");
    require(std::ranges::all_of(parsed, [](char c) { return c > ' ' && c < '\x7f'; }),
            "plain ASCII");
    require(upper(parsed) == upper(std::string(text)), "only case changes");
    require(std::ranges::none_of(parsed, [](char c) { return c >= 'A' && c <= 'Z'; }),
            "lower case");
    require(std::ranges::count(parsed, '@') == 1 && parsed.find('.', parsed.find('@')) < 254,
            "one @, and a domain behind it");
    require(parsed.find_first_of("\"<>(),:;\\[]") == std::string::npos,
            "nothing that a mail's header would read otherwise");
    if (!password_problem(password, *email)) {
        require(password.size() <= 128 && second_count(password).value_or(0) >= 8, "a password");
        require(upper(std::string(password)) != upper(parsed), "not the address");
    }
}

void read_prompt(std::string_view input) {
    const auto count = count_code_points(input);
    require(count == second_count(input), "the C library counts the same");
    const auto trimmed = trim(input);
    require(trim(trimmed) == trimmed && input.contains(trimmed), "trimmed once is trimmed");
    if (prompt_problem(input)) return;
    require(count && *count <= kPromptMaxCodePoints && !trimmed.empty(), "1 to 1000 code points");
    require(!has_control(std::string(trimmed)) ||
                trimmed.find_first_of("\t\r\n") != std::string_view::npos,
            "no control characters but white space");
}

}  // namespace imagify::fuzz
