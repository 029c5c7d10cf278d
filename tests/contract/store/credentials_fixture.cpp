#include "contract/store/credentials_fixture.hpp"

namespace imagify::testing {
namespace {

MailKind letter_of(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::VerifyEmail: return MailKind::VerifyEmail;
        case LinkPurpose::ChangeEmail: return MailKind::ChangeEmail;
        case LinkPurpose::ResetPassword: return MailKind::ResetPassword;
    }
    std::unreachable();
}

}  // namespace

Session CredentialContract::session_of(const UserId& user) {
    return new_session(user, {}, SessionId(new_ulid("s_", clock, random)), clock.now());
}

Session CredentialContract::open(const UserId& user) {
    auto session = session_of(user);
    EXPECT_TRUE(run_task(store->sessions().open_session(session, {})));
    return session;
}

bool CredentialContract::lives(const Session& session) {
    return run_task(store->sessions().find_session(session.user_id, session.id, clock.now()))
        .has_value();
}

MailedLink CredentialContract::link_to(const UserId& user, const std::string& email,
                                       LinkPurpose purpose) {
    clock.advance(std::chrono::milliseconds(1));
    const LinkId id(new_ulid("l_", clock, random));
    return {.link = {.id = id,
                     .user_id = user,
                     .purpose = purpose,
                     .email = email,
                     .created_at = clock.now(),
                     .expires_at = clock.now() + lifetime(purpose)},
            .mail = {.id = mail_id(), .kind = letter_of(purpose), .to = email, .link = id}};
}

LinkId CredentialContract::opened(const UserId& user, const std::string& email,
                                  LinkPurpose purpose) {
    auto mailed = link_to(user, email, purpose);
    EXPECT_TRUE(run_task(credentials().open_link(mailed)));
    return mailed.link.id;
}

Result<VerifiedEmail> CredentialContract::follow(const LinkId& id) {
    return run_task(credentials().use_email_link(id, mail_id(), clock.now()));
}

Result<VerifiedEmail> CredentialContract::reset(const LinkId& id, const std::string& hash) {
    clock.advance(std::chrono::milliseconds(1));
    return run_task(credentials().use_reset_link(id, hash, mail_id(), clock.now()));
}

Account CredentialContract::make_waiting(const std::string& email, Credits gift) {
    const auto account =
        run_task(store->accounts().create_account({.id = UserId(new_ulid("u_", clock, random)),
                                                   .email = *Email::parse(email),
                                                   .password_hash = "hash",
                                                   .gift = {},
                                                   .gift_pending = gift,
                                                   .created_at = clock.now()}));
    EXPECT_TRUE(account);
    return *account;
}

std::vector<std::string> CredentialContract::mails() {
    std::vector<std::string> lines;
    const auto due =
        run_task(store->outbox().due_mails(clock.now() + std::chrono::hours(1), 1'000));
    EXPECT_TRUE(due);
    for (const auto& mail : *due) lines.push_back(std::string(to_text(mail.kind)) + " " + mail.to);
    return lines;
}

void CredentialContract::enable_otp(const UserId& user, std::vector<std::string> recovery) {
    EXPECT_TRUE(run_task(credentials().keep_otp_secret(user, "sealed")));
    EXPECT_TRUE(run_task(credentials().enable_otp(user, {.otp_step = 100}, std::move(recovery),
                                                  mail_id(), clock.now())));
}

LoginRecord CredentialContract::login_of(const UserId& user) {
    const auto record = run_task(credentials().find_login_of(user));
    EXPECT_TRUE(record);
    return record.value_or(LoginRecord{});
}

Result<void> CredentialContract::remove(const UserId& user, SpentFactor factor) {
    return run_task(credentials().delete_account(
        {.user_id = user, .factor = std::move(factor), .notice = mail_id(), .now = clock.now()}));
}

}  // namespace imagify::testing
