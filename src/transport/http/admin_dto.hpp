#pragma once

#include <boost/json/object.hpp>

#include "domain/review.hpp"
#include "ports/back_office.hpp"

namespace imagify::http {

/// The schemas AdminSummary, AdminUser, AdminOrder, Refund, Review, Act of api/openapi.yaml, and
/// one notice of AdminOrderDetail.
boost::json::object figures_json(const BusinessFigures& figures);
boost::json::object admin_user_json(const Account& account);
boost::json::object record_json(const OrderRecord& record);
boost::json::object refund_json(const Refund& refund);
boost::json::object review_json(const ReviewItem& item);
boost::json::object audit_json(const AuditEntry& entry);
boost::json::object notice_json(const NoticeRecord& notice);

}  // namespace imagify::http
