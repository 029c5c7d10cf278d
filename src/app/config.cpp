#include "app/config.hpp"

#include "app/cloud_config.hpp"
#include "app/plans_file.hpp"
#include "app/setting_reader.hpp"
#include "domain/prompt.hpp"
#include "transport/beast/networks.hpp"
#include "transport/http/cors.hpp"

namespace imagify {
namespace {

constexpr std::size_t kSecretMinBytes = 32;
constexpr std::size_t kSellerMaxBytes = 200;
constexpr std::string_view kDevelopmentTmnCode = "IMAGIFY0";
// Of letters that go nowhere.
constexpr std::string_view kFolderSender = "no-reply@imagify.example";
constexpr std::string_view kDevelopmentHashSecret = "IMAGIFYDEVELOPMENTONLYSECRET0000";

void read_mode(SettingReader& reader, Config& config) {
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

// What stands between us and the customer.
void read_edge(SettingReader& reader, Config& config) {
    reader.list("TRUSTED_PROXIES", config.trusted_proxies);
    for (const auto& network : config.trusted_proxies) {
        if (!http::Networks::parses(network)) {
            reader.complain("TRUSTED_PROXIES", "has '" + network +
                                                   "', which is neither an address nor a network "
                                                   "such as 10.0.0.0/8");
        }
    }
    std::string certificate;
    std::string key;
    reader.text("TLS_CERT", certificate);
    reader.text("TLS_KEY", key);
    if (certificate.empty() != key.empty()) {
        reader.complain(certificate.empty() ? "TLS_CERT" : "TLS_KEY",
                        "is missing: a certificate and its key come together");
    }
    config.tls_certificate = certificate;
    config.tls_key = key;
    reader.list("CORS_ORIGINS", config.cors_origins);
    for (const auto& origin : config.cors_origins) {
        if (!http::is_origin(origin)) {
            reader.complain("CORS_ORIGINS", "has '" + origin +
                                                "', which is no origin such as "
                                                "https://shop.example (no path, no *)");
        }
    }
}

void read_server(SettingReader& reader, Config& config) {
    reader.text("IMAGIFY_LISTEN", config.listen);
    if (!config.listen.contains(':')) {
        reader.complain("IMAGIFY_LISTEN", "is an address and a port, such as 127.0.0.1:8080");
    }
    std::string data = config.data.string();
    reader.text("IMAGIFY_DATA", data);
    config.data = data;
    reader.text("IMAGIFY_PUBLIC_URL", config.public_url);
    while (config.public_url.ends_with('/')) config.public_url.pop_back();
    read_edge(reader, config);
    reader.secret("METRICS_TOKEN", config.metrics_token);
    reader.number<std::size_t>("IO_THREADS", 1, 64, config.io_threads);
}

// The function that serves /image may leave the painting to another; it then only names painters.
bool paints(const Config& config) {
    return config.routes == RouteGroup::All || config.routes == RouteGroup::Worker ||
           (config.routes == RouteGroup::Image && config.queue == QueueKind::InProcess);
}

void check_previous_jwt_secret(SettingReader& reader, const Config& config) {
    const auto& previous = config.jwt_previous_secret.reveal();
    if (previous.empty()) return;
    if (previous.size() < kSecretMinBytes) {
        reader.complain("JWT_SECRET_PREVIOUS", "has fewer than 32 bytes");
    }
    if (previous == config.jwt_secret.reveal()) {
        reader.complain("JWT_SECRET_PREVIOUS",
                        "is the same as JWT_SECRET: put the new one there, or remove this");
    }
}

void read_product(SettingReader& reader, Config& config) {
    reader.secret("JWT_SECRET", config.jwt_secret);
    reader.secret("JWT_SECRET_PREVIOUS", config.jwt_previous_secret);
    check_previous_jwt_secret(reader, config);
    reader.number<std::int64_t>("SIGNUP_CREDITS", 0, 1'000, config.signup_credits.count);
    const bool production = config.mode == Mode::Production;
    const auto gift =
        reader.get("SIGNUP_GIFT").value_or(production ? "verification" : "registration");
    config.gift_time = gift == "verification" ? GiftTime::Verification : GiftTime::Registration;
    if (gift != "verification" && gift != "registration") {
        reader.complain("SIGNUP_GIFT", "must be 'verification' or 'registration'");
    }
    reader.text("SELLER_NAME", config.seller);
    if (config.seller.size() > kSellerMaxBytes) {
        reader.complain("SELLER_NAME", "has at most 200 bytes");
    }
    reader.secret("CLIPDROP_API", config.clipdrop_key);
    reader.text("CLIPDROP_URL", config.clipdrop_url);
    reader.number<std::size_t>("CLIPDROP_CALLS_PER_MINUTE", 1, 100'000,
                               config.clipdrop_calls_per_minute);
    config.painters = {config.clipdrop_key.empty() ? "demo" : "clipdrop"};
    reader.list("PAINTERS", config.painters);
    if (config.painters.empty()) reader.complain("PAINTERS", "names no painter");
    for (const auto& painter : config.painters) {
        if (painter != "clipdrop" && painter != "demo") {
            reader.complain("PAINTERS", "knows 'clipdrop' and 'demo', not '" + painter + "'");
        }
        if (painter == "clipdrop" && config.clipdrop_key.empty() && paints(config)) {
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

void read_vnpay(SettingReader& reader, Config& config) {
    reader.text("VNPAY_TMN_CODE", config.vnpay_tmn_code);
    reader.secret("VNPAY_HASH_SECRET", config.vnpay_hash_secret);
    reader.secret("VNPAY_HASH_SECRET_PREVIOUS", config.vnpay_previous_hash_secret);
    reader.text("VNPAY_URL", config.vnpay_url);
    reader.text("VNPAY_API_URL", config.vnpay_api_url);
    reader.text("VNPAY_RETURN_URL", config.vnpay_return_url);
    reader.text("VNPAY_IPN_URL", config.vnpay_ipn_url);
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

void read_backup(SettingReader& reader, Config& config) {
    if (const auto to = reader.get("BACKUP_TO")) config.backup_to = *to;
    if (!config.backup_to.empty() &&
        (config.store != StoreKind::Sqlite || config.blobs != BlobKind::Files)) {
        reader.complain("BACKUP_TO", "is for data in a folder: AWS keeps its own backups");
    }
    reader.number("BACKUP_EVERY_MINUTES", 1, 60 * 24 * 7, config.backup_every_minutes);
    reader.number<std::size_t>("BACKUP_KEEP", 1, 100'000, config.backup_keep);
    const auto continuous = reader.get("BACKUP_CONTINUOUS").value_or("on");
    config.backup_continuous = continuous == "on";
    if (continuous != "on" && continuous != "off") {
        reader.complain("BACKUP_CONTINUOUS", "must be 'on' or 'off'");
    }
}

void read_mail(SettingReader& reader, Config& config) {
    const bool production = config.mode == Mode::Production;
    const auto way = reader.get("MAIL").value_or(production ? "smtp" : "folder");
    if (way == "smtp") {
        config.mail = MailWay::Smtp;
    } else if (way == "ses") {
        config.mail = MailWay::Ses;
    } else if (way != "folder") {
        reader.complain("MAIL", "must be 'folder', 'smtp' or 'ses'");
    } else if (production) {
        reader.complain("MAIL",
                        "'folder' sends nothing: production needs 'smtp' or 'ses', or nobody can "
                        "verify an address or reset a password");
    }
    if (const auto url = reader.get("SMTP_URL")) {
        auto server = parse_smtp_url(*url);
        if (server) {
            config.smtp = std::move(*server);
        } else {
            reader.complain("SMTP_URL", server.error().detail);
        }
    } else if (config.mail == MailWay::Smtp) {
        reader.complain("SMTP_URL",
                        "is needed to send mail: smtps://user:password@mail.example.com:465");
    }
    reader.text("SMTP_CA_FILE", config.smtp_ca_file);
    config.mail_from = parse_mailbox(config.seller + " <" + std::string(kFolderSender) + ">")
                           .value_or(Mailbox{.name = {}, .address = std::string(kFolderSender)});
    if (const auto from = reader.get("MAIL_FROM")) {
        auto mailbox = parse_mailbox(*from);
        if (mailbox) {
            config.mail_from = std::move(*mailbox);
        } else {
            reader.complain("MAIL_FROM",
                            "is a name and an address: Imagify <no-reply@example.com>");
        }
    } else if (config.mail != MailWay::Folder) {
        reader.complain("MAIL_FROM", "is needed to send mail: Imagify <no-reply@example.com>");
    }
}

// Functions that never talk to VNPAY do without its secret: what is not there cannot be stolen.
bool talks_to_vnpay(const Config& config) {
    return config.routes == RouteGroup::All || config.routes == RouteGroup::Payment ||
           config.routes == RouteGroup::Scheduler;
}

void check_vnpay(SettingReader& reader, const Config& config) {
    reader.require(
        config.vnpay_tmn_code.size() == 8 && config.vnpay_tmn_code != kDevelopmentTmnCode,
        "VNPAY_TMN_CODE", "is needed in production: the 8 characters that VNPAY gave you");
    reader.require(!config.vnpay_hash_secret.empty() &&
                       config.vnpay_hash_secret.reveal() != kDevelopmentHashSecret,
                   "VNPAY_HASH_SECRET", "is needed in production: the secret that VNPAY gave you");
    reader.require(config.vnpay_previous_hash_secret.reveal() != kDevelopmentHashSecret,
                   "VNPAY_HASH_SECRET_PREVIOUS",
                   "is the development secret, which everybody knows");
    reader.require(
        config.vnpay_previous_hash_secret.empty() ||
            config.vnpay_previous_hash_secret.reveal() != config.vnpay_hash_secret.reveal(),
        "VNPAY_HASH_SECRET_PREVIOUS",
        "is the same as VNPAY_HASH_SECRET: put the new one there, or remove this");
    reader.require(!config.vnpay_url.empty(), "VNPAY_URL",
                   "is needed in production: https://pay.vnpay.vn/vpcpay.html");
    reader.require(!config.vnpay_api_url.empty(), "VNPAY_API_URL",
                   "is needed in production: "
                   "https://merchant.vnpay.vn/merchant_webapi/api/transaction");
}

// A missing or well-known secret must not serve real customers.
void check_production(SettingReader& reader, const Config& config) {
    reader.require(config.public_url.starts_with("https://"), "IMAGIFY_PUBLIC_URL",
                   "is needed in production and starts with https://");
    reader.require(!signs(config) || config.jwt_secret.reveal().size() >= kSecretMinBytes,
                   "JWT_SECRET",
                   "is needed in production, at least 32 bytes: openssl rand -base64 48");
    if (talks_to_vnpay(config)) check_vnpay(reader, config);
    reader.require(
        !paints(config) || !config.clipdrop_key.empty() || reader.get("PAINTERS").has_value(),
        "CLIPDROP_API", "is needed in production, or say PAINTERS=demo");
}

}  // namespace

ConfigReading read_config(const Environment& environment) {
    SettingReader reader(environment);
    Config config;
    read_mode(reader, config);
    read_server(reader, config);
    read_cloud(reader, config);
    read_product(reader, config);
    read_vnpay(reader, config);
    read_mail(reader, config);
    read_backup(reader, config);
    if (!config.jwt_secret.empty() && config.jwt_secret.reveal().size() < kSecretMinBytes &&
        config.mode == Mode::Development) {
        reader.complain("JWT_SECRET", "has fewer than 32 bytes: openssl rand -base64 48");
    }
    if (config.mode == Mode::Production) check_production(reader, config);
    return {.config = std::move(config), .problems = std::move(reader.problems)};
}

}  // namespace imagify
