#pragma once

#include <boost/json/object.hpp>

#include "domain/account.hpp"
#include "domain/ledger_entry.hpp"
#include "domain/order.hpp"
#include "domain/plan.hpp"
#include "domain/session.hpp"
#include "ports/generation_store.hpp"
#include "ports/page.hpp"
#include "ports/painter.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// RFC 3339 in UTC with milliseconds: "2026-01-15T03:04:05.000Z".
std::string to_rfc3339(TimePoint time);

/// The schemas User, Plan, LedgerEntry, Image, Engine and Balance of api/openapi.yaml.
boost::json::object user_json(const Account& account);
/// SessionItem without `current`.
boost::json::object session_json(const Session& session);
boost::json::object plan_json(const Plan& plan);
boost::json::object ledger_json(const LedgerEntry& entry);
boost::json::object image_json(const Generation& generation);
boost::json::object engine_json(const PainterCapabilities& capabilities);
boost::json::object balance_json(const Balance& balance);

/// The schema Order. `payment_url` is shown while the order can still be paid.
boost::json::object order_json(const Order& order, const std::string& payment_url);

/// A JSON response.
Response json_response(unsigned status, const boost::json::object& document);
/// The same, for what belongs to one person: never cached.
Response private_json(unsigned status, const boost::json::object& document);

/// {items, nextCursor}.
template <class T, class ToJson>
boost::json::object page_json(const Page<T>& page, ToJson to_json) {
    boost::json::array items;
    items.reserve(page.items.size());
    for (const auto& item : page.items) items.emplace_back(to_json(item));
    boost::json::object document{{"items", std::move(items)}, {"nextCursor", nullptr}};
    if (page.next_cursor) document["nextCursor"] = *page.next_cursor;
    return document;
}

}  // namespace imagify::http
