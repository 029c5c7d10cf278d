#pragma once

#include <string_view>

#include "adapters/aws/credentials.hpp"

namespace imagify::aws {

/// More of a credentials file than this is not read.
inline constexpr std::size_t kCredentialsFileMaxBytes = std::size_t{64} * 1024;

/// The keys of one profile of an INI file such as ~/.aws/credentials.
/// Errors: NotFound `aws.no_credentials` (no such profile); Invalid `aws.no_credentials` (it lacks
/// a key, or has characters that no key has). Details name no value.
Result<Credentials> parse_credentials_file(std::string_view text, std::string_view profile);

/// What the container's or the instance's credentials service answers: JSON with AccessKeyId,
/// SecretAccessKey, Token and Expiration. Errors: Invalid `aws.no_credentials`.
Result<Credentials> parse_credentials_answer(std::string_view json);

}  // namespace imagify::aws
