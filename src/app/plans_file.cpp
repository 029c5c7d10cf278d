#include "app/plans_file.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "base/mutant.hpp"

namespace imagify {
namespace {

namespace json = boost::json;

constexpr std::int64_t kCreditsMax = 1'000'000;

std::unexpected<Error> invalid(std::string why) {
    return fail(ErrorKind::Invalid, "plans.invalid", std::move(why));
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

Result<Plan> parse_plan(const json::value& value, std::size_t number) {
    const auto where = "plan " + std::to_string(number) + ": ";
    const auto* const plan = value.if_object();
    if (plan == nullptr) return invalid(where + "is not an object");
    const auto text = [plan](std::string_view name) -> std::string {
        const auto* const member = plan->if_contains(name);
        const auto* const found = member == nullptr ? nullptr : member->if_string();
        return found == nullptr ? std::string() : std::string(*found);
    };
    const auto number_of = [plan](std::string_view name) -> std::int64_t {
        const auto* const member = plan->if_contains(name);
        const auto* const found = member == nullptr ? nullptr : member->if_int64();
        return found == nullptr ? 0 : *found;
    };
    Plan parsed{.id = text("id"),
                .name = text("name"),
                .credits = {number_of("credits")},
                .price = {number_of("amountVnd")}};
    if (!is_id(parsed.id)) return invalid(where + "'id' is 1 to 32 of a-z, 0-9 and -");
    if (parsed.name.empty() || parsed.name.size() > 80) {
        return invalid(where + "'name' has 1 to 80 bytes");
    }
    if (parsed.credits.count < 1 ||
        parsed.credits.count > kCreditsMax + (MUTANT("parse.plan_credits") ? 1 : 0)) {
        return invalid(where + "'credits' is a whole number from 1 to 1000000");
    }
    if (parsed.price < kMinPayment || parsed.price > kMaxPayment) {
        return invalid(where + "'amountVnd' is a whole number from 5000 to 999999999");
    }
    return parsed;
}

}  // namespace

Result<PlanList> parse_plans(std::string_view text) {
    if (text.size() > kPlansFileMaxBytes) return invalid("is over 64 KiB");
    json::error_code failed;
    const auto value = json::parse(text, failed);
    if (failed) return invalid("is not JSON: " + failed.message());
    const auto* const array = value.if_array();
    if (array == nullptr || array->empty() || array->size() > kPlansMax) {
        return invalid("must be an array of 1 to 20 plans");
    }
    std::vector<Plan> plans;
    for (const auto& item : *array) {
        auto plan = parse_plan(item, plans.size() + 1);
        if (!plan) return std::unexpected(plan.error());
        if (std::ranges::find(plans, plan->id, &Plan::id) != plans.end()) {
            return invalid("two plans have the id '" + plan->id + "'");
        }
        plans.push_back(std::move(*plan));
    }
    return PlanList(std::move(plans));
}

Result<PlanList> read_plans_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return invalid("cannot read " + file.string());
    std::ostringstream text;
    text << stream.rdbuf();
    auto plans = parse_plans(text.str());
    if (!plans) plans.error().detail = file.string() + " " + plans.error().detail;
    return plans;
}

}  // namespace imagify
