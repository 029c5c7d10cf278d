#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "app/config.hpp"
#include "app/plans_file.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace imagify::fuzz {
namespace {

std::string written(const PlanList& plans) {
    boost::json::array items;
    for (const auto& plan : plans.all()) {
        items.push_back({{"id", plan.id},
                         {"name", plan.name},
                         {"credits", plan.credits.count},
                         {"amountVnd", plan.price.amount}});
    }
    return boost::json::serialize(items);
}

void check_production(const Config& config) {
    require(config.public_url.starts_with("https://"), "TLS in production");
    require(config.jwt_secret.reveal().size() >= 32, "a long secret in production");
    require(config.vnpay_tmn_code.size() == 8, "a terminal in production");
    require(!config.vnpay_hash_secret.empty(), "VNPAY's secret in production");
    require(config.vnpay_hash_secret.reveal() != config.vnpay_previous_hash_secret.reveal(),
            "two secrets of VNPAY");
    require(!config.vnpay_hash_secret.reveal().starts_with("IMAGIFYDEVELOPMENT"),
            "no secret that everybody knows");
}

}  // namespace

void read_plans(std::string_view input) {
    const auto plans = parse_plans(input);
    if (!plans) {
        require(!plans.error().detail.empty(), "it says what is wrong");
        return;
    }
    require(!plans->all().empty() && plans->all().size() <= kPlansMax, "1 to 20 plans");
    for (const auto& plan : plans->all()) {
        require(plan.credits.count >= 1 && plan.credits.count <= 1'000'000, "credits in bounds");
        require(plan.price.amount >= 5'000 && plan.price.amount <= 999'999'999, "price in bounds");
        require(plans->find(plan.id)->name == plan.name, "an id names one plan");
    }
    const auto text = written(*plans);
    const auto again = parse_plans(text);
    require(again && written(*again) == text, "read again, it is the same");
}

void read_settings(std::string_view input) {
    std::map<std::string, std::string, std::less<>> variables;
    while (!input.empty()) {
        const auto line = take_line(input);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || line.contains('\0')) continue;
        variables.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    variables.erase("PLANS_FILE");
    const auto [config, problems] =
        read_config([&](std::string_view name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            if (found == variables.end() || found->second.empty()) return std::nullopt;
            return found->second;
        });
    for (const auto& problem : problems) {
        require(!problem.setting.empty() && !problem.advice.empty(), "what to do about it");
    }
    if (!problems.empty()) return;
    require(config.io_threads <= 64, "at most 64 threads");
    require(config.signup_credits.count >= 0 && config.signup_credits.count <= 1'000,
            "at most 1000 credits as a gift");
    require(!config.painters.empty(), "a painter");
    require(config.listen.contains(':'), "an address and a port");
    require(config.seller.size() <= 200, "a short name");
    require(config.jwt_secret.empty() || config.jwt_secret.reveal().size() >= 32, "a long secret");
    const auto& previous = config.jwt_previous_secret.reveal();
    require(previous.empty() || (previous.size() >= 32 && previous != config.jwt_secret.reveal()),
            "another long secret");
    require(std::ranges::none_of(config.trusted_proxies, &std::string::empty), "no empty network");
    if (config.mode == Mode::Production) check_production(config);
}

}  // namespace imagify::fuzz
