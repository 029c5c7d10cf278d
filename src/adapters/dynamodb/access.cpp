#include "adapters/dynamodb/access.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/dynamodb/keys.hpp"
#include "base/log.hpp"

namespace imagify::dynamodb {
namespace {

namespace json = boost::json;

constexpr auto kLinkNames = std::to_array<std::pair<LinkPurpose, const char*>>({
    {LinkPurpose::VerifyEmail, "verifyLink"},
    {LinkPurpose::ChangeEmail, "changeLink"},
    {LinkPurpose::ResetPassword, "resetLink"},
});

std::string write_session(const Session& session) {
    return json::serialize(json::object{{"id", session.id.text()},
                                        {"address", session.address},
                                        {"device", session.device},
                                        {"createdAt", to_unix_ms(session.created_at)},
                                        {"expiresAt", to_unix_ms(session.expires_at)}});
}

std::optional<Session> parse_session(const UserId& user, const std::string& text) {
    try {
        const auto value = json::parse(text);
        const auto& object = value.as_object();
        return Session{.id = SessionId(std::string(object.at("id").as_string())),
                       .user_id = user,
                       .address = std::string(object.at("address").as_string()),
                       .device = std::string(object.at("device").as_string()),
                       .created_at = from_unix_ms(object.at("createdAt").as_int64()),
                       .expires_at = from_unix_ms(object.at("expiresAt").as_int64())};
    } catch (const std::exception& error) {
        // Nobody can be let in by it; its owner logs in again.
        log_event(
            LogLevel::Error, "store.bad_session",
            {{"user", std::string_view(user.text())}, {"detail", std::string_view(error.what())}});
        return std::nullopt;
    }
}

}  // namespace

void Access::open(const Session& session) {
    sessions.push_back(session);
    std::ranges::sort(sessions, std::greater{}, &Session::id);
    if (sessions.size() > kSessionsPerUser) sessions.resize(kSessionsPerUser);
}

bool Access::end(const SessionId& id) {
    return std::erase_if(sessions, [&id](const Session& s) { return s.id == id; }) > 0;
}

const Session* Access::find(const SessionId& id, TimePoint now) const {
    const auto found = std::ranges::find(sessions, id, &Session::id);
    return found == sessions.end() || found->expires_at <= now ? nullptr : &*found;
}

Item access_item(const UserId& user, const Access& access) {
    TextList sessions;
    for (const auto& session : access.sessions) sessions.push_back(write_session(session));
    Item item{{"userId", access_key(user)},
              {"owner", user.text()},
              {"sessions", std::move(sessions)},
              {"recoveryCodes", TextSet{access.recovery_codes}}};
    for (const auto& [purpose, name] : kLinkNames) {
        const auto link = access.links.find(purpose);
        if (link != access.links.end()) item.set(name, link->second.text());
    }
    return item;
}

Access read_access(const UserId& user, const Item* item) {
    Access access;
    if (item == nullptr) return access;
    for (const auto& text : item->list("sessions")) {
        if (auto session = parse_session(user, text)) access.sessions.push_back(*session);
    }
    access.recovery_codes = item->texts("recoveryCodes");
    for (const auto& [purpose, name] : kLinkNames) {
        if (item->has(name)) access.links.emplace(purpose, LinkId(item->text(name)));
    }
    return access;
}

}  // namespace imagify::dynamodb
