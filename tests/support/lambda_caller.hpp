#pragma once

#include "base/clock.hpp"
#include "transport/http/message.hpp"
#include "transport/lambda/event.hpp"

namespace imagify::testing {

/// Calls a service as AWS does: the request becomes an event of API Gateway, a Lambda function
/// answers it with JSON, and that becomes a response again.
class LambdaCaller {
public:
    /// Both outlive it.
    LambdaCaller(lambda::Payload payload, http::Service& service, const Clock& clock)
        : payload_(payload), service_(service), clock_(clock) {}

    /// The body of the response is text.
    Task<http::Response> call(http::Request request);

private:
    lambda::Payload payload_;
    http::Service& service_;
    const Clock& clock_;
};

}  // namespace imagify::testing
