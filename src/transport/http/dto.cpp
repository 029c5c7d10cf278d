#include "transport/http/dto.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace imagify::http {

namespace json = boost::json;

std::string to_rfc3339(TimePoint time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

json::object user_json(const Account& account) {
    return {{"id", account.id.text()},
            {"email", account.email},
            {"emailVerified", account.email_verified},
            {"mfaEnabled", account.mfa_enabled},
            {"giftPending", account.gift_pending.count},
            {"name", account.name},
            {"locale", to_text(account.locale)},
            {"role", to_text(account.role)},
            {"createdAt", to_rfc3339(account.created_at)}};
}

json::object session_json(const Session& session) {
    return {{"id", session.id.text()},
            {"createdAt", to_rfc3339(session.created_at)},
            {"expiresAt", to_rfc3339(session.expires_at)},
            {"address", session.address},
            {"device", session.device}};
}

json::object plan_json(const Plan& plan) {
    return {{"id", plan.id},
            {"name", plan.name},
            {"credits", plan.credits.count},
            {"amountVnd", plan.price.amount}};
}

json::object ledger_json(const LedgerEntry& entry) {
    json::object document{{"id", std::to_string(entry.id)},
                          {"kind", to_text(entry.kind)},
                          {"delta", entry.delta.count},
                          {"balanceAfter", entry.balance_after.count},
                          {"ref", entry.ref},
                          {"createdAt", to_rfc3339(entry.created_at)}};
    if (!entry.note.empty()) document["note"] = entry.note;
    return document;
}

json::object image_json(const Generation& generation) {
    const auto& order = generation.order;
    const auto& picture = generation.picture;
    json::object document{
        {"imageId", generation.id.text()},
        {"status", to_text(generation.state)},
        {"prompt", order.prompt},
        {"aspectRatio", to_text(order.aspect_ratio)},
        {"style", order.style},
        {"seed", order.seed},
        {"engine", picture ? picture->engine : generation.requested_engine},
        {"creditsUsed", generation.state == GenerationState::Ready ? generation.price.count : 0},
        {"createdAt", to_rfc3339(generation.created_at)}};
    if (!order.negative_prompt.empty()) document["negativePrompt"] = order.negative_prompt;
    if (!generation.error.empty()) document["error"] = generation.error;
    if (picture) {
        document["width"] = picture->width_px;
        document["height"] = picture->height_px;
        document["color"] = picture->color;
        document["imageUrl"] = "/image/" + generation.id.text() + "/file";
        document["thumbUrl"] = "/image/" + generation.id.text() + "/thumb";
    }
    return document;
}

json::object engine_json(const PainterCapabilities& capabilities) {
    json::array ratios;
    for (const auto ratio : capabilities.aspect_ratios) ratios.emplace_back(to_text(ratio));
    json::array styles;
    for (const auto& style : capabilities.styles) styles.emplace_back(style);
    return {{"id", capabilities.id},
            {"name", capabilities.name},
            {"demo", capabilities.demo},
            {"aspectRatios", std::move(ratios)},
            {"styles", std::move(styles)},
            {"seed", capabilities.seed},
            {"negativePrompt", capabilities.negative_prompt},
            {"maxPromptLength", kPromptMaxCodePoints}};
}

json::object balance_json(const Balance& balance) {
    return {{"credits", balance.credits.count}, {"held", balance.held.count}};
}

json::object order_json(const Order& order, const std::string& payment_url) {
    json::object document{{"id", order.id.text()},
                          {"planId", order.plan_id},
                          {"credits", order.credits.count},
                          {"amountVnd", order.amount.amount},
                          {"status", to_text(order.status)},
                          {"createdAt", to_rfc3339(order.created_at)},
                          {"expiresAt", to_rfc3339(order.expires_at)}};
    if (order.failure != PaymentFailure::None) document["reason"] = to_text(order.failure);
    if (order.paid_at) document["paidAt"] = to_rfc3339(*order.paid_at);
    if (!payment_url.empty()) document["paymentUrl"] = payment_url;
    if (!order.bank_code.empty()) document["bankCode"] = order.bank_code;
    if (!order.gateway_transaction.empty()) {
        document["vnpTransactionNo"] = order.gateway_transaction;
    }
    return document;
}

Response json_response(unsigned status, const json::object& document) {
    Response response{.status = status, .headers = {}, .body = json::serialize(document)};
    response.headers.add("Content-Type", "application/json");
    return response;
}

Response private_json(unsigned status, const json::object& document) {
    auto response = json_response(status, document);
    response.headers.add("Cache-Control", "no-store");
    return response;
}

}  // namespace imagify::http
