#include "app/commands/doctor_cloud.hpp"

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/redis/redis_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/cloud.hpp"
#include "app/commands/run_task.hpp"

namespace imagify {
namespace {

std::string place(const CloudConfig& cloud, const std::string& endpoint) {
    return endpoint.empty() ? cloud.region : endpoint;
}

void add(std::vector<ConfigProblem>& problems, std::string setting, const Result<void>& checked) {
    if (checked) return;
    const auto& error = checked.error();
    problems.push_back(
        {.setting = std::move(setting),
         .advice = "does not work: " + (error.detail.empty() ? error.code : error.detail)});
}

Task<Result<void>> ping(redis::RedisServer server, const Clock& clock) {
    redis::RedisClient client({.server = std::move(server)}, clock);
    const auto answer = co_await client.ask({"PING"});
    if (!answer) co_return std::unexpected(answer.error());
    co_return Result<void>{};
}

}  // namespace

std::string store_text(const Config& config) {
    const auto& cloud = config.cloud;
    if (config.store == StoreKind::Sqlite) return (config.data / "imagify.db").string();
    return "DynamoDB at " + place(cloud, cloud.dynamodb_endpoint) + ": " + cloud.users_table +
           ", " + cloud.transactions_table + ", " + cloud.images_table;
}

std::string blobs_text(const Config& config) {
    const auto& cloud = config.cloud;
    if (config.blobs == BlobKind::Files) return (config.data / "blobs").string();
    return "S3 at " + place(cloud, cloud.s3_endpoint) + ": " + cloud.images_bucket;
}

void check_cloud(const Config& config, std::vector<ConfigProblem>& problems) {
    SystemClock clock;
    SystemRandom random;
    BeastHttpClient http;
    Cloud cloud(config, {.http = http, .clock = clock, .random = random});
    const bool asks_aws = config.store == StoreKind::DynamoDb || config.blobs == BlobKind::S3 ||
                          config.queue == QueueKind::Sqs || config.mail == MailWay::Ses;
    if (asks_aws) {
        if (const auto found = run_task(cloud.parts().credentials.credentials()); !found) {
            // Everything else would only say the same.
            return add(problems, "AWS_ACCESS_KEY_ID", std::unexpected(found.error()));
        }
    }
    if (config.store == StoreKind::DynamoDb) {
        add(problems, "STORE", run_task(cloud.make_store()->check_writable()));
    }
    if (config.blobs == BlobKind::S3 && !config.cloud.images_bucket.empty()) {
        add(problems, "IMAGES_BUCKET", run_task(cloud.make_blobs()->check()));
    }
    if (config.queue == QueueKind::Sqs && !config.cloud.queue_url.empty()) {
        add(problems, "SQS_QUEUE_URL", run_task(cloud.make_queue()->check()));
    }
    if (config.mail == MailWay::Ses) add(problems, "MAIL", run_task(cloud.make_mailer()->check()));
    if (config.limits == LimitsKind::Redis && !config.redis.host.empty()) {
        add(problems, "REDIS_URL", run_task(ping(config.redis, clock)));
    }
}

}  // namespace imagify
