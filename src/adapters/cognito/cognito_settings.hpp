#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace imagify::cognito {

/// Which user pool, and as which of its clients.
struct CognitoSettings {
    /// "ap-southeast-1_AbCdEf": the region is in front.
    std::string user_pool_id;
    std::string client_id;
    /// Empty for a client without one.
    Secret client_secret{};
    /// Another server that speaks like Cognito; empty: that of the pool's region.
    std::string endpoint{};
    std::string region() const { return user_pool_id.substr(0, user_pool_id.find('_')); }
    /// Where calls go, without a path.
    std::string base_url() const {
        if (!endpoint.empty()) return endpoint;
        return "https://cognito-idp." + region() + ".amazonaws.com";
    }
    /// The `iss` of its tokens.
    std::string issuer() const { return base_url() + '/' + user_pool_id; }
    std::string key_set_url() const { return issuer() + "/.well-known/jwks.json"; }
};

}  // namespace imagify::cognito
