#include "usecases/register_account.hpp"

#include "base/log.hpp"
#include "usecases/admit_person.hpp"

namespace imagify {
namespace {

Result<Email> validate(const Registration& registration, bool composed) {
    const auto email = Email::parse(registration.email);
    Error error{.kind = ErrorKind::Invalid, .code = "validation.failed"};
    if (!email) {
        error.fields.push_back({"email", "invalid"});
    } else if (const auto problem = password_problem(registration.password, *email)) {
        error.fields.push_back({"password", *problem});
    } else if (const auto weak = composition_problem(registration.password); composed && weak) {
        error.fields.push_back({"password", *weak});
    }
    if (const auto problem = name_problem(registration.name)) {
        error.fields.push_back({"name", *problem});
    }
    if (!error.fields.empty()) return std::unexpected(std::move(error));
    return *email;
}

}  // namespace

// What an account begins with, from us or from an identity provider.
struct RegisterAccount::Start {
    UserId id;
    std::string password_hash;
    std::optional<MailedLink> verification{};
};

Task<Result<RegisterAccount::Start>> RegisterAccount::start(const Registration& registration,
                                                            const Email& email) const {
    if (parts_.provider != nullptr) {
        const auto subject = co_await parts_.provider->sign_up({.email = email,
                                                                .password = registration.password,
                                                                .name = registration.name,
                                                                .locale = registration.locale});
        if (!subject) co_return std::unexpected(subject.error());
        co_return Start{.id = user_id_of(*subject), .password_hash = std::string(kNoPasswordHash)};
    }
    auto hash = co_await parts_.hash_worker.run<std::string>(
        [&]() -> Result<std::string> { return parts_.hasher.hash(registration.password); });
    if (!hash) co_return std::unexpected(hash.error());
    const UserId id(new_ulid("u_", parts_.clock, parts_.random));
    co_return Start{
        .id = id,
        .password_hash = std::move(*hash),
        .verification = parts_.issue_link.propose(LinkPurpose::VerifyEmail, id, email.text())};
}

Task<Result<LoggedIn>> RegisterAccount::run(Registration registration) const {
    const auto email = validate(registration, parts_.provider != nullptr);
    if (!email) co_return std::unexpected(email.error());
    auto made = co_await start(registration, *email);
    if (!made) co_return std::unexpected(made.error());
    const auto& id = made->id;
    const bool at_once = co_await gift_at_once(registration.client);
    const auto session = parts_.begin_session.propose(id, registration.client);
    auto account =
        co_await parts_.accounts.create_account({.id = id,
                                                 .email = *email,
                                                 .name = registration.name,
                                                 .locale = registration.locale,
                                                 .password_hash = std::move(made->password_hash),
                                                 .gift = at_once ? parts_.gift : Credits{0},
                                                 .gift_pending = at_once ? Credits{0} : parts_.gift,
                                                 .email_marks = parts_.email_marks.marks_of(*email),
                                                 .session = session,
                                                 .verification = std::move(made->verification),
                                                 .created_at = parts_.clock.now()});
    if (!account) co_return std::unexpected(account.error());
    log_event(LogLevel::Info, "account.registered", {{"userId", id.text()}});
    co_return parts_.begin_session.hand_out(session, std::move(*account));
}

Task<bool> RegisterAccount::gift_at_once(const Client& client) const {
    if (parts_.gift_time == GiftTime::Verification) co_return false;
    if (client.network.empty()) co_return true;
    const auto use = co_await parts_.limits.take(kGiftsPerNetwork, client.network);
    co_return use.allowed;
}

}  // namespace imagify
