#include "api/cloud_storage.hpp"

#include <cstdlib>
#include <random>
#include <stdexcept>

#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kRegion = "ap-southeast-1";

std::string variable(const char* name) {
    const auto* const value = std::getenv(name);
    if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set");
    return value;
}

}  // namespace

CloudStorage::CloudStorage(Clock& clock)
    : credentials_({.access_key_id = variable("AWS_ACCESS_KEY_ID"),
                    .secret_access_key = Secret(variable("AWS_SECRET_ACCESS_KEY"))},
                   http_, system_clock_),
      service_({.service = "dynamodb",
                .region = std::string(kRegion),
                .endpoint = variable("IMAGIFY_TEST_DYNAMODB")},
               parts()),
      client_({.service = service_, .clock = clock, .random = random_}) {}

aws::ServiceClient::Parts CloudStorage::parts() {
    return {.http = http_, .credentials = credentials_, .clock = system_clock_, .random = random_};
}

std::unique_ptr<Store> CloudStorage::make_store() {
    dynamodb::DynamoSettings settings;
    settings.figures_kept = std::chrono::seconds(0);
    const auto prefix = "api" + std::to_string(std::random_device()()) + "-";
    auto& tables = settings.tables;
    for (auto* const table : {&tables.users, &tables.transactions, &tables.images}) {
        table->name.insert(0, prefix);
    }
    const auto made = run_task(client_.create_tables(dynamodb::schema_of(tables)));
    if (!made) throw std::runtime_error(made.error().detail);
    return std::make_unique<dynamodb::DynamoStore>(client_, std::move(settings));
}

std::unique_ptr<BlobStore> CloudStorage::make_blobs() {
    return std::make_unique<s3::S3BlobStore>(
        s3::S3Settings{.bucket = variable("IMAGIFY_TEST_S3_BUCKET"),
                       .region = std::string(kRegion),
                       .endpoint = variable("IMAGIFY_TEST_S3")},
        parts());
}

}  // namespace imagify::testing
