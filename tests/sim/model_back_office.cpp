#include <algorithm>

#include "sim/model.hpp"

namespace imagify::sim {

// What operators do: refunds, settled reviews, grants.
void Model::check_back_office(const Books& now) {
    for (const auto& [id, row] : now.refunds) check_refund(id, row);
    for (const auto& [id, row] : books_.refunds) {
        env_.expect(now.refunds.contains(id), "I8 nothing is forgotten", words("refund ", id));
    }
    for (const auto& [id, row] : now.reviews) check_review(id, row);
    for (const auto& entry : now.ledger) {
        const auto grant = grants_.find(entry.ref);
        if (entry.kind == "grant" && grant != grants_.end()) {
            due_.try_emplace({"grant", entry.ref}, grant->second);
        }
    }
}

bool Model::decided(const std::string& order, const std::string& action) const {
    return std::ranges::any_of(books_.reviews, [&](const auto& review) {
        return review.second.order == order && decisions_.contains({review.first, action});
    });
}

void Model::check_review(std::int64_t id, const ReviewRow& row) {
    const auto before = books_.reviews.find(id);
    const auto resolution = before == books_.reviews.end() ? "" : before->second.resolution;
    if (row.resolution == resolution) return;
    env_.coverage.count(words("review: ", row.resolution));
    env_.expect(resolution.empty() && decisions_.contains({id, row.resolution}), "review edge",
                words(row.reason, " of ", row.order, ": ", resolution, " -> ", row.resolution));
    if (row.resolution == "approve" && row.reason == "paid_twice") {
        const auto& order = books_.orders.at(row.order);
        if (gone_.contains(order.user)) paid_late_.insert(order.user);
        due_.try_emplace({"adjust", words("review:", id)},
                         Charge{.user = order.user, .delta = order.credits});
    }
}

void Model::check_refund(const std::string& id, const RefundRow& row) {
    const auto before = books_.refunds.find(id);
    const auto state = before == books_.refunds.end() ? "new" : before->second.state;
    if (row.state == state) return;
    const auto edge = words("refund: ", state, " -> ", row.state);
    env_.coverage.count(edge);
    env_.say(words("  ", edge, " of ", row.order));
    const auto order = books_.orders.find(row.order);
    if (state == "new") {
        return env_.expect(row.state == "open" && refunds_wanted_.contains(row.order) &&
                               order != books_.orders.end() && order->second.user == row.user &&
                               row.credits <= order->second.credits,
                           "refund edge", edge);
    }
    env_.expect(state == "open", "refund edge", edge);
    if (row.state == "done") {
        due_.try_emplace({"refund", id}, Charge{.user = row.user, .delta = -row.credits});
        env_.expect(
            bank_.refund_arrived(row.order) && bank_.given_back(row.order) == row.amount_vnd,
            "I5 a refund is done when the money is there", row.order);
    } else {
        env_.expect(!bank_.given_back(row.order), "I5 a rejected refund moves no money", row.order);
    }
}

}  // namespace imagify::sim
