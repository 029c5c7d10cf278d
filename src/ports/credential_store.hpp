#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/account_link.hpp"
#include "ports/mail_outbox.hpp"
#include "ports/session_store.hpp"

namespace imagify {

/// What a log-in has to compare with.
struct LoginRecord {
    UserId id;
    std::string password_hash;
    /// Sealed; empty when one-time passwords were never set up.
    std::string otp_secret{};
    /// True when a log-in needs one.
    bool otp_enabled = false;
    std::int64_t otp_last_step = 0;
};

/// A one-time password secret as it is kept.
struct SealedOtp {
    UserId user_id;
    std::string sealed;
};

/// A link and the letter that carries it.
struct MailedLink {
    AccountLink link;
    NewMail mail;
};

/// What following a link to an address brought.
struct VerifiedEmail {
    Account account;
    /// The sign-up gift, if it arrived now.
    Credits gift;
};

/// What a change of the password does besides.
struct PasswordChange {
    UserId user_id;
    std::string password_hash;
    SpentFactor factor{};
    /// Told to the account's address.
    MailId notice;
    /// The session that goes on; every other one ends.
    Session session;
    TimePoint now{};
};

/// The end of an account.
struct Deletion {
    UserId user_id;
    SpentFactor factor{};
    /// Left behind; see EmailMarks. May be empty.
    std::string email_mark{};
    /// Told to the account's address.
    MailId notice;
    TimePoint now{};
};

/// Passwords, mailed links, second factors, the end of an account. Safe from several coroutines and
/// threads at once; never throws; outlives every Task it returns. Unavailable: nothing changed.
/// Unknown: the outcome has to be looked up. A letter is in the outbox exactly when its method
/// succeeded. A factor that was used before: Forbidden `auth.otp_invalid`, nothing changed.
class CredentialStore {
public:
    virtual ~CredentialStore() = default;

    /// Errors: NotFound `account.not_found`, also for deleted accounts; Unavailable.
    virtual Task<Result<LoginRecord>> find_login(Email email) = 0;
    virtual Task<Result<LoginRecord>> find_login_of(UserId id) = 0;

    /// Keeps a link and sends it to its e-mail address. Older links of that purpose end. A
    /// ChangeEmail link to an address that has an account is not kept: that address is told
    /// (EmailInUse) instead, and the outcome looks the same.
    /// Errors: NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<void>> open_link(MailedLink link) = 0;

    /// Sends a ResetPassword link to the account of `email`, whose id the link still lacks. Without
    /// such an account nothing is sent, at the same cost and with the same outcome.
    /// Errors: Unavailable; Unknown.
    virtual Task<Result<void>> open_reset(Email email, MailedLink link) = 0;

    /// A link that works at `now`. Errors: Invalid `auth.link_invalid`; Unavailable.
    virtual Task<Result<AccountLink>> find_link(LinkId id, TimePoint now) = 0;

    /// Uses a VerifyEmail or ChangeEmail link up: the account has the link's address from now on,
    /// and a gift that waited is granted, once, as ledger entry (grant, user id). `notice` goes to
    /// the former address when it changed.
    /// Errors: Invalid `auth.link_invalid`; Conflict `account.email_taken`; Unavailable; Unknown.
    virtual Task<Result<VerifiedEmail>> use_email_link(LinkId id, MailId notice, TimePoint now) = 0;

    /// Another identity provider says that the account's owner reads the mail of `email`, its
    /// address: what a VerifyEmail link does, as often as it is said.
    /// Errors: NotFound `account.not_found`, also when its address is another; Unavailable;
    /// Unknown.
    virtual Task<Result<VerifiedEmail>> prove_email(UserId user, Email email, TimePoint now) = 0;

    /// Uses a ResetPassword link up: new password, every session ended. Reading the mail also
    /// proves the address (see use_email_link for the gift).
    /// Errors: Invalid `auth.link_invalid`; Unavailable; Unknown.
    virtual Task<Result<VerifiedEmail>> use_reset_link(LinkId id, std::string password_hash,
                                                       MailId notice, TimePoint now) = 0;

    /// Errors: NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<Account>> change_password(PasswordChange change) = 0;

    /// Keeps a sealed secret that `enable_otp` will make count.
    /// Errors: Conflict `mfa.already_enabled`; NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<void>> keep_otp_secret(UserId user, std::string sealed) = 0;

    /// From now on a log-in needs a factor. Replaces the recovery codes.
    /// Errors: Conflict `mfa.already_enabled`, `mfa.not_set_up`; Unavailable; Unknown.
    virtual Task<Result<void>> enable_otp(UserId user, SpentFactor factor,
                                          std::vector<std::string> recovery_hashes, MailId notice,
                                          TimePoint now) = 0;

    /// Forgets secret and recovery codes.
    /// Errors: Conflict `mfa.not_enabled`; Unavailable; Unknown.
    virtual Task<Result<void>> disable_otp(UserId user, SpentFactor factor, MailId notice,
                                           TimePoint now) = 0;

    /// Secrets by ascending user id, after `after` (empty: from the start). Errors: Unavailable.
    virtual Task<Result<std::vector<SealedOtp>>> sealed_otps(UserId after, std::size_t limit) = 0;
    /// Replaces a secret by the same one sealed anew, unless it has changed meanwhile.
    /// Errors: Unavailable; Unknown.
    virtual Task<Result<void>> reseal_otp(SealedOtp before, std::string sealed) = 0;

    /// How many recovery codes are left. Errors: Unavailable.
    virtual Task<Result<std::int64_t>> recovery_codes_left(UserId user) = 0;
    /// True when the account has a recovery code of that hash. Errors: Unavailable.
    virtual Task<Result<bool>> has_recovery_code(UserId user, std::string hash) = 0;

    /// Ends an account: holds are released, what credits are left is booked out as ledger entry
    /// (adjust, "deleted:" + user id), pictures are hidden for the collector, and everything that
    /// names the person is erased. Orders and ledger stay: the books need them.
    /// Errors: Conflict `account.payment_open` while an order or refund is undecided; NotFound
    /// `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<void>> delete_account(Deletion deletion) = 0;
};

}  // namespace imagify
