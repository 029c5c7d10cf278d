#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "adapters/aws/aws_environment.hpp"
#include "adapters/mime/mailbox.hpp"
#include "adapters/redis/redis_url.hpp"
#include "adapters/smtp/smtp_url.hpp"
#include "app/environment.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "domain/plan.hpp"
#include "usecases/register_account.hpp"

namespace imagify {

enum class Mode { Development, Production };

/// How letters leave.
enum class MailWay {
    Folder,  ///< They stay in the data folder; development shows them.
    Smtp,
    Ses,  ///< Amazon SES.
};

enum class StoreKind { Sqlite, DynamoDb };
enum class BlobKind { Files, S3 };
enum class QueueKind { InProcess, Sqs };
enum class IdentityKind { Local, Cognito };
enum class LimitsKind { Memory, Store, Redis };

/// AWS services, or servers that speak like them. Empty endpoints: the region's own.
struct CloudConfig {
    std::string region = "ap-southeast-1";
    std::string users_table = "imagify-users";
    std::string transactions_table = "imagify-transactions";
    std::string images_table = "imagify-images";
    std::string images_bucket;
    /// Pictures are fetched from the bucket by URLs that end soon.
    bool presign_pictures = false;
    std::string queue_url;
    std::string user_pool_id;
    std::string user_pool_client_id;
    Secret user_pool_client_secret;
    std::string dynamodb_endpoint;
    std::string s3_endpoint;
    std::string sqs_endpoint;
    std::string ses_endpoint;
    std::string cognito_endpoint;
    std::string secrets_endpoint;
    aws::AwsEnvironment credentials;
};

/// Which route groups a Lambda function serves.
enum class RouteGroup { All, Auth, Image, Payment, Worker, Scheduler };

/// Everything that can be set, checked and with its defaults filled in.
struct Config {
    Mode mode = Mode::Development;
    std::string listen = "127.0.0.1:8080";
    std::filesystem::path data = "data";
    /// Where customers reach us; empty in development until the port is known.
    std::string public_url;
    /// Empty in development: a random one is kept in the data folder.
    Secret jwt_secret;
    /// Sessions that it signed are still believed.
    Secret jwt_previous_secret;
    Secret clipdrop_key;
    std::string clipdrop_url = "https://clipdrop-api.co";
    /// Each process counts its own.
    std::size_t clipdrop_calls_per_minute = 60;
    /// Painter ids, best first.
    std::vector<std::string> painters;
    std::string vnpay_tmn_code;
    Secret vnpay_hash_secret;
    Secret vnpay_previous_hash_secret;
    /// Empty in development: the simulator's.
    std::string vnpay_url;
    std::string vnpay_api_url;
    std::string vnpay_return_url;
    /// Where the simulator of development sends its notices; empty: here.
    std::string vnpay_ipn_url;
    /// After restoring an old backup: orders it does not know are made again from signed messages.
    bool recovery = false;
    /// Who sells, on receipts.
    std::string seller = "Imagify";
    MailWay mail = MailWay::Folder;
    /// With MailWay::Smtp.
    SmtpServer smtp;
    std::string smtp_ca_file;
    Mailbox mail_from;
    Credits signup_credits{5};
    /// Production waits until the address is verified.
    GiftTime gift_time = GiftTime::Registration;
    PlanList plans = PlanList::defaults();
    std::vector<std::string> trusted_proxies;
    /// PEM files; both empty: HTTP in the clear.
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    /// Other sites whose pages may call the API: "https://shop.example".
    std::vector<std::string> cors_origins;
    Secret metrics_token;
    /// Where `serve` keeps backups of the data folder; empty: it makes none.
    std::filesystem::path backup_to;
    int backup_every_minutes = 24 * 60;
    std::size_t backup_keep = 14;
    /// Whether what is written between backups goes there too.
    bool backup_continuous = true;
    bool ships_log() const { return !backup_to.empty() && backup_continuous; }
    StoreKind store = StoreKind::Sqlite;
    BlobKind blobs = BlobKind::Files;
    QueueKind queue = QueueKind::InProcess;
    IdentityKind identity = IdentityKind::Local;
    LimitsKind limits = LimitsKind::Memory;
    redis::RedisServer redis;
    CloudConfig cloud;
    RouteGroup routes = RouteGroup::All;
    LogLevel log_level = LogLevel::Info;
    std::size_t io_threads = 0;
};

/// Does this process sign or check what customers hold? A function that only paints does not.
inline bool signs(const Config& config) { return config.routes != RouteGroup::Worker; }

/// Something that is wrong with the settings, and what to do about it.
struct ConfigProblem {
    std::string setting;
    std::string advice;
};

/// A configuration, usable when there are no problems.
struct ConfigReading {
    Config config;
    std::vector<ConfigProblem> problems;
};

/// Reads the settings (names: README, "Configuration"). Reads nothing else but the plans file.
ConfigReading read_config(const Environment& environment);

}  // namespace imagify
