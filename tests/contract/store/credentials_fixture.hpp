#pragma once

#include "contract/store/store_fixture.hpp"

namespace imagify::testing {

/// What the suites about passwords, links and second factors share.
class CredentialContract : public StoreContract {
protected:
    CredentialStore& credentials() { return store->credentials(); }
    Session session_of(const UserId& user);
    Session open(const UserId& user);
    bool lives(const Session& session);
    MailId mail_id() { return MailId(new_ulid("m_", clock, random)); }
    /// A link that the store does not have yet.
    MailedLink link_to(const UserId& user, const std::string& email,
                       LinkPurpose purpose = LinkPurpose::VerifyEmail);
    /// A link that it has.
    LinkId opened(const UserId& user, const std::string& email,
                  LinkPurpose purpose = LinkPurpose::VerifyEmail);
    Result<VerifiedEmail> follow(const LinkId& id);
    Result<VerifiedEmail> reset(const LinkId& id, const std::string& hash = "new hash");
    Account make_waiting(const std::string& email, Credits gift = {5});
    /// "kind to address", oldest first.
    std::vector<std::string> mails();
    void enable_otp(const UserId& user, std::vector<std::string> recovery = {"r1", "r2"});
    LoginRecord login_of(const UserId& user);
    Result<void> remove(const UserId& user, SpentFactor factor = {});
};

}  // namespace imagify::testing
