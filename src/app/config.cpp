#include "app/config.hpp"

#include <charconv>

#include "app/plans_file.hpp"
#include "domain/prompt.hpp"

namespace imagify {
namespace {

constexpr std::size_t kSecretMinBytes = 32;
constexpr std::size_t kSellerMaxBytes = 200;
constexpr std::string_view kDevelopmentTmnCode = "IMAGIFY0";
constexpr std::string_view kDevelopmentHashSecret = "IMAGIFYDEVELOPMENTONLYSECRET0000";

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const auto comma = std::min(text.find(',', start), text.size());
        const auto part = trim(std::string_view(text).substr(start, comma - start));
        if (!part.empty()) parts.emplace_back(part);
        start = comma + 1;
    }
    return parts;
}

// Reads settings one by one and remembers what was wrong.
class Reader {
public:
    explicit Reader(const Environment& environment) : environment_(environment) {}

    void text(std::string_view name, std::string& target) {
        if (auto value = environment_(name)) target = std::move(*value);
    }

    void secret(std::string_view name, Secret& target) {
        if (auto value = environment_(name)) target = Secret(std::move(*value));
    }

    void list(std::string_view name, std::vector<std::string>& target) {
        if (const auto value = environment_(name)) target = split(*value);
    }

    template <class Number>
    void number(std::string_view name, Number low, Number high, Number& target) {
        const auto value = environment_(name);
        if (!value) return;
        Number parsed{};
        const auto* const end = value->data() + value->size();
        const auto [rest, error] = std::from_chars(value->data(), end, parsed);
        if (error == std::errc{} && rest == end && parsed >= low && parsed <= high) {
            target = parsed;
            return;
        }
        complain(name, "must be a whole number from " + std::to_string(low) + " to " +
                           std::to_string(high));
    }

    // Only one choice exists so far; another is refused, not ignored.
    void only(std::string_view name, std::string_view choice) {
        const auto value = environment_(name);
        if (value && *value != choice) {
            complain(name, "this build knows only '" + std::string(choice) + "'");
        }
    }

    void complain(std::string_view name, std::string advice) {
        problems.push_back({.setting = std::string(name), .advice = std::move(advice)});
    }

    std::optional<std::string> get(std::string_view name) const { return environment_(name); }

    std::vector<ConfigProblem> problems;

private:
    const Environment& environment_;
};

void read_mode(Reader& reader, Config& config) {
    const auto mode = reader.get("IMAGIFY_MODE").value_or("development");
    if (mode == "production") {
        config.mode = Mode::Production;
    } else if (mode != "development") {
        reader.complain("IMAGIFY_MODE", "must be 'development' or 'production'");
    }
    const auto level = reader.get("LOG_LEVEL").value_or("info");
    if (level == "debug") config.log_level = LogLevel::Debug;
    if (level == "warning") config.log_level = LogLevel::Warning;
    if (level == "error") config.log_level = LogLevel::Error;
    if (level != "debug" && level != "info" && level != "warning" && level != "error") {
        reader.complain("LOG_LEVEL", "must be 'debug', 'info', 'warning' or 'error'");
    }
}

void read_server(Reader& reader, Config& config) {
    reader.text("IMAGIFY_LISTEN", config.listen);
    if (!config.listen.contains(':')) {
        reader.complain("IMAGIFY_LISTEN", "is an address and a port, such as 127.0.0.1:8080");
    }
    std::string data = config.data.string();
    reader.text("IMAGIFY_DATA", data);
    config.data = data;
    reader.text("IMAGIFY_PUBLIC_URL", config.public_url);
    while (config.public_url.ends_with('/')) config.public_url.pop_back();
    reader.list("TRUSTED_PROXIES", config.trusted_proxies);
    reader.secret("METRICS_TOKEN", config.metrics_token);
    reader.number<std::size_t>("IO_THREADS", 1, 64, config.io_threads);
    reader.only("STORE", "sqlite");
    reader.only("BLOBS", "files");
    reader.only("IDENTITY", "local");
    reader.only("QUEUE", "in-process");
}

void read_product(Reader& reader, Config& config) {
    reader.secret("JWT_SECRET", config.jwt_secret);
    reader.number<std::int64_t>("SIGNUP_CREDITS", 0, 1'000, config.signup_credits.count);
    reader.text("SELLER_NAME", config.seller);
    if (config.seller.size() > kSellerMaxBytes) {
        reader.complain("SELLER_NAME", "has at most 200 bytes");
    }
    reader.secret("CLIPDROP_API", config.clipdrop_key);
    reader.text("CLIPDROP_URL", config.clipdrop_url);
    config.painters = {config.clipdrop_key.empty() ? "demo" : "clipdrop"};
    reader.list("PAINTERS", config.painters);
    if (config.painters.empty()) reader.complain("PAINTERS", "names no painter");
    for (const auto& painter : config.painters) {
        if (painter != "clipdrop" && painter != "demo") {
            reader.complain("PAINTERS", "knows 'clipdrop' and 'demo', not '" + painter + "'");
        }
        if (painter == "clipdrop" && config.clipdrop_key.empty()) {
            reader.complain("CLIPDROP_API", "is needed by the painter 'clipdrop'");
        }
    }
    if (const auto file = reader.get("PLANS_FILE")) {
        auto plans = read_plans_file(*file);
        if (plans) {
            config.plans = std::move(*plans);
        } else {
            reader.complain("PLANS_FILE", plans.error().detail);
        }
    }
}

void read_vnpay(Reader& reader, Config& config) {
    reader.text("VNPAY_TMN_CODE", config.vnpay_tmn_code);
    reader.secret("VNPAY_HASH_SECRET", config.vnpay_hash_secret);
    reader.secret("VNPAY_HASH_SECRET_PREVIOUS", config.vnpay_previous_hash_secret);
    reader.text("VNPAY_URL", config.vnpay_url);
    reader.text("VNPAY_API_URL", config.vnpay_api_url);
    reader.text("VNPAY_RETURN_URL", config.vnpay_return_url);
    const auto recovery = reader.get("RECOVERY_MODE").value_or("off");
    config.recovery = recovery == "on";
    if (recovery != "on" && recovery != "off") {
        reader.complain("RECOVERY_MODE", "must be 'on' or 'off'");
    }
    if (config.mode == Mode::Development) {
        if (config.vnpay_tmn_code.empty()) config.vnpay_tmn_code = kDevelopmentTmnCode;
        if (config.vnpay_hash_secret.empty()) {
            config.vnpay_hash_secret = Secret(std::string(kDevelopmentHashSecret));
        }
    }
}

void require(Reader& reader, bool present, std::string_view name, std::string_view advice) {
    if (!present) reader.complain(name, std::string(advice));
}

// A missing or well-known secret must not serve real customers.
void check_production(Reader& reader, const Config& config) {
    require(reader, config.public_url.starts_with("https://"), "IMAGIFY_PUBLIC_URL",
            "is needed in production and starts with https://");
    require(reader, config.jwt_secret.reveal().size() >= kSecretMinBytes, "JWT_SECRET",
            "is needed in production, at least 32 bytes: openssl rand -base64 48");
    require(reader,
            config.vnpay_tmn_code.size() == 8 && config.vnpay_tmn_code != kDevelopmentTmnCode,
            "VNPAY_TMN_CODE", "is needed in production: the 8 characters that VNPAY gave you");
    require(reader,
            !config.vnpay_hash_secret.empty() &&
                config.vnpay_hash_secret.reveal() != kDevelopmentHashSecret,
            "VNPAY_HASH_SECRET", "is needed in production: the secret that VNPAY gave you");
    require(reader, config.vnpay_previous_hash_secret.reveal() != kDevelopmentHashSecret,
            "VNPAY_HASH_SECRET_PREVIOUS", "is the development secret, which everybody knows");
    require(reader,
            config.vnpay_previous_hash_secret.empty() ||
                config.vnpay_previous_hash_secret.reveal() != config.vnpay_hash_secret.reveal(),
            "VNPAY_HASH_SECRET_PREVIOUS",
            "is the same as VNPAY_HASH_SECRET: put the new one there, or remove this");
    require(reader, !config.vnpay_url.empty(), "VNPAY_URL",
            "is needed in production: https://pay.vnpay.vn/vpcpay.html");
    require(reader, !config.vnpay_api_url.empty(), "VNPAY_API_URL",
            "is needed in production: "
            "https://merchant.vnpay.vn/merchant_webapi/api/transaction");
    require(reader, !config.clipdrop_key.empty() || reader.get("PAINTERS").has_value(),
            "CLIPDROP_API", "is needed in production, or say PAINTERS=demo");
}

}  // namespace

ConfigReading read_config(const Environment& environment) {
    Reader reader(environment);
    Config config;
    read_mode(reader, config);
    read_server(reader, config);
    read_product(reader, config);
    read_vnpay(reader, config);
    if (!config.jwt_secret.empty() && config.jwt_secret.reveal().size() < kSecretMinBytes &&
        config.mode == Mode::Development) {
        reader.complain("JWT_SECRET", "has fewer than 32 bytes: openssl rand -base64 48");
    }
    if (config.mode == Mode::Production) check_production(reader, config);
    return {.config = std::move(config), .problems = std::move(reader.problems)};
}

}  // namespace imagify
