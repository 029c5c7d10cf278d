#include "transport/http/problem.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace imagify::http {
namespace {

const std::string& body_of(const Response& response) {
    return std::get<std::string>(response.body);
}

}  // namespace

TEST(ProblemTest, EveryKindHasItsStatus) {
    struct Row {
        ErrorKind kind;
        unsigned status;
    };
    for (const auto& [kind, status] : std::initializer_list<Row>{
             {ErrorKind::Malformed, 400},
             {ErrorKind::Invalid, 422},
             {ErrorKind::Unauthenticated, 401},
             {ErrorKind::Forbidden, 403},
             {ErrorKind::NotFound, 404},
             {ErrorKind::Conflict, 409},
             {ErrorKind::InsufficientCredits, 402},
             {ErrorKind::TooLarge, 413},
             {ErrorKind::UnsupportedType, 415},
             {ErrorKind::MethodNotAllowed, 405},
             {ErrorKind::Refused, 422},
             {ErrorKind::RateLimited, 429},
             {ErrorKind::NoUpstreamCredit, 503},
             {ErrorKind::BadUpstream, 503},
             {ErrorKind::Timeout, 503},
             {ErrorKind::Unavailable, 503},
             {ErrorKind::Unknown, 500},
             {ErrorKind::Internal, 500},
         }) {
        EXPECT_EQ(status_of(kind), status);
        EXPECT_EQ(problem({.kind = kind, .code = "x"}, "r").status, status);
    }
}

TEST(ProblemTest, SaysCodeFieldsAndRequestButNeverTheDetail) {
    const auto response = problem({.kind = ErrorKind::Invalid,
                                   .code = "validation.failed",
                                   .detail = "SELECT secret FROM users",
                                   .fields = {{"email", "invalid"}, {"password", "too_short"}}},
                                  "r-1");

    const auto document = boost::json::parse(body_of(response)).as_object();
    EXPECT_EQ(document.at("code"), "validation.failed");
    EXPECT_EQ(document.at("status"), 422);
    EXPECT_EQ(document.at("requestId"), "r-1");
    EXPECT_EQ(document.at("errors").at("email"), "invalid");
    EXPECT_EQ(document.at("errors").at("password"), "too_short");
    EXPECT_FALSE(body_of(response).contains("secret"));
    EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.get("Cache-Control"), "no-store");
}

TEST(ProblemTest, UnavailableAlwaysSaysWhenToComeBack) {
    const auto own = problem({.kind = ErrorKind::Unavailable,
                              .code = "server.overloaded",
                              .retry_after = std::chrono::seconds(7)},
                             "r");
    const auto usual = problem({.kind = ErrorKind::Timeout, .code = "painter.timeout"}, "r");
    const auto limited = problem({.kind = ErrorKind::RateLimited,
                                  .code = "rate.limited",
                                  .retry_after = std::chrono::seconds(60)},
                                 "r");

    EXPECT_EQ(own.headers.get("Retry-After"), "7");
    EXPECT_EQ(usual.headers.get("Retry-After"), "2");
    EXPECT_EQ(limited.headers.get("Retry-After"), "60");
    EXPECT_EQ(problem({.kind = ErrorKind::NotFound, .code = "x"}, "r").headers.count("Retry-After"),
              0U);
}

TEST(ProblemTest, UnauthenticatedNamesTheScheme) {
    EXPECT_EQ(problem({.kind = ErrorKind::Unauthenticated, .code = "x"}, "r")
                  .headers.get("WWW-Authenticate"),
              "Bearer");
    EXPECT_EQ(
        problem({.kind = ErrorKind::Forbidden, .code = "x"}, "r").headers.count("WWW-Authenticate"),
        0U);
}

}  // namespace imagify::http
