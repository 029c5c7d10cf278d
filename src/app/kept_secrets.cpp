#include "app/kept_secrets.hpp"

#include "app/cloud_config.hpp"

namespace imagify {
namespace {

struct KeptSetting {
    const char* name;
    const char* reference;
};

constexpr KeptSetting kKept[] = {
    {"JWT_SECRET", "JWT_SECRET_ARN"},
    {"JWT_SECRET_PREVIOUS", "JWT_SECRET_PREVIOUS_ARN"},
    {"VNPAY_HASH_SECRET", "VNPAY_HASH_SECRET_ARN"},
    {"VNPAY_HASH_SECRET_PREVIOUS", "VNPAY_HASH_SECRET_PREVIOUS_ARN"},
    {"CLIPDROP_API", "CLIPDROP_API_SECRET_ARN"},
    {"COGNITO_CLIENT_SECRET", "COGNITO_CLIENT_SECRET_ARN"},
    {"REDIS_URL", "REDIS_URL_SECRET_ARN"},
    {"METRICS_TOKEN", "METRICS_TOKEN_SECRET_ARN"},
};

CloudConfig places_of(const Environment& environment) {
    SettingReader reader(environment);
    Config config;
    read_cloud(reader, config);
    return config.cloud;
}

}  // namespace

KeptSecrets::KeptSecrets(Environment environment) : environment_(std::move(environment)) {
    for (const auto& [name, reference] : kKept) {
        if (auto arn = environment_(reference)) references_[name] = std::move(*arn);
    }
    if (references_.empty()) return;
    places_ = places_of(environment_);
    credentials_ = std::make_unique<aws::CredentialChain>(places_.credentials, http_, clock_);
    manager_ = std::make_unique<secrets_manager::SecretsManager>(
        secrets_manager::SecretsSettings{.region = places_.region,
                                         .endpoint = places_.secrets_endpoint},
        aws::ServiceClient::Parts{
            .http = http_, .credentials = *credentials_, .clock = clock_, .random = random_});
}

KeptSecrets::~KeptSecrets() = default;

Task<Result<bool>> KeptSecrets::read() {
    auto values = values_;
    for (const auto& [name, reference] : references_) {
        const auto secret = co_await manager_->secret(reference);
        if (!secret) {
            auto error = secret.error();
            error.detail.insert(0, ": ")
                .insert(0, reference)
                .insert(0, " is kept as ")
                .insert(0, name);
            co_return std::unexpected(std::move(error));
        }
        values[name] = secret->reveal();
    }
    const bool changed = values != values_;
    values_ = std::move(values);
    co_return changed;
}

Environment KeptSecrets::environment() const {
    return [values = values_,
            rest = environment_](std::string_view name) -> std::optional<std::string> {
        if (const auto found = values.find(name); found != values.end()) return found->second;
        return rest(name);
    };
}

}  // namespace imagify
