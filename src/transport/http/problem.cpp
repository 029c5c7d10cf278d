#include "transport/http/problem.hpp"

#include <boost/json.hpp>
#include <utility>

namespace imagify::http {
namespace {

std::string_view title_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Malformed: return "The request cannot be read";
        case ErrorKind::Invalid: return "A value is not allowed";
        case ErrorKind::Unauthenticated: return "Please sign in";
        case ErrorKind::Forbidden: return "Not allowed";
        case ErrorKind::NotFound: return "Not found";
        case ErrorKind::Conflict: return "The present state does not allow it";
        case ErrorKind::InsufficientCredits: return "Not enough credits";
        case ErrorKind::TooLarge: return "Too large";
        case ErrorKind::UnsupportedType: return "This content type is not taken";
        case ErrorKind::MethodNotAllowed: return "This method is not taken";
        case ErrorKind::Refused: return "The painter refuses this prompt";
        case ErrorKind::RateLimited: return "Too many requests; try again later";
        case ErrorKind::NoUpstreamCredit:
        case ErrorKind::BadUpstream:
        case ErrorKind::Timeout:
        case ErrorKind::Unavailable: return "Not available right now; try again";
        case ErrorKind::Unknown:
        case ErrorKind::Internal: return "Something went wrong on our side";
    }
    std::unreachable();
}

}  // namespace

unsigned status_of(ErrorKind kind) {
    switch (kind) {  // No default: a new kind must fail to compile here.
        case ErrorKind::Malformed: return 400;
        case ErrorKind::Invalid: return 422;
        case ErrorKind::Unauthenticated: return 401;
        case ErrorKind::Forbidden: return 403;
        case ErrorKind::NotFound: return 404;
        case ErrorKind::Conflict: return 409;
        case ErrorKind::InsufficientCredits: return 402;
        case ErrorKind::TooLarge: return 413;
        case ErrorKind::UnsupportedType: return 415;
        case ErrorKind::MethodNotAllowed: return 405;
        case ErrorKind::Refused: return 422;
        case ErrorKind::RateLimited: return 429;
        case ErrorKind::NoUpstreamCredit:
        case ErrorKind::BadUpstream:
        case ErrorKind::Timeout:
        case ErrorKind::Unavailable: return 503;
        case ErrorKind::Unknown:
        case ErrorKind::Internal: return 500;
    }
    std::unreachable();
}

Response problem(const Error& error, std::string_view request_id) {
    const auto status = status_of(error.kind);
    const auto title = title_of(error.kind);
    boost::json::object document{{"type", "about:blank"}, {"title", title},
                                 {"status", status},      {"code", error.code},
                                 {"detail", title},       {"requestId", request_id}};
    if (!error.fields.empty()) {
        boost::json::object fields;
        for (const auto& [field, code] : error.fields) fields[field] = code;
        document["errors"] = std::move(fields);
    }
    Response response{.status = status, .headers = {}, .body = boost::json::serialize(document)};
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Cache-Control", "no-store");
    if (error.retry_after) {
        response.headers.add("Retry-After", std::to_string(error.retry_after->count()));
    } else if (status == 503) {
        response.headers.add("Retry-After", "2");
    }
    if (status == 401) response.headers.add("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace imagify::http
