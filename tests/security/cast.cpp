#include "security/cast.hpp"

#include <fmt/format.h>

#include "adapters/local_identity/hs256_tokens.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr std::string_view kKinds[] = {"/user/sessions", "/user/transactions", "/image",
                                       "/admin/users",   "/admin/orders",      "/admin/reviews"};
constexpr auto kOperator = "operator@example.vn";

std::string kind_of(const std::string& path) {
    for (const auto kind : kKinds) {
        if (path.starts_with(kind)) return std::string(kind);
    }
    throw std::runtime_error("the matrix does not know what stands for {id} in " + path);
}

std::string member(const Answer& answer, const char* list, const char* name) {
    const auto value = answer.json();
    const auto& items = value.at(list).as_array();
    return items.empty() ? "" : boost::json::value_to<std::string>(items.back().at(name));
}

}  // namespace

Cast::Cast(AttackedApi& api) : api_(api) {
    make_dead_tokens();
    for (auto* person : {&owner_, &other_}) {
        person->token = api_.sign_up(person->email);
        person->things["/admin/users"] =
            api_.ask(Method::Get, "/user/me", {}, person->token).text("id");
        const auto order =
            api_.ask(Method::Post, "/user/pay-vnpay", R"({"planId":"basic"})", person->token)
                .text("transactionId");
        person->things["/user/transactions"] = order;
        person->things["/admin/orders"] = order;
        // Another amount than was asked for: a case for the operators.
        api_.ipn(order, {{"vnp_Amount", "100"}});
        person->things["/admin/reviews"] = "1";
    }
    operator_token_ = api_.sign_up(kOperator);
    api_.make_admin(kOperator);
    restore();
}

void Cast::make_dead_tokens() {
    const auto expired = api_.sign_up("expired@example.vn");
    api_.clock.advance(std::chrono::hours(25));
    const auto logged_out = api_.sign_up("logged.out@example.vn");
    api_.ask(Method::Post, "/auth/logout", {}, logged_out);
    const auto ended = api_.sign_up("ended@example.vn");
    api_.ask(Method::Post, "/auth/logout-all", {}, api_.log_in("ended@example.vn"));
    const auto deleted = api_.sign_up("deleted@example.vn");
    api_.ask(Method::Delete, "/user/me", fmt::format(R"({{"password":"{}"}})", kOwnersPassword),
             deleted);
    const auto genuine = api_.sign_up("genuine@example.vn");
    const auto user = api_.ask(Method::Get, "/user/me", {}, genuine).text("id");
    const auto session =
        member(api_.ask(Method::Get, "/user/sessions", {}, genuine), "items", "id");
    Hs256Tokens stranger(Secret(std::string(32, 'x')), api_.clock);
    const auto forged = stranger.issue({.id = SessionId(session),
                                        .user_id = UserId(user),
                                        .address = {},
                                        .device = {},
                                        .created_at = api_.clock.now(),
                                        .expires_at = api_.clock.now() + kSessionLifetime},
                                       1);
    dead_ = {{"nobody", ""},
             {"expired token", expired},
             {"logged-out token", logged_out},
             {"token ended everywhere", ended},
             {"deleted account's token", deleted},
             {"token of another key", forged.token},
             {"API key that there is not", "sk-0123456789abcdef0123456789abcdef"}};
}

void Cast::restore() {
    restore(owner_);
    restore(other_);
    if (api_.ask(Method::Get, "/user/me", {}, operator_token_).status != 200) {
        operator_token_ = api_.log_in(kOperator);
    }
    callers_ = dead_;
    callers_.push_back({"owner", owner_.token, true});
    callers_.push_back({"other", other_.token, true});
    callers_.push_back({"operator", operator_token_, true, true});
}

void Cast::restore(Person& person) {
    const auto is_there = [&](const std::string& target) {
        return api_.ask(Method::Get, target, {}, person.token).status == 200;
    };
    if (!is_there("/user/me")) person.token = api_.log_in(person.email);
    auto& picture = person.things["/image"];
    if (picture.empty() || !is_there("/image/" + picture)) {
        if (api_.ask(Method::Get, "/user/credits", {}, person.token).number("credits") == 0) {
            api_.ask(Method::Post, "/admin/users/" + person.things["/admin/users"] + "/grants",
                     R"({"credits":50,"note":"corpus"})", operator_token_);
        }
        picture = api_.paint(person.token);
    }
    auto& session = person.things["/user/sessions"];
    const auto sessions = api_.ask(Method::Get, "/user/sessions", {}, person.token);
    if (session.empty() || !sessions.body.contains(session)) {
        // Of a second device, so that ending it leaves the first.
        api_.clock.advance(std::chrono::milliseconds(1));
        const auto token = api_.log_in(person.email);
        const auto now = api_.ask(Method::Get, "/user/sessions", {}, token).json();
        for (const auto& item : now.at("items").as_array()) {
            if (item.at("current").as_bool()) session = item.at("id").as_string();
        }
    }
}

std::string Cast::owned(const std::string& path, bool by_other) const {
    return (by_other ? other_ : owner_).things.at(kind_of(path));
}

std::string Cast::absent(const std::string& path) {
    const auto kind = kind_of(path);
    const std::string ulid(26, '0');
    if (kind == "/user/sessions") return "s_" + ulid;
    if (kind == "/admin/users") return "u_" + ulid;
    return kind == "/admin/reviews" ? "999999" : ulid;
}

}  // namespace imagify::testing
