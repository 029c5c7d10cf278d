#pragma once

#include <memory>

#include "adapters/aws/credential_chain.hpp"
#include "adapters/aws/service_client.hpp"
#include "adapters/cognito/cognito_identity.hpp"
#include "adapters/dynamodb/dynamo_limits.hpp"
#include "adapters/dynamodb/table_client.hpp"
#include "adapters/s3/s3_blob_store.hpp"
#include "adapters/ses/ses_mailer.hpp"
#include "adapters/sqs/sqs_poller.hpp"
#include "adapters/sqs/sqs_work_queue.hpp"
#include "app/config.hpp"
#include "ports/limits.hpp"
#include "ports/store.hpp"

namespace imagify {

/// Everything of this process that talks to AWS, or to servers that speak like it. Making it
/// connects to nothing. It outlives what it makes.
class Cloud {
public:
    /// They outlive it.
    struct Machines {
        HttpClient& http;
        Clock& clock;
        Random& random;
    };
    Cloud(const Config& config, Machines machines);

    std::unique_ptr<Store> make_store();
    std::unique_ptr<s3::S3BlobStore> make_blobs();
    std::unique_ptr<sqs::SqsWorkQueue> make_queue();
    /// Works on what the queue has.
    std::unique_ptr<sqs::SqsPoller> make_poller(sqs::SqsPoller::Work work);
    std::unique_ptr<ses::SesMailer> make_mailer();
    /// `meanwhile` counts while the store does not answer.
    std::unique_ptr<dynamodb::DynamoLimits> make_limits(Limits& meanwhile);

    /// With IDENTITY=cognito; else nothing.
    std::unique_ptr<cognito::CognitoIdentity> make_identity();

    /// Where browsers fetch pictures from, with S3_PRESIGN=on; else empty.
    std::string picture_origin();

    dynamodb::TableClient& tables() { return tables_; }
    aws::ServiceClient::Parts parts();

private:
    dynamodb::Tables table_names() const;
    sqs::SqsSettings queue_settings() const;

    const Config& config_;
    Machines machines_;
    aws::CredentialChain credentials_;
    aws::ServiceClient dynamodb_;
    dynamodb::TableClient tables_;
    cognito::CognitoSettings pool_;
    aws::ServiceClient pool_owner_;
};

}  // namespace imagify
