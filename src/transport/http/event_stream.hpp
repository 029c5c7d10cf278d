#pragma once

#include "base/clock.hpp"
#include "ports/events.hpp"
#include "ports/generation_store.hpp"
#include "ports/session_store.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// Who listens. The clock outlives the stream.
struct Listener {
    UserId user;
    SessionId session;
    const Clock* clock = nullptr;
};

/// Server-sent events of one person: `image` with an Image, `balance` with {credits, held}; a
/// comment every 15 s keeps proxies from cutting the connection. Ends when the session ends. The
/// references outlive the stream.
Task<Response> event_stream(Events& events, GenerationStore& generations, SessionStore& sessions,
                            Listener listener);

}  // namespace imagify::http
