#pragma once

#include <string>

#include "base/secret.hpp"

namespace imagify::aws {

/// What the environment says about credentials; each member is the variable of its name, and empty
/// when that is not set. Filled by whoever reads the environment.
struct AwsEnvironment {
    std::string access_key_id{};         ///< AWS_ACCESS_KEY_ID
    Secret secret_access_key{};          ///< AWS_SECRET_ACCESS_KEY
    Secret session_token{};              ///< AWS_SESSION_TOKEN
    std::string profile{};               ///< AWS_PROFILE; empty: "default"
    std::string credentials_file{};      ///< AWS_SHARED_CREDENTIALS_FILE
    std::string home{};                  ///< HOME: .aws/credentials is there
    std::string container_path{};        ///< AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
    std::string container_url{};         ///< AWS_CONTAINER_CREDENTIALS_FULL_URI
    Secret container_token{};            ///< AWS_CONTAINER_AUTHORIZATION_TOKEN
    std::string container_token_file{};  ///< AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
    std::string metadata_endpoint{};     ///< AWS_EC2_METADATA_SERVICE_ENDPOINT
    std::string metadata_disabled{};     ///< AWS_EC2_METADATA_DISABLED: "true"
};

}  // namespace imagify::aws
