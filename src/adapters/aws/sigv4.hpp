#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/aws/credentials.hpp"
#include "base/clock.hpp"

namespace imagify::aws {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a signature is good for.
struct SigningScope {
    std::string region;
    std::string service;
};

/// A request before it is signed.
struct SignableRequest {
    std::string method;
    /// The Host header.
    std::string authority;
    /// As sent: percent-encoded, starts with '/'.
    std::string path = "/";
    /// Not encoded yet.
    Pairs query{};
    /// All are signed.
    Pairs headers{};
    std::string_view body{};
};

/// AWS Signature Version 4: the headers to send besides `request.headers`: X-Amz-Date,
/// Authorization, X-Amz-Security-Token for temporary credentials, X-Amz-Content-Sha256 for S3.
Pairs sign_headers(const SignableRequest& request, const Credentials& credentials,
                   const SigningScope& scope, TimePoint now);

/// The whole query of a presigned URL, encoded; whoever has it may send the request, with any body,
/// until `validity` (at most 7 days) has passed. Of the headers only Host is signed.
std::string presigned_query(const SignableRequest& request, const Credentials& credentials,
                            const SigningScope& scope, TimePoint now,
                            std::chrono::seconds validity);

/// RFC 3986 as AWS reads it: letters, digits and -._~ are literal, all else is %XX.
std::string uri_encode(std::string_view text);
/// The same, with '/' left as it is.
std::string uri_encode_path(std::string_view path);
/// "a=1&b=2", encoded, in the order given.
std::string encode_query(const Pairs& query);

}  // namespace imagify::aws
