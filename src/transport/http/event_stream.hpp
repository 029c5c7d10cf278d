#pragma once

#include "ports/account_store.hpp"
#include "ports/events.hpp"
#include "ports/generation_store.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// Server-sent events of one person: `image` with an Image, `balance` with {credits, held}; a
/// comment every 15 s keeps proxies from cutting the connection. The references outlive the stream.
Task<Response> event_stream(Events& events, GenerationStore& generations, AccountStore& accounts,
                            UserId user);

}  // namespace imagify::http
