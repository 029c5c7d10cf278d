#pragma once

#include "adapters/aws/service_client.hpp"
#include "adapters/dynamodb/dynamo_store.hpp"
#include "adapters/dynamodb/table_client.hpp"

namespace imagify::testing {

/// Credentials that are always good.
class GivenCredentials final : public aws::CredentialSource {
public:
    GivenCredentials(std::string id, std::string secret)
        : given_{.access_key_id = std::move(id), .secret_access_key = Secret(std::move(secret))} {}

    Task<Result<aws::Credentials>> credentials(bool) override { co_return given_; }

private:
    aws::Credentials given_;
};

/// A DynamoStore with what it stands on, down to the HTTP client.
class DynamoRig {
public:
    struct Parts {
        HttpClient& http;
        /// Tells the time of signatures and deadlines, and sleeps between attempts.
        Clock& service_clock;
        /// Tells the time of what is stored, and sleeps between attempts.
        Clock& store_clock;
        Random& random;
        std::string endpoint{"http://dynamodb.test"};
        std::string region{"ap-southeast-1"};
        GivenCredentials credentials{"AKIDTEST", "secret"};
        dynamodb::Tables tables{};
    };
    explicit DynamoRig(Parts parts)
        : parts_(std::move(parts)),
          service_({.service = "dynamodb", .region = parts_.region, .endpoint = parts_.endpoint},
                   {.http = parts_.http,
                    .credentials = parts_.credentials,
                    .clock = parts_.service_clock,
                    .random = parts_.random}),
          client_({.service = service_, .clock = parts_.store_clock, .random = parts_.random}),
          store_(client_, {.tables = parts_.tables, .figures_kept = std::chrono::seconds(0)}) {}

    Task<Result<void>> create_tables() {
        return client_.create_tables(dynamodb::schema_of(parts_.tables));
    }

    aws::ServiceClient& service() { return service_; }
    dynamodb::TableClient& client() { return client_; }
    dynamodb::DynamoStore& store() { return store_; }

private:
    Parts parts_;
    aws::ServiceClient service_;
    dynamodb::TableClient client_;
    dynamodb::DynamoStore store_;
};

}  // namespace imagify::testing
