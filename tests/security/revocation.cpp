#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "security/guessing_people.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr auto kPerson = "person@example.vn";
// An open stream that was told ends in microseconds; one that was not, at its next ping (15 s).
constexpr std::chrono::seconds kPatience{3};

/// A person with a session on another device, which something ends.
struct Person {
    explicit Person(AttackedApi& served)
        : api(served), here(api.sign_up(kPerson)), there(api.log_in(kPerson)) {}

    Call request(Method method, std::string target, std::string body = {}) const {
        return {.method = method,
                .target = std::move(target),
                .body = std::move(body),
                .token = here,
                .client_address = "127.0.0.1"};
    }
    std::string session_there() const {
        const auto sessions = api.ask(Method::Get, "/user/sessions", {}, there).json();
        for (const auto& item : sessions.at("items").as_array()) {
            if (item.at("current").as_bool()) return std::string(item.at("id").as_string());
        }
        return {};
    }
    std::string reset_link() const {
        api.ask(Method::Post, "/auth/forgot-password", fmt::format(R"({{"email":"{}"}})", kPerson));
        const auto mails = run_task(api.storage.store->due_mails(api.clock.now(), 100));
        std::string text;
        for (const auto& mail : *mails) {
            if (mail.kind == MailKind::ResetPassword)
                text = api.backend->links().text_of(mail.link);
        }
        return text;
    }

    AttackedApi& api;
    std::string here;
    std::string there;
};

/// What ends the session of the other device.
struct End {
    const char* what;
    Call (*request)(const Person& person);
};

constexpr End kEnds[] = {
    {"logging out there",
     [](const Person& person) {
         auto call = person.request(Method::Post, "/auth/logout");
         call.token = person.there;
         return call;
     }},
    {"logging out everywhere",
     [](const Person& person) { return person.request(Method::Post, "/auth/logout-all"); }},
    {"ending that session",
     [](const Person& person) {
         return person.request(Method::Delete, "/user/sessions/" + person.session_there());
     }},
    {"a new password",
     [](const Person& person) {
         return person.request(
             Method::Post, "/auth/change-password",
             fmt::format(R"({{"password":"{}","newPassword":"another long phrase"}})",
                         kOwnersPassword));
     }},
    {"a reset password",
     [](const Person& person) {
         return person.request(Method::Post, "/auth/reset-password",
                               fmt::format(R"({{"token":"{}","password":"another long phrase"}})",
                                           person.reset_link()));
     }},
    {"deletion of the account",
     [](const Person& person) {
         return person.request(Method::Delete, "/user/me",
                               fmt::format(R"({{"password":"{}"}})", kOwnersPassword));
     }},
};

http::Request request_of(const Call& call) {
    http::Request request;
    request.method = call.method;
    request.path = call.target;
    request.body = call.body;
    request.client_address = call.client_address;
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Authorization", "Bearer " + call.token);
    return request;
}

/// What became of the other device after `act`.
struct Aftermath {
    unsigned act = 0;
    unsigned next_request = 0;
    bool stream_began = false;
    bool stream_ended = false;
};

Task<Aftermath> watch(http::Service& api, Call open, Call act, Call next) {
    using namespace boost::asio::experimental::awaitable_operators;
    Aftermath aftermath;
    auto stream = co_await api.handle(request_of(open));
    auto* body = std::get_if<std::unique_ptr<http::BodyStream>>(&stream.body);
    if (body == nullptr) co_return aftermath;
    std::array<std::byte, 1'000> buffer{};
    const auto begun = co_await (*body)->next(buffer);
    aftermath.stream_began = begun && *begun > 0;
    aftermath.act = (co_await api.handle(request_of(act))).status;
    aftermath.next_request = (co_await api.handle(request_of(next))).status;
    boost::asio::steady_timer patience(co_await boost::asio::this_coro::executor, kPatience);
    const auto first =
        co_await ((*body)->next(buffer) || patience.async_wait(boost::asio::use_awaitable));
    const auto* rest = std::get_if<0>(&first);
    aftermath.stream_ended = rest != nullptr && *rest && **rest == 0;
    co_return aftermath;
}

Aftermath end_by(const End& end, std::function<Call(Call)> change = {}) {
    AttackedApi api;
    const Person person(api);
    Call open{.target = "/image/events", .token = person.there, .client_address = "127.0.0.1"};
    Call next{.target = "/user/me", .token = person.there, .client_address = "127.0.0.1"};
    auto act = end.request(person);
    if (change) act = change(std::move(act));
    return run_task(watch(api.service(), std::move(open), std::move(act), std::move(next)));
}

}  // namespace

CorpusReport play_revocation(const CorpusPlan&, Verdicts& verdicts) {
    Findings findings;
    for (const auto& end : kEnds) {
        const auto seen = end_by(end);
        findings.expect(seen.stream_began, fmt::format("{}: no stream", end.what));
        findings.expect(seen.act < 300, fmt::format("{}: {}", end.what, seen.act));
        findings.expect(seen.next_request == 401,
                        fmt::format("{}: the next request: {}", end.what, seen.next_request));
        findings.expect(seen.stream_ended, fmt::format("{}: the stream goes on", end.what));
    }
    const auto nothing = end_by(kEnds[1], [](Call call) {
        call.target = "/auth/session";
        call.method = Method::Get;
        return call;
    });
    verdicts.expect(nothing.next_request == 200 && !nothing.stream_ended,
                    "revocation notices a session that goes on");
    return {.cases = findings.cases(),
            .findings = findings.count(),
            .notes = "dead on the next request, streams end at once"};
}

}  // namespace imagify::testing
