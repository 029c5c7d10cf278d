#include "app/metric_catalogue.hpp"

namespace imagify {

std::vector<MetricValue> values_of(const BusinessFigures& figures) {
    const auto number = [](std::int64_t value) { return static_cast<double>(value); };
    return {{"imagify_accounts", number(figures.accounts)},
            {"imagify_active_accounts", number(figures.active_accounts)},
            {"imagify_pictures", number(figures.pictures)},
            {"imagify_paid_orders", number(figures.paid_orders)},
            {"imagify_credits_sold", number(figures.credits_sold.count)},
            {"imagify_revenue_vnd", number(figures.revenue.amount)},
            {"imagify_refunded_vnd", number(figures.refunded.amount)},
            {"imagify_credits_outstanding", number(figures.credits_outstanding.count)},
            {"imagify_open_orders", number(figures.open_orders)},
            {"imagify_open_reviews", number(figures.open_reviews)},
            {"imagify_open_refunds", number(figures.open_refunds)}};
}

}  // namespace imagify
