#include <algorithm>
#include <charconv>
#include <ctime>

#include "adapters/aws/credentials_text.hpp"
#include "adapters/aws/fault.hpp"
#include "adapters/aws/http_date.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace imagify::fuzz {
namespace {

bool fits_a_header(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

void check_keys(const Result<aws::Credentials>& credentials) {
    if (!credentials) {
        require(!credentials.error().detail.empty(), "it says what is wrong");
        return;
    }
    require(!credentials->access_key_id.empty(), "a key id");
    require(!credentials->secret_access_key.empty(), "a secret key");
    require(fits_a_header(credentials->access_key_id) &&
                fits_a_header(credentials->secret_access_key.reveal()) &&
                fits_a_header(credentials->session_token.reveal()),
            "nothing that could split a header");
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') {
            out += "&lt;";
        } else if (c == '&') {
            out += "&amp;";
        } else {
            out += c;
        }
    }
    return out;
}

void check_date(std::string_view text) {
    const auto date = aws::parse_http_date(text);
    if (!date || text.contains(":60 ")) return;
    const auto seconds = static_cast<std::time_t>(to_unix_ms(*date) / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> again{};
    std::strftime(again.data(), again.size(), "%d %b %Y %H:%M:%S GMT", &parts);
    require(text.ends_with(again.data()), "written again, it is the same moment");
}

}  // namespace

void read_aws_credentials(std::string_view input) {
    const auto profile = take_line(input);
    check_keys(aws::parse_credentials_file(input, profile));
    check_keys(aws::parse_credentials_answer(input));
}

void read_aws_fault(std::string_view input) {
    const auto first = take_line(input);
    unsigned status = 0;
    std::from_chars(first.data(), first.data() + first.size(), status);
    check_date(first);
    const auto fault =
        aws::read_fault(status, {{"x-amzn-errortype", std::string(take_line(input))}}, input);
    require(!fault.code.empty() && fault.code.size() <= 200, "a short code");
    require(fault.message.size() <= 1'000, "a message of bounded size");
    static_cast<void>(aws::classify(status, fault));
    const auto text = escaped(input);
    const auto read = aws::xml_text("<Error><Message>" + text + "</Message></Error>", "Message");
    require(read.has_value() == (text.size() <= 1'000), "texts up to 1000 bytes");
    require(!read || *read == input, "a text comes back");
}

}  // namespace imagify::fuzz
