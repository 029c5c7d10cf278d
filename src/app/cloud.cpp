#include "app/cloud.hpp"

#include "adapters/dynamodb/dynamo_limits.hpp"
#include "adapters/dynamodb/dynamo_store.hpp"

namespace imagify {
namespace {

aws::ServiceSettings dynamodb_settings(const CloudConfig& cloud) {
    return {.service = "dynamodb",
            .region = cloud.region,
            .endpoint = aws::regional_endpoint("dynamodb", cloud.region, cloud.dynamodb_endpoint)};
}

cognito::CognitoSettings pool_settings(const CloudConfig& cloud) {
    return {.user_pool_id = cloud.user_pool_id,
            .client_id = cloud.user_pool_client_id,
            .client_secret = cloud.user_pool_client_secret,
            .endpoint = cloud.cognito_endpoint};
}

// A stand-in's pools are named after no region.
std::string pool_region(const CloudConfig& cloud) {
    return cloud.cognito_endpoint.empty() ? pool_settings(cloud).region() : cloud.region;
}

}  // namespace

Cloud::Cloud(const Config& config, Machines machines)
    : config_(config),
      machines_(machines),
      credentials_(config.cloud.credentials, machines.http, machines.clock),
      dynamodb_(dynamodb_settings(config.cloud), parts()),
      tables_({.service = dynamodb_, .clock = machines.clock, .random = machines.random}),
      pool_(pool_settings(config.cloud)),
      pool_owner_(aws::ServiceSettings{.service = "cognito-idp",
                                       .region = pool_region(config.cloud),
                                       .endpoint = pool_.base_url()},
                  parts()) {}

aws::ServiceClient::Parts Cloud::parts() {
    return {.http = machines_.http,
            .credentials = credentials_,
            .clock = machines_.clock,
            .random = machines_.random};
}

dynamodb::Tables Cloud::table_names() const {
    dynamodb::Tables tables;
    tables.users.name = config_.cloud.users_table;
    tables.transactions.name = config_.cloud.transactions_table;
    tables.images.name = config_.cloud.images_table;
    return tables;
}

std::unique_ptr<Store> Cloud::make_store() {
    return std::make_unique<dynamodb::DynamoStore>(
        tables_, dynamodb::DynamoSettings{.tables = table_names()});
}

std::unique_ptr<dynamodb::DynamoLimits> Cloud::make_limits(Limits& meanwhile) {
    return std::make_unique<dynamodb::DynamoLimits>(
        dynamodb::DynamoLimits::Parts{.client = tables_,
                                      .users = table_names().users,
                                      .clock = machines_.clock,
                                      .meanwhile = meanwhile});
}

std::unique_ptr<s3::S3BlobStore> Cloud::make_blobs() {
    return std::make_unique<s3::S3BlobStore>(
        s3::S3Settings{.bucket = config_.cloud.images_bucket,
                       .region = config_.cloud.region,
                       .endpoint = config_.cloud.s3_endpoint,
                       .presign = config_.cloud.presign_pictures},
        parts());
}

std::string Cloud::picture_origin() {
    const bool presigned = config_.blobs == BlobKind::S3 && config_.cloud.presign_pictures;
    return presigned ? make_blobs()->public_origin() : "";
}

sqs::SqsSettings Cloud::queue_settings() const {
    return {.queue_url = config_.cloud.queue_url,
            .region = config_.cloud.region,
            .endpoint = config_.cloud.sqs_endpoint};
}

std::unique_ptr<sqs::SqsWorkQueue> Cloud::make_queue() {
    return std::make_unique<sqs::SqsWorkQueue>(queue_settings(), parts());
}

std::unique_ptr<sqs::SqsPoller> Cloud::make_poller(sqs::SqsPoller::Work work) {
    return std::make_unique<sqs::SqsPoller>(queue_settings(), parts(), std::move(work),
                                            sqs::SqsPoller::Limits{});
}

std::unique_ptr<cognito::CognitoIdentity> Cloud::make_identity() {
    if (config_.identity != IdentityKind::Cognito) return nullptr;
    return std::make_unique<cognito::CognitoIdentity>(
        pool_, cognito::CognitoIdentity::Parts{
                   .http = machines_.http, .admin = pool_owner_, .clock = machines_.clock});
}

std::unique_ptr<ses::SesMailer> Cloud::make_mailer() {
    return std::make_unique<ses::SesMailer>(
        ses::SesSettings{.from = config_.mail_from,
                         .region = config_.cloud.region,
                         .endpoint = config_.cloud.ses_endpoint},
        parts());
}

}  // namespace imagify
