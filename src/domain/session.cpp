#include "domain/session.hpp"

namespace imagify {

Session new_session(const UserId& user, const Client& client, SessionId id, TimePoint now) {
    return {.id = std::move(id),
            .user_id = user,
            .address = client.address,
            .device = client.device,
            .created_at = now,
            .expires_at = now + kSessionLifetime};
}

}  // namespace imagify
