#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/environment.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "domain/plan.hpp"

namespace imagify {

enum class Mode { Development, Production };

/// Everything that can be set, checked and with its defaults filled in.
struct Config {
    Mode mode = Mode::Development;
    std::string listen = "127.0.0.1:8080";
    std::filesystem::path data = "data";
    /// Where customers reach us; empty in development until the port is known.
    std::string public_url;
    /// Empty in development: a random one is kept in the data folder.
    Secret jwt_secret;
    Secret clipdrop_key;
    std::string clipdrop_url = "https://clipdrop-api.co";
    /// Painter ids, best first.
    std::vector<std::string> painters;
    std::string vnpay_tmn_code;
    Secret vnpay_hash_secret;
    Secret vnpay_previous_hash_secret;
    /// Empty in development: the simulator's.
    std::string vnpay_url;
    std::string vnpay_api_url;
    std::string vnpay_return_url;
    /// After restoring an old backup: orders it does not know are made again from signed messages.
    bool recovery = false;
    /// Who sells, on receipts.
    std::string seller = "Imagify";
    Credits signup_credits{5};
    PlanList plans = PlanList::defaults();
    std::vector<std::string> trusted_proxies;
    Secret metrics_token;
    LogLevel log_level = LogLevel::Info;
    std::size_t io_threads = 0;
};

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
