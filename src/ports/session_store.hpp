#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "domain/account.hpp"
#include "domain/session.hpp"

namespace imagify {

/// A second factor that was checked and is used up in the transaction of what it allows, so that
/// it allows one thing. Empty when the account has none.
struct SpentFactor {
    /// The time step of a one-time password: it and older ones are refused from now on.
    std::optional<std::int64_t> otp_step{};
    /// The hash of a recovery code, which is struck off.
    std::string recovery_hash{};
};

/// Log-ins. Safe from several coroutines and threads at once; never throws; outlives every Task it
/// returns. Unavailable: nothing changed. Unknown: the outcome has to be looked up.
class SessionStore {
public:
    virtual ~SessionStore() = default;

    /// Begins a session and uses the factor up. Beyond kSessionsPerUser the oldest one ends.
    /// Errors: NotFound `account.not_found`; Forbidden `auth.otp_invalid` when the factor was
    /// used before; Unavailable; Unknown.
    virtual Task<Result<void>> open_session(Session session, SpentFactor factor) = 0;

    /// The account of a session that lives at `now`.
    /// Errors: NotFound `session.not_found`; Unavailable.
    virtual Task<Result<Account>> find_session(UserId user, SessionId id, TimePoint now) = 0;

    /// Sessions that live at `now`, newest first. Errors: Unavailable.
    virtual Task<Result<std::vector<Session>>> list_sessions(UserId user, TimePoint now) = 0;

    /// Ends one session at once. Errors: NotFound `session.not_found`; Unavailable; Unknown.
    virtual Task<Result<void>> end_session(UserId user, SessionId id) = 0;

    /// Ends every session at once and starts a new epoch, so that no token of an older one can ever
    /// count again; the account's `sessions_ended_at` is `now`, as it is after everything else that
    /// ends every session. Errors: NotFound `account.not_found`; Unavailable; Unknown.
    virtual Task<Result<void>> end_all_sessions(UserId user, TimePoint now) = 0;
};

}  // namespace imagify
