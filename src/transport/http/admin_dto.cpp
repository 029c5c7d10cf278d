#include "transport/http/admin_dto.hpp"

#include "transport/http/dto.hpp"

namespace imagify::http {

namespace json = boost::json;

json::object figures_json(const BusinessFigures& figures) {
    return {{"accounts", figures.accounts},
            {"pictures", figures.pictures},
            {"paidOrders", figures.paid_orders},
            {"revenueVnd", figures.revenue.amount},
            {"refundedVnd", figures.refunded.amount},
            {"creditsOutstanding", figures.credits_outstanding.count},
            {"openOrders", figures.open_orders},
            {"openReviews", figures.open_reviews},
            {"openRefunds", figures.open_refunds}};
}

json::object admin_user_json(const Account& account) {
    auto document = user_json(account);
    document["credits"] = account.credits.count;
    document["held"] = account.held.count;
    return document;
}

json::object record_json(const OrderRecord& record) {
    auto document = order_json(record.order, {});
    document["userId"] = record.order.user_id.text();
    document["email"] = record.email;
    if (record.refund) document["refund"] = refund_json(*record.refund);
    return document;
}

json::object refund_json(const Refund& refund) {
    json::object document{{"id", refund.id.text()},
                          {"credits", refund.credits.count},
                          {"amountVnd", refund.amount.amount},
                          {"status", to_text(refund.state)},
                          {"createdAt", to_rfc3339(refund.created_at)}};
    if (!refund.reason.empty()) document["reason"] = refund.reason;
    if (refund.closed_at) document["closedAt"] = to_rfc3339(*refund.closed_at);
    return document;
}

json::object review_json(const ReviewItem& item) {
    json::object document{{"id", std::to_string(item.id)},
                          {"orderId", item.order_id.text()},
                          {"reason", to_text(item.reason)},
                          {"evidence", item.evidence},
                          {"createdAt", to_rfc3339(item.created_at)}};
    if (item.settled_at) document["settledAt"] = to_rfc3339(*item.settled_at);
    if (item.resolution) document["resolution"] = to_text(*item.resolution);
    if (!item.note.empty()) document["note"] = item.note;
    return document;
}

json::object audit_json(const AuditEntry& entry) {
    return {{"id", std::to_string(entry.id)},
            {"actor", entry.actor},
            {"action", entry.action},
            {"subject", entry.subject},
            {"detail", entry.detail},
            {"note", entry.note},
            {"createdAt", to_rfc3339(entry.created_at)}};
}

json::object notice_json(const NoticeRecord& notice) {
    return {{"verdict", notice.verdict},
            {"evidence", notice.evidence},
            {"createdAt", to_rfc3339(notice.created_at)}};
}

}  // namespace imagify::http
