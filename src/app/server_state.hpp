#pragma once

#include <atomic>
#include <boost/asio/signal_set.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/local_identity/argon2_hasher.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "app/backend.hpp"
#include "app/backup/log_shipper.hpp"
#include "app/mail_room.hpp"
#include "app/metrics.hpp"
#include "app/server.hpp"
#include "app/service_manager.hpp"
#include "app/shared_limits.hpp"
#include "sandbox/developer_pages.hpp"
#include "sandbox/mailbox.hpp"
#include "sandbox/vnpay_simulator.hpp"
#include "transport/beast/beast_server.hpp"
#include "transport/beast/static_assets.hpp"
#include "transport/http/api.hpp"
#include "usecases/deliver_mail.hpp"

namespace imagify {

inline constexpr std::size_t kHashQueue = 32;
inline constexpr std::size_t kPaintQueue = 256;
inline constexpr std::size_t kFileQueue = 1'024;

inline std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

/// What a server is made of: wired in server.cpp; what it does in the background is in
/// server_upkeep.cpp, its backups in server_backups.cpp, what it tells at /metrics in
/// server_metrics.cpp.
struct Server::State {
    explicit State(Config settings) : config(std::move(settings)) {}

    Result<void> open();
    void build();
    http::Api::Parts api_parts();
    void build_sandbox(const std::string& notice_url);
    http::ServerConfig server_config();
    std::string metrics_text() const;
    Task<void> count_figures();
    Task<void> keep_figures();
    void spawn(Task<void> work) const;
    Task<void> tend_holds() const;
    Task<void> work_off_queue();
    Task<bool> backup_is_due();
    Task<void> back_up();
    Task<void> ship_log();
    void start_backups();
    void start_shipping();
    void finish_shipping();
    Task<void> watch_secrets();
    Task<void> stop_on_signal(std::unique_ptr<boost::asio::signal_set> signals);
    Task<void> reload_on_signal(std::unique_ptr<boost::asio::signal_set> signals) const;
    Task<void> attempt(std::function<Task<void>()> work);
    Task<void> repeat(std::chrono::milliseconds pause, std::function<Task<void>()> work);
    void beat_first() const;
    void start_background();

    Config config;
    std::unique_ptr<KeptSecrets> secrets;
    ServiceManager service_manager{process_environment()};
    SystemClock clock;
    SystemRandom random;
    Worker hash_worker{cores(), kHashQueue};
    Worker paint_worker{cores(), kPaintQueue};
    Worker file_worker{2, kFileQueue};
    /// Only where backups are made.
    std::optional<Worker> backup_worker;
    /// Unix time in seconds of the last whole backup, of an earlier process too; 0: none.
    std::atomic<std::int64_t> backup_time{0};
    /// Only where changes are shipped between backups.
    std::optional<Worker> ship_worker;
    /// Unix time in seconds until which everything is there; 0: it is not.
    std::atomic<std::int64_t> shipped_time{0};
    std::unique_ptr<BeastHttpClient> http_client;
    std::optional<Cloud> cloud;
    Storage storage;
    std::optional<LogShipper> shipper;
    SharedLimits shared_limits;
    std::unique_ptr<WorkQueue> shared_queue;
    std::unique_ptr<IdentityProvider> identity;
    std::unique_ptr<sqs::SqsPoller> poller;
    Metrics metrics;
    mutable std::mutex figures_mutex;
    /// As last counted; empty before that.
    std::vector<MetricValue> figures;
    std::atomic<bool> draining{false};
    std::unique_ptr<Argon2Hasher> hasher;
    std::unique_ptr<VnpayGateway> gateway;
    std::vector<std::unique_ptr<Painter>> painters;
    std::unique_ptr<Backend> backend;
    std::optional<http::StaticAssets> assets;
    http::Router router;
    MailRoom mail_room;
    std::unique_ptr<DeliverMail> deliver_mail;
    /// Only in development.
    std::unique_ptr<sandbox::VnpaySimulator> simulator;
    std::unique_ptr<sandbox::Mailbox> mailbox;
    std::unique_ptr<sandbox::DeveloperPages> developer_pages;
    std::unique_ptr<http::Api> api;
    /// Destroyed first, after every thread that could resume one of its coroutines has ended.
    std::unique_ptr<http::BeastServer> server;
};

}  // namespace imagify
