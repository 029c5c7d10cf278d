#include "adapters/dynamodb/table_errors.hpp"

#include "base/log.hpp"

namespace imagify::dynamodb {

std::unexpected<Error> nothing_changed(std::string detail) {
    return fail(ErrorKind::Unavailable, "server.unavailable", std::move(detail));
}

std::unexpected<Error> busy() {
    return std::unexpected(Error{.kind = ErrorKind::Unavailable,
                                 .code = "server.busy",
                                 .detail = "dynamodb: other transactions were faster every time",
                                 .retry_after = std::chrono::seconds(1)});
}

std::unexpected<Error> outcome_unknown(std::string detail) {
    return fail(ErrorKind::Unknown, "server.outcome_unknown", std::move(detail));
}

std::unexpected<Error> bad_request(const aws::ServiceAnswer& answer) {
    log_event(LogLevel::Error, "store.bad_request",
              {{"fault", std::string_view(answer.fault)},
               {"detail", std::string_view(answer.fault_message)}});
    return fail(ErrorKind::Internal, "server.internal",
                "dynamodb: " + answer.fault + ": " + answer.fault_message);
}

}  // namespace imagify::dynamodb
