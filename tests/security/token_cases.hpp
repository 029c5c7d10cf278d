#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace imagify::testing {

/// A session token that nobody may be believed for.
struct TokenCase {
    std::string what;
    std::string token;
};

/// What a forger knows and has: for most cases the right key, so that only the header, the claims
/// or the form are wrong.
struct TokenForge {
    std::string key;
    std::string former_key;
    /// Seconds since 1970.
    std::int64_t now = 0;

    /// Claims as we write them; `value` is JSON text that replaces the claim `name`, or removes it
    /// when it is empty.
    std::string claims(const std::string& name = "", const std::string& value = "") const;
    /// Both texts encoded and signed with `key`.
    std::string token(const std::string& header, const std::string& payload) const;
    std::string genuine() const;
};

/// Calls `take` for each.
using TakeCase = std::function<void(std::string what, std::string token)>;

/// Headers that are not ours: algorithms, types, parameters, spellings.
void forge_headers(const TokenForge& forge, const TakeCase& take);
/// Claims of wrong types, values and moments; missing, repeated and additional ones.
void forge_claims(const TokenForge& forge, const TakeCase& take);
/// One to five parts, other alphabets and paddings, bits that no part has, sizes.
void forge_forms(const TokenForge& forge, const TakeCase& take);
/// Other keys, digests and signatures.
void forge_signatures(const TokenForge& forge, const TakeCase& take);

}  // namespace imagify::testing
