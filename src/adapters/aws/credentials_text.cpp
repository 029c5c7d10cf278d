#include "adapters/aws/credentials_text.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "adapters/aws/http_date.hpp"
#include "base/mutant.hpp"

namespace imagify::aws {
namespace {

namespace json = boost::json;

std::unexpected<Error> invalid(std::string detail) {
    return fail(ErrorKind::Invalid, "aws.no_credentials", std::move(detail));
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// They go into headers.
bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

Result<Credentials> checked(Credentials credentials, const std::string& place) {
    if (credentials.access_key_id.empty() || credentials.secret_access_key.empty())
        return invalid(place + " lacks a key id or a secret key");
    if (MUTANT("parse.key_bytes")) return credentials;
    if (!is_printable(credentials.access_key_id) ||
        !is_printable(credentials.secret_access_key.reveal()) ||
        !is_printable(credentials.session_token.reveal()))
        return invalid(place + " has characters that no key has");
    return credentials;
}

void take_setting(std::string_view line, Credentials& credentials) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return;
    const auto name = trimmed(line.substr(0, equals));
    const std::string value(trimmed(line.substr(equals + 1)));
    if (name == "aws_access_key_id") credentials.access_key_id = value;
    if (name == "aws_secret_access_key") credentials.secret_access_key = Secret(value);
    if (name == "aws_session_token") credentials.session_token = Secret(value);
}

std::string text_member(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

}  // namespace

Result<Credentials> parse_credentials_file(std::string_view text, std::string_view profile) {
    Credentials credentials;
    bool found = false;
    bool inside = false;
    while (!text.empty()) {
        const auto line = trimmed(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.size(), text.find('\n')));
        if (!text.empty()) text.remove_prefix(1);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        if (line.front() == '[') {
            inside = line.ends_with(']') && trimmed(line.substr(1, line.size() - 2)) == profile;
            found = found || inside;
        } else if (inside) {
            take_setting(line, credentials);
        }
    }
    if (!found) return fail(ErrorKind::NotFound, "aws.no_credentials", "no such profile");
    return checked(std::move(credentials), "the profile");
}

Result<Credentials> parse_credentials_answer(std::string_view text) {
    boost::system::error_code error;
    const auto value = json::parse({text.data(), text.size()}, error);
    if (error || !value.is_object()) return invalid("the answer is no JSON object");
    const auto& object = value.get_object();
    const auto code = text_member(object, "Code");
    if (!code.empty() && code != "Success") return invalid("the answer is no success");
    const auto expiration = text_member(object, "Expiration");
    Credentials credentials{.access_key_id = text_member(object, "AccessKeyId"),
                            .secret_access_key = Secret(text_member(object, "SecretAccessKey")),
                            .session_token = Secret(text_member(object, "Token")),
                            .expires_at = parse_utc_time(expiration)};
    if (!expiration.empty() && !credentials.expires_at)
        return invalid("the answer's expiration is no time");
    return checked(std::move(credentials), "the answer");
}

}  // namespace imagify::aws
