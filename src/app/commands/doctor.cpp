#include <sys/statvfs.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "adapters/system/system_clock.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/doctor_cloud.hpp"
#include "app/commands/options.hpp"
#include "app/commands/run_task.hpp"
#include "app/config.hpp"
#include "app/mail_room.hpp"
#include "app/server_addresses.hpp"
#include "transport/beast/tls.hpp"

namespace imagify {
namespace {

constexpr std::chrono::days kRenewBefore{14};
/// Whether servers are asked as well.
enum class Network { Unused, Used };

constexpr std::uint64_t kFreeBytesWanted = std::uint64_t{1} << 30U;

// The nearest folder that exists: the data folder itself may still have to be made.
std::filesystem::path existing_part(std::filesystem::path folder) {
    folder = std::filesystem::absolute(folder);
    while (!std::filesystem::exists(folder) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    return folder;
}

void check_folder(const Config& config, std::vector<ConfigProblem>& problems) {
    const auto folder = existing_part(config.data);
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        problems.push_back({.setting = "IMAGIFY_DATA",
                            .advice = "cannot be written: give this user the folder " +
                                      folder.string() + ", or name another"});
        return;
    }
    struct statvfs space{};
    if (::statvfs(folder.c_str(), &space) == 0 &&
        std::uint64_t{space.f_bavail} * space.f_frsize < kFreeBytesWanted) {
        problems.push_back(
            {.setting = "IMAGIFY_DATA",
             .advice = "has less than 1 GiB free: about 600 pictures fit into that"});
    }
}

void check_tls(const Config& config, std::vector<ConfigProblem>& problems) {
    if (config.tls_certificate.empty() || config.tls_key.empty()) return;
    const auto facts = http::inspect_tls_files({config.tls_certificate, config.tls_key});
    if (!facts) {
        const bool about_key = facts.error().detail.contains(config.tls_key.string());
        problems.push_back({.setting = about_key ? "TLS_KEY" : "TLS_CERT",
                            .advice = "does not work: " + facts.error().detail});
        return;
    }
    const auto now = std::chrono::system_clock::now();
    const auto left = std::chrono::floor<std::chrono::days>(facts->valid_until - now);
    std::printf("TLS          %s, for %d more days\n", config.tls_certificate.c_str(),
                static_cast<int>(left.count()));
    if (now < facts->valid_from) {
        problems.push_back(
            {.setting = "TLS_CERT", .advice = "is not valid yet: look at this machine's clock"});
    }
    if (left < kRenewBefore) {
        problems.push_back(
            {.setting = "TLS_CERT",
             .advice = std::string(left.count() < 0 ? "has expired" : "expires within two weeks") +
                       ": get a new one, then send the server SIGHUP"});
    }
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

std::string mail_text(const Config& config) {
    if (config.mail == MailWay::Ses) return "Amazon SES, from " + config.mail_from.address;
    if (config.mail == MailWay::Folder) return "kept in " + (config.data / "mail").string();
    const auto& server = config.smtp;
    const bool is_v6 = server.host.contains(':');
    return std::string(server.tls == SmtpTls::Implicit ? "smtps://" : "smtp://") +
           (is_v6 ? "[" + server.host + "]" : server.host) + ":" + std::to_string(server.port) +
           (server.user.empty() ? ", no log-in" : ", with log-in") + ", from " +
           config.mail_from.address;
}

void check_mail(const Config& config, Network network, std::vector<ConfigProblem>& problems) {
    if (!config.smtp_ca_file.empty() && ::access(config.smtp_ca_file.c_str(), R_OK) != 0) {
        problems.push_back({.setting = "SMTP_CA_FILE", .advice = "names no file that can be read"});
    }
    if (network == Network::Unused || config.mail != MailWay::Smtp || config.smtp.host.empty()) {
        return;
    }
    const SystemClock clock;
    SmtpMailer mailer(
        {.server = config.smtp, .from = config.mail_from, .ca_file = config.smtp_ca_file}, clock);
    const auto reached = run_task(mailer.check());
    if (!reached) problems.push_back({.setting = "SMTP_URL", .advice = reached.error().detail});
}

int doctor(const Overrides& flags, Network network) {
    const auto settings = open_settings(flags);
    if (!settings) return kExitProblem;
    auto reading = read_config(settings->environment());
    const auto& config = reading.config;
    check_folder(config, reading.problems);
    check_mail(config, network, reading.problems);
    const auto addresses = resolve_addresses(config);
    const bool development = config.mode == Mode::Development;
    std::printf("mode         %s\n", development ? "development" : "production");
    std::printf("listen       %s\n", config.listen.c_str());
    std::printf("public URL   %s\n", addresses.public_url.c_str());
    std::printf("data         %s\n", config.data.c_str());
    std::printf("store        %s\n", store_text(config).c_str());
    std::printf("pictures     %s\n", blobs_text(config).c_str());
    if (network == Network::Used) check_cloud(config, reading.problems);
    check_tls(config, reading.problems);
    if (!config.trusted_proxies.empty()) {
        std::printf("proxies      %s (believed about addresses and HTTPS)\n",
                    joined(config.trusted_proxies).c_str());
    }
    if (!config.cors_origins.empty()) {
        std::printf("other sites  %s (may call the API)\n", joined(config.cors_origins).c_str());
    }
    std::printf("painters     %s\n", joined(config.painters).c_str());
    std::printf("mail         %s\n", mail_text(config).c_str());
    std::printf("VNPAY        %s\n", addresses.vnpay_url.c_str());
    std::printf("VNPAY API    %s\n", addresses.vnpay_api_url.c_str());
    if (!config.vnpay_previous_hash_secret.empty()) {
        std::printf(
            "VNPAY secret two: the previous one still counts on what comes in; "
            "remove it once VNPAY signs with the new one\n");
    }
    std::printf("return URL   %s\n", addresses.vnpay_return_url.c_str());
    std::printf("IPN URL      %s/payment/vnpay-ipn (enter it in VNPAY's portal)\n",
                addresses.public_url.c_str());
    for (const auto& problem : reading.problems) {
        std::printf("PROBLEM      %s %s\n", problem.setting.c_str(), problem.advice.c_str());
    }
    if (reading.problems.empty()) std::printf("No problems found.\n");
    return reading.problems.empty() ? kExitDone : kExitProblem;
}

}  // namespace

void add_doctor(CLI::App& program, int& exit_code) {
    auto* command =
        program.add_subcommand("doctor", "Check the settings and say what is wrong with them");
    auto flags = std::make_shared<Overrides>();
    command->add_option("--listen", (*flags)["IMAGIFY_LISTEN"], "As for serve");
    command->add_option("--data", (*flags)["IMAGIFY_DATA"], "As for serve");
    command->add_option("--mode", (*flags)["IMAGIFY_MODE"], "As for serve");
    command->add_option("--public-url", (*flags)["IMAGIFY_PUBLIC_URL"], "As for serve");
    command->add_option("--tls-cert", (*flags)["TLS_CERT"], "As for serve");
    command->add_option("--tls-key", (*flags)["TLS_KEY"], "As for serve");
    auto online = std::make_shared<bool>(false);
    command->add_flag("--online", *online,
                      "Also ask mail server, tables, bucket, queue and Redis; sends nothing");
    command->footer(
        "Example:\n  IMAGIFY_MODE=production imagify doctor --online\n\n"
        "Shows no secret. Exit code 0: no problem; 1: problems, each with advice.");
    command->callback([flags, online, &exit_code] {
        exit_code = doctor(*flags, *online ? Network::Used : Network::Unused);
    });
}

}  // namespace imagify
