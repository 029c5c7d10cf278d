#pragma once

#include "base/ids.hpp"
#include "ports/device_tokens.hpp"
#include "ports/session_store.hpp"
#include "ports/tokens.hpp"

namespace imagify {

/// A person who is logged in from now on.
struct LoggedIn {
    IssuedToken token;
    Account account;
    /// For the browser to keep; see DeviceTokens.
    std::string device_token;
};

/// Makes sessions, and the tokens that speak for them once the store has them.
class BeginSession {
public:
    struct Parts {
        Tokens& tokens;
        DeviceTokens& devices;
        const Clock& clock;
        Random& random;
    };
    explicit BeginSession(Parts parts) : parts_(parts) {}

    /// A session from now on, which the store does not have yet.
    Session propose(const UserId& user, const Client& client) const {
        return new_session(user, client, SessionId(new_ulid("s_", parts_.clock, parts_.random)),
                           parts_.clock.now());
    }

    /// What its owner gets once the store has it.
    LoggedIn hand_out(const Session& session, Account account) const {
        auto token = parts_.tokens.issue(session, account.session_epoch);
        return {.token = std::move(token),
                .account = std::move(account),
                .device_token = parts_.devices.issue(session.user_id)};
    }

private:
    Parts parts_;
};

}  // namespace imagify
