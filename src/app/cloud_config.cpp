#include "app/cloud_config.hpp"

namespace imagify {
namespace {

void read_places(SettingReader& reader, CloudConfig& cloud) {
    reader.text("AWS_REGION", cloud.region);
    reader.text("USERS_TABLE", cloud.users_table);
    reader.text("TRANSACTIONS_TABLE", cloud.transactions_table);
    reader.text("IMAGES_TABLE", cloud.images_table);
    reader.text("IMAGES_BUCKET", cloud.images_bucket);
    reader.choice<bool>("S3_PRESIGN", {{"on", true}, {"off", false}}, cloud.presign_pictures);
    reader.text("SQS_QUEUE_URL", cloud.queue_url);
    reader.text("COGNITO_USER_POOL_ID", cloud.user_pool_id);
    reader.text("COGNITO_CLIENT_ID", cloud.user_pool_client_id);
    reader.secret("COGNITO_CLIENT_SECRET", cloud.user_pool_client_secret);
}

void read_credentials(SettingReader& reader, aws::AwsEnvironment& credentials) {
    reader.text("AWS_ACCESS_KEY_ID", credentials.access_key_id);
    reader.secret("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key);
    reader.secret("AWS_SESSION_TOKEN", credentials.session_token);
    reader.text("AWS_PROFILE", credentials.profile);
    reader.text("AWS_SHARED_CREDENTIALS_FILE", credentials.credentials_file);
    reader.text("HOME", credentials.home);
    reader.text("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", credentials.container_path);
    reader.text("AWS_CONTAINER_CREDENTIALS_FULL_URI", credentials.container_url);
    reader.secret("AWS_CONTAINER_AUTHORIZATION_TOKEN", credentials.container_token);
    reader.text("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", credentials.container_token_file);
    reader.text("AWS_EC2_METADATA_SERVICE_ENDPOINT", credentials.metadata_endpoint);
    reader.text("AWS_EC2_METADATA_DISABLED", credentials.metadata_disabled);
}

void read_redis(SettingReader& reader, redis::RedisServer& server) {
    const auto url = reader.get("REDIS_URL");
    if (!url) return;
    auto parsed = redis::parse_redis_url(*url);
    if (parsed) {
        server = std::move(*parsed);
    } else {
        reader.complain("REDIS_URL", parsed.error().detail);
    }
}

void read_endpoint(SettingReader& reader, std::string_view name, std::string& target) {
    reader.text(name, target);
    while (target.ends_with('/')) target.pop_back();
    const bool is_url = target.starts_with("http://") || target.starts_with("https://");
    reader.require(target.empty() || is_url, name,
                   "is an address such as https://dynamodb.ap-southeast-1.amazonaws.com");
}

void read_endpoints(SettingReader& reader, CloudConfig& cloud) {
    read_endpoint(reader, "DYNAMODB_ENDPOINT", cloud.dynamodb_endpoint);
    read_endpoint(reader, "S3_ENDPOINT", cloud.s3_endpoint);
    read_endpoint(reader, "SQS_ENDPOINT", cloud.sqs_endpoint);
    read_endpoint(reader, "SES_ENDPOINT", cloud.ses_endpoint);
    read_endpoint(reader, "COGNITO_ENDPOINT", cloud.cognito_endpoint);
    read_endpoint(reader, "SECRETS_ENDPOINT", cloud.secrets_endpoint);
}

// What others share must not depend on what this process keeps to itself.
void check_combinations(SettingReader& reader, const Config& config) {
    const bool shared = config.store == StoreKind::DynamoDb;
    reader.require(!shared || config.blobs == BlobKind::S3, "BLOBS",
                   "must be 's3' with STORE=dynamodb: other servers look for the pictures too");
    const bool has_secret = reader.get("JWT_SECRET") || reader.get("JWT_SECRET_ARN");
    reader.require(!shared || has_secret || !signs(config), "JWT_SECRET",
                   "is needed with STORE=dynamodb: all servers sign with the same one");
    reader.require(shared || config.queue == QueueKind::InProcess, "QUEUE",
                   "'sqs' needs STORE=dynamodb: whoever paints needs the books");
    reader.require(shared || config.limits != LimitsKind::Store, "LIMITS",
                   "'store' needs STORE=dynamodb; one process counts in its memory");
    reader.require(config.blobs != BlobKind::S3 || !config.cloud.images_bucket.empty(),
                   "IMAGES_BUCKET", "is needed with BLOBS=s3: the bucket's name");
    reader.require(config.queue != QueueKind::Sqs || !config.cloud.queue_url.empty(),
                   "SQS_QUEUE_URL", "is needed with QUEUE=sqs: the queue's URL");
    reader.require(config.limits != LimitsKind::Redis || !config.redis.host.empty(), "REDIS_URL",
                   "is needed with LIMITS=redis: redis://127.0.0.1:6379");
    if (config.identity != IdentityKind::Cognito) return;
    reader.require(!config.cloud.user_pool_id.empty(), "COGNITO_USER_POOL_ID",
                   "is needed with IDENTITY=cognito: ap-southeast-1_AbCdEfGhI");
    reader.require(!config.cloud.user_pool_client_id.empty(), "COGNITO_CLIENT_ID",
                   "is needed with IDENTITY=cognito: the app client's id");
}

}  // namespace

void read_cloud(SettingReader& reader, Config& config) {
    reader.choice<StoreKind>(
        "STORE", {{"sqlite", StoreKind::Sqlite}, {"dynamodb", StoreKind::DynamoDb}}, config.store);
    const bool shared = config.store == StoreKind::DynamoDb;
    if (shared) config.limits = LimitsKind::Store;
    reader.choice<BlobKind>("BLOBS", {{"files", BlobKind::Files}, {"s3", BlobKind::S3}},
                            config.blobs);
    reader.choice<QueueKind>(
        "QUEUE", {{"in-process", QueueKind::InProcess}, {"sqs", QueueKind::Sqs}}, config.queue);
    reader.choice<IdentityKind>(
        "IDENTITY", {{"local", IdentityKind::Local}, {"cognito", IdentityKind::Cognito}},
        config.identity);
    reader.choice<LimitsKind>("LIMITS",
                              {{"memory", LimitsKind::Memory},
                               {"store", LimitsKind::Store},
                               {"redis", LimitsKind::Redis}},
                              config.limits);
    reader.choice<RouteGroup>("IMAGIFY_ROUTES",
                              {{"all", RouteGroup::All},
                               {"auth", RouteGroup::Auth},
                               {"image", RouteGroup::Image},
                               {"payment", RouteGroup::Payment},
                               {"worker", RouteGroup::Worker},
                               {"scheduler", RouteGroup::Scheduler}},
                              config.routes);
    read_redis(reader, config.redis);
    read_places(reader, config.cloud);
    read_endpoints(reader, config.cloud);
    read_credentials(reader, config.cloud.credentials);
    check_combinations(reader, config);
}

}  // namespace imagify
