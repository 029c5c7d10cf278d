#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A second implementation of VNPAY's message rules, written apart from src/adapters/vnpay and
/// sharing no line with it: what agrees with both is no mistake of one of them. It is held against
/// tests/data/vnpay/vectors.json like the first.
namespace imagify::testing::second {

/// Fields in the order in which they are sent.
using Pairs = std::vector<std::pair<std::string, std::string>>;
using Sorted = std::map<std::string, std::string, std::less<>>;

/// HMAC-SHA512 by RFC 2104, from two plain digests; lower-case hex.
std::string hmac_sha512(std::string_view key, std::string_view text);

/// Percent-encoding of the WHATWG form rule, from a table.
std::string quote(std::string_view text);

/// The inverse of `quote`, from any spelling; nothing on a broken escape or a NUL.
std::optional<std::string> unquote(std::string_view text);

/// What a pay URL, return or notice signs.
std::string signed_text(const Pairs& fields);

/// `fields` as VNPAY sends them: sorted, encoded, the signature last.
std::string notice(std::string_view secret, const Pairs& fields);

enum class Answer { Query, Refund };

/// What an answer of the merchant API signs.
std::string signed_text(Answer answer, const Sorted& values);

/// A JSON object of strings in the given order.
std::string to_json(const Pairs& fields);

/// The answer with its signature as last member.
std::string answer(std::string_view secret, Answer answer, Pairs fields);

/// What a message means, by the documented reading rules: names and values decoded, nothing else.
struct Reading {
    /// Non-empty fields that are signed.
    Sorted fields;
    /// In lower case.
    std::string hash;

    bool operator==(const Reading&) const = default;
};

/// Nothing when the query has to be refused unread: a doubled vnp_ name, a broken escape, a NUL,
/// more than 100 parameters, more than 16 KiB.
std::optional<Reading> read_notice(std::string_view query);

/// Nothing when it is no JSON object or has a '|' in a signed value.
std::optional<Reading> read_answer(Answer answer, std::string_view json);

}  // namespace imagify::testing::second
