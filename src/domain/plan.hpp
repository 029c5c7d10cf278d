#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.hpp"

namespace imagify {

/// Something that can be bought: credits for money. The server's list is the only source of prices.
struct Plan {
    std::string id;
    std::string name;
    Credits credits;
    Vnd price;
};

/// The plans of an installation, in the order they are shown.
class PlanList {
public:
    explicit PlanList(std::vector<Plan> plans) : plans_(std::move(plans)) {}

    /// Basic 100 / 250,000 VND, Advanced 500 / 1,250,000, Business 5,000 / 6,250,000.
    static PlanList defaults();

    std::optional<Plan> find(std::string_view id) const;
    const std::vector<Plan>& all() const { return plans_; }

private:
    std::vector<Plan> plans_;
};

}  // namespace imagify
