#include "faults/flow.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr std::int64_t kGift = 5;
constexpr std::int64_t kBasic = 100;
constexpr const char* kPerson = R"({"email":"an@example.vn","password":"a long pass phrase"})";

ShopAnswer get(Shop& shop, const std::string& target, const std::string& token) {
    return shop.call({.method = Method::Get, .target = target, .token = token});
}

std::string expect_credits(Shop& shop, const std::string& token, std::int64_t expected) {
    const auto credits = get(shop, "/user/credits", token).number("credits");
    if (credits == expected) return {};
    return std::to_string(credits) + " credits instead of " + std::to_string(expected);
}

std::size_t count_items(const ShopAnswer& list) {
    boost::json::error_code failed;
    const auto value = boost::json::parse(list.body, failed);
    const auto* items = value.is_object() ? value.get_object().if_contains("items") : nullptr;
    return items != nullptr && items->is_array() ? items->get_array().size() : 999;
}

bool is_success(const ShopAnswer& answer) { return answer.status / 100 == 2; }

Scene sign_up(Shop& shop) {
    const auto answer = shop.call({.target = "/auth/register", .body = kPerson});
    return {.token = answer.text("token")};
}

Scene open_order(Shop& shop) {
    auto scene = sign_up(shop);
    const auto answer = shop.call(
        {.target = "/user/pay-vnpay", .body = R"({"planId":"basic"})", .token = scene.token});
    scene.order = answer.text("transactionId");
    return scene;
}

// ---- register ----

ShopAnswer log_in(Shop& shop) { return shop.call({.target = "/auth/login", .body = kPerson}); }

std::string can_log_in(Shop& shop) {
    const auto answer = log_in(shop);
    if (answer.status != 200) return "cannot log in: " + answer.body;
    return expect_credits(shop, answer.text("token"), kGift);
}

Flow register_flow() {
    return {.name = "register",
            .prepare = [](Shop&) { return Scene{}; },
            .act =
                [](Shop& shop, const Scene&) {
                    return shop.call({.target = "/auth/register", .body = kPerson});
                },
            .promised = is_success,
            .kept = [](Shop& shop, const Scene&, const ShopAnswer&) { return can_log_in(shop); },
            .once = [](Shop& shop, const Scene&, const ShopAnswer& retry) -> std::string {
                // 409: the first try had made the account after all.
                if (retry.status != 201 && retry.status != 409) return "retry: " + retry.body;
                return can_log_in(shop);
            }};
}

// ---- start payment ----

Flow start_payment_flow() {
    return {.name = "start payment",
            .prepare = sign_up,
            .act =
                [](Shop& shop, const Scene& scene) {
                    return shop.call({.target = "/user/pay-vnpay",
                                      .body = R"({"planId":"basic"})",
                                      .token = scene.token,
                                      .key = "k-1"});
                },
            .promised = is_success,
            .kept = [](Shop& shop, const Scene& scene, const ShopAnswer& first) -> std::string {
                const auto id = first.text("transactionId");
                const auto order = get(shop, "/user/transactions/" + id, scene.token);
                return order.status == 200 ? "" : "the order is gone: " + id;
            },
            .once = [](Shop& shop, const Scene& scene, const ShopAnswer& retry) -> std::string {
                if (retry.status != 201) return "retry: " + retry.body;
                const auto orders = count_items(get(shop, "/user/transactions", scene.token));
                return orders == 1 ? "" : std::to_string(orders) + " orders for one key";
            }};
}

// ---- notice ----

bool is_settled(const ShopAnswer& answer) {
    const auto code = answer.text("RspCode");
    return code == "00" || code == "02";
}

Flow notice_flow() {
    return {
        .name = "notice settles",
        .prepare = open_order,
        .act =
            [](Shop& shop, const Scene& scene) {
                return get(shop, "/payment/vnpay-ipn?" + paid_notice(scene.order), "");
            },
        .promised = is_settled,
        .kept = [](Shop& shop, const Scene& scene,
                   const ShopAnswer&) { return expect_credits(shop, scene.token, kGift + kBasic); },
        .once = [](Shop& shop, const Scene& scene, const ShopAnswer& retry) -> std::string {
            if (!is_settled(retry)) return "retry: " + retry.body;
            return expect_credits(shop, scene.token, kGift + kBasic);
        }};
}

// ---- generate ----

ShopAnswer generate(Shop& shop, const Scene& scene, const std::string& key) {
    auto answer = shop.call({.target = "/image/generate-image",
                             .body = R"({"prompt":"a lotus pond"})",
                             .token = scene.token,
                             .key = key});
    if (answer.status != 202) return answer;
    auto later = get(shop, "/image/" + answer.text("imageId"), scene.token);
    return later.status == 200 ? later : answer;
}

std::string image_kept(Shop& shop, const Scene& scene, const ShopAnswer& first) {
    const auto id = first.text("imageId");
    const auto image = get(shop, "/image/" + id, scene.token);
    if (image.status != 200) return "the picture is gone: " + id;
    const auto seen = first.text("status");
    if (seen != "pending" && image.text("status") != seen) {
        return "was " + seen + ", is " + image.text("status");
    }
    if (seen != "ready") return {};
    const auto bytes = get(shop, "/image/" + id + "/file", scene.token);
    return bytes.status == 200 && !bytes.body.empty() ? "" : "its bytes are gone: " + id;
}

std::string painted_once(Shop& shop, const Scene& scene, const ShopAnswer& retry) {
    if (retry.status == 500) return "retry: " + retry.body;
    const auto images = count_items(get(shop, "/image", scene.token));
    if (images != 1) return std::to_string(images) + " pictures for one key";
    if (retry.text("status") == "ready") return expect_credits(shop, scene.token, kGift - 1);
    // It had failed, and the credit is back: a new key tries anew.
    if (auto wrong = expect_credits(shop, scene.token, kGift); !wrong.empty()) return wrong;
    const auto anew = generate(shop, scene, "g-2");
    if (anew.text("status") != "ready") return "a new key: " + anew.body;
    return expect_credits(shop, scene.token, kGift - 1);
}

Flow generate_flow() {
    return {.name = "generate",
            .prepare = sign_up,
            .act = [](Shop& shop, const Scene& scene) { return generate(shop, scene, "g-1"); },
            .promised = is_success,
            .kept = image_kept,
            .once = painted_once};
}

Flow refused_picture_flow() {
    return {.name = "generate, refused",
            .prepare = sign_up,
            .act =
                [](Shop& shop, const Scene& scene) {
                    shop.upstream.refuses = true;
                    auto answer = generate(shop, scene, "g-1");
                    shop.upstream.refuses = false;
                    return answer;
                },
            .promised = is_success,
            .kept = image_kept,
            .once = [](Shop& shop, const Scene& scene, const ShopAnswer& retry) -> std::string {
                if (retry.status == 500) return "retry: " + retry.body;
                if (retry.text("status") == "ready") return "a refused picture is ready";
                const auto images = count_items(get(shop, "/image", scene.token));
                if (images != 1) return std::to_string(images) + " pictures for one key";
                return expect_credits(shop, scene.token, kGift);
            }};
}

// ---- reconcile ----

ShopAnswer reconcile(Shop& shop, const Scene& scene) {
    shop.upstream.paid_order = scene.order;
    shop.pass(std::chrono::minutes(61));
    shop.reconcile();
    return get(shop, "/user/transactions/" + scene.order, scene.token);
}

Flow reconcile_flow() {
    return {
        .name = "reconcile",
        .prepare = open_order,
        .act = reconcile,
        .promised = [](const ShopAnswer& answer) { return answer.text("status") == "paid"; },
        .kept = [](Shop& shop, const Scene& scene,
                   const ShopAnswer&) { return expect_credits(shop, scene.token, kGift + kBasic); },
        .once = [](Shop& shop, const Scene& scene, const ShopAnswer& retry) -> std::string {
            if (retry.text("status") != "paid") return "retry: " + retry.body;
            return expect_credits(shop, scene.token, kGift + kBasic);
        }};
}

// ---- refund ----

Scene pay_order(Shop& shop) {
    auto scene = open_order(shop);
    get(shop, "/payment/vnpay-ipn?" + paid_notice(scene.order), "");
    constexpr const char* kBoss = R"({"email":"boss@example.vn","password":"a long pass phrase"})";
    shop.call({.target = "/auth/register", .body = kBoss});
    shop.promote("boss@example.vn");
    scene.operator_token = shop.call({.target = "/auth/login", .body = kBoss}).text("token");
    return scene;
}

// Asked for, and looked after a while later; what the customer sees then is the answer.
ShopAnswer refund(Shop& shop, const Scene& scene) {
    shop.upstream.refunded_order = scene.order;
    shop.call({.target = "/admin/orders/" + scene.order + "/refund",
               .body = R"({"note":"asked for it"})",
               .token = scene.operator_token});
    shop.pass(std::chrono::minutes(61));
    shop.tend_refunds();
    return get(shop, "/user/transactions/" + scene.order, scene.token);
}

Flow refund_flow() {
    return {
        .name = "refund",
        .prepare = pay_order,
        .act = refund,
        .promised = [](const ShopAnswer& answer) { return answer.text("status") == "refunded"; },
        .kept = [](Shop& shop, const Scene& scene,
                   const ShopAnswer&) { return expect_credits(shop, scene.token, kGift); },
        .once = [](Shop& shop, const Scene& scene, const ShopAnswer& retry) -> std::string {
            if (retry.text("status") != "refunded") return "retry: " + retry.body;
            return expect_credits(shop, scene.token, kGift);
        }};
}

/// The flow has gone well before, and its client asks again: now something fails.
Flow repeated(Flow flow) {
    flow.name += ", again";
    flow.prepare = [prepare = flow.prepare, act = flow.act](Shop& shop) {
        auto scene = prepare(shop);
        act(shop, scene);
        return scene;
    };
    return flow;
}

}  // namespace

std::span<const Flow> money_flows() {
    static const std::array flows = {register_flow(),         start_payment_flow(),
                                     notice_flow(),           generate_flow(),
                                     refused_picture_flow(),  reconcile_flow(),
                                     refund_flow(),           repeated(start_payment_flow()),
                                     repeated(notice_flow()), repeated(generate_flow())};
    return flows;
}

}  // namespace imagify::testing
