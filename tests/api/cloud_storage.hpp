#pragma once

#include <memory>

#include "adapters/aws/credential_chain.hpp"
#include "adapters/dynamodb/dynamo_store.hpp"
#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/s3/s3_blob_store.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/storage.hpp"

namespace imagify::testing {

/// Tables and pictures of one test, on the servers that IMAGIFY_TEST_DYNAMODB and IMAGIFY_TEST_S3
/// name: DynamoDB Local and an S3 server behind gates that verify signatures (tools/aws).
class CloudStorage {
public:
    /// The time of what is stored; outlives it.
    explicit CloudStorage(Clock& clock);

    /// A store on new tables.
    std::unique_ptr<Store> make_store();
    std::unique_ptr<BlobStore> make_blobs();

private:
    aws::ServiceClient::Parts parts();

    SystemClock system_clock_;
    SystemRandom random_;
    BeastHttpClient http_;
    aws::CredentialChain credentials_;
    aws::ServiceClient service_;
    dynamodb::TableClient client_;
};

}  // namespace imagify::testing
