#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/dynamodb/item.hpp"
#include "domain/account_link.hpp"
#include "domain/session.hpp"

namespace imagify::dynamodb {

/// How a person gets in, besides the password: one item beside the account (imagify-users, key:
/// access_key), so that sessions are read and ended consistently and credits move without them.
/// sessions (list of JSON texts), recoveryCodes (set of hashes), and the one link that works of
/// each purpose (verifyLink, changeLink, resetLink: link ids).
struct Access {
    /// Newest first, at most kSessionsPerUser; expired ones may be among them.
    std::vector<Session> sessions;
    std::set<std::string> recovery_codes;
    std::map<LinkPurpose, LinkId> links;

    /// Begins a session; the oldest one ends beyond kSessionsPerUser.
    void open(const Session& session);
    /// False when there is no such session.
    bool end(const SessionId& id);
    const Session* find(const SessionId& id, TimePoint now) const;
};

Item access_item(const UserId& user, const Access& access);
/// An empty one without an item.
Access read_access(const UserId& user, const Item* item);

}  // namespace imagify::dynamodb
