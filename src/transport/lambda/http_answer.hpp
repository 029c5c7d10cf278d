#pragma once

#include <string>

#include "base/task.hpp"
#include "transport/http/message.hpp"
#include "transport/lambda/event.hpp"

namespace imagify::lambda {

/// A response as API Gateway reads it. Bodies that are not UTF-8 text by their content type are
/// base64; HEAD, 204 and 304 have none. A stream is read to its end; one that would never end
/// (server-sent events) is answered 204, which tells a browser to poll instead. An answer over
/// kAnswerMaxBytes becomes a 500 problem `response.too_large`, a broken stream a 503.
/// `response` is changed to what is really sent.
Task<std::string> write_answer(Payload payload, const http::Request& request,
                               http::Response& response);

}  // namespace imagify::lambda
