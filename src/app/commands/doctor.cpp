#include <sys/statvfs.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/config.hpp"
#include "app/server_addresses.hpp"

namespace imagify {
namespace {

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

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

int doctor(const Overrides& flags) {
    auto reading = read_config(with_overrides(flags));
    const auto& config = reading.config;
    check_folder(config, reading.problems);
    const auto addresses = resolve_addresses(config);
    const bool development = config.mode == Mode::Development;
    std::printf("mode         %s\n", development ? "development" : "production");
    std::printf("listen       %s\n", config.listen.c_str());
    std::printf("public URL   %s\n", addresses.public_url.c_str());
    std::printf("data         %s\n", config.data.c_str());
    std::printf("painters     %s\n", joined(config.painters).c_str());
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
    command->footer(
        "Example:\n  IMAGIFY_MODE=production imagify doctor\n\n"
        "Shows no secret. Exit code 0: no problem; 1: problems, each with advice.");
    command->callback([flags, &exit_code] { exit_code = doctor(*flags); });
}

}  // namespace imagify
