#include "transport/lambda/http_answer.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "support/run_task.hpp"
#include "transport/lambda/base64.hpp"

namespace imagify::lambda {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Gives `bytes` in small pieces, then the error if there is one.
class Pieces final : public http::BodyStream {
public:
    Pieces(std::string bytes, std::optional<Error> error)
        : bytes_(std::move(bytes)), error_(std::move(error)) {}

    Task<Result<std::size_t>> next(std::span<std::byte> buffer) override {
        if (bytes_.empty() && error_) co_return std::unexpected(*error_);
        const auto count = std::min({buffer.size(), bytes_.size(), std::size_t{1'000}});
        std::memcpy(buffer.data(), bytes_.data(), count);
        bytes_.erase(0, count);
        co_return count;
    }
    std::optional<std::uint64_t> size_bytes() const override { return std::nullopt; }

private:
    std::string bytes_;
    std::optional<Error> error_;
};

http::Response text_response(std::string body, const char* type = "application/json") {
    http::Response response{.status = 200, .body = std::move(body)};
    response.headers.add("Content-Type", type);
    return response;
}

http::Request request_of(http::Method method = http::Method::Get) {
    http::Request request;
    request.method = method;
    request.request_id = "r-1";
    return request;
}

struct Written {
    object json;
    std::size_t bytes;
    unsigned status;
};

Written write(http::Response response, Payload payload = Payload::V2,
              const http::Request& request = request_of()) {
    const auto text = testing::run_task(write_answer(payload, request, response));
    return {.json = boost::json::parse(text).as_object(),
            .bytes = text.size(),
            .status = response.status};
}

value code_in(const Written& written) {
    return boost::json::parse(written.json.at("body").as_string()).at("code");
}

}  // namespace

TEST(AnswerTest, TextIsSentAsItIs) {
    const auto written = write(text_response(R"({"a":"mèo"})")).json;

    EXPECT_EQ(written.at("statusCode"), 200);
    EXPECT_EQ(written.at("body"), R"({"a":"mèo"})");
    EXPECT_EQ(written.at("isBase64Encoded"), false);
    EXPECT_EQ(written.at("headers").at("content-type"), "application/json");
}

TEST(AnswerTest, BytesAreBase64) {
    for (const auto* type : {"image/png", "application/x-tar", "application/octet-stream", ""}) {
        const auto written = write(text_response("\x89PNG\r\n", type)).json;

        EXPECT_EQ(written.at("isBase64Encoded"), true) << type;
        EXPECT_EQ(base64_decode(std::string(written.at("body").as_string())), "\x89PNG\r\n");
    }
}

TEST(AnswerTest, TextThatIsNoUtf8OrIsPackedIsBase64) {
    EXPECT_EQ(write(text_response("\xff", "text/plain")).json.at("isBase64Encoded"), true);
    auto packed = text_response("abc", "text/html; charset=utf-8");
    packed.headers.add("Content-Encoding", "gzip");
    EXPECT_EQ(write(std::move(packed)).json.at("isBase64Encoded"), true);
}

TEST(AnswerTest, RestApisGetListsOfValues) {
    auto response = text_response("{}");
    response.headers.add("Set-Cookie", "a=1");
    response.headers.add("Set-Cookie", "b=2");

    const auto written = write(std::move(response), Payload::V1).json;

    EXPECT_EQ(written.at("multiValueHeaders").at("Set-Cookie"), (array{"a=1", "b=2"}));
    EXPECT_FALSE(written.contains("headers"));
    EXPECT_FALSE(written.contains("cookies"));
}

TEST(AnswerTest, HttpApisGetCookiesApart) {
    auto response = text_response("{}");
    response.headers.add("Set-Cookie", "a=1");
    response.headers.add("Set-Cookie", "b=2");
    response.headers.add("Vary", "Accept");
    response.headers.add("Vary", "Origin");

    const auto written = write(std::move(response)).json;

    EXPECT_EQ(written.at("cookies"), (array{"a=1", "b=2"}));
    EXPECT_EQ(written.at("headers").at("vary"), "Accept, Origin");
    EXPECT_FALSE(written.at("headers").as_object().contains("set-cookie"));
}

TEST(AnswerTest, StreamsAreReadToTheirEnd) {
    auto response = text_response("", "image/webp");
    response.body = std::make_unique<Pieces>(std::string(150'000, 'p'), std::nullopt);

    const auto written = write(std::move(response)).json;

    EXPECT_EQ(base64_decode(std::string(written.at("body").as_string())),
              std::string(150'000, 'p'));
}

TEST(AnswerTest, BrokenStreamIsNoHalfAnswer) {
    auto response = text_response("", "image/webp");
    response.body = std::make_unique<Pieces>(
        "half", Error{.kind = ErrorKind::Unavailable, .code = "blob.unreadable"});

    const auto written = write(std::move(response));

    EXPECT_EQ(written.status, 503U);
    EXPECT_EQ(code_in(written), "server.unavailable");
}

TEST(AnswerTest, EndlessStreamTellsTheBrowserToPoll) {
    auto response = text_response("", "text/event-stream");
    response.long_lived = true;

    const auto written = write(std::move(response)).json;

    EXPECT_EQ(written.at("statusCode"), 204);
    EXPECT_EQ(written.at("body"), "");
}

TEST(AnswerTest, SizeHasALimit) {
    const auto overhead = write(text_response("x")).bytes - 1;

    const auto largest = write(text_response(std::string(kAnswerMaxBytes - overhead, 'x')));
    EXPECT_EQ(largest.status, 200U);
    EXPECT_EQ(largest.bytes, kAnswerMaxBytes);

    const auto larger = write(text_response(std::string(kAnswerMaxBytes - overhead + 1, 'x')));
    EXPECT_EQ(larger.status, 500U);
    EXPECT_EQ(code_in(larger), "response.too_large");
}

TEST(AnswerTest, StreamOverTheLimitIsGivenUp) {
    auto response = text_response("", "image/webp");
    response.body = std::make_unique<Pieces>(std::string(kAnswerMaxBytes + 1, 'p'), std::nullopt);

    const auto written = write(std::move(response));

    EXPECT_EQ(written.status, 500U);
    EXPECT_EQ(code_in(written), "response.too_large");
}

TEST(AnswerTest, HeadHasTheHeadersOfGetWithoutItsBody) {
    const auto written =
        write(text_response("12345"), Payload::V1, request_of(http::Method::Head)).json;

    EXPECT_EQ(written.at("body"), "");
    EXPECT_EQ(written.at("multiValueHeaders").at("Content-Length"), array{"5"});
}

TEST(AnswerTest, NoContentHasNoBody) {
    auto response = text_response("x");
    response.status = 304;

    EXPECT_EQ(write(std::move(response)).json.at("body"), "");
}

TEST(AnswerTest, HeaderThatWouldSplitTheAnswerIsLeftOut) {
    auto response = text_response("{}");
    response.headers.add("Location", "/a\r\nSet-Cookie: evil=1");
    response.headers.add("Connection", "close");
    response.headers.add("X-Bad", "\xff");

    const auto headers = write(std::move(response)).json.at("headers").as_object();

    EXPECT_EQ(headers.size(), 1U);
    EXPECT_TRUE(headers.contains("content-type"));
}

TEST(AnswerTest, SecureCustomersAreToldToStaySo) {
    auto request = request_of();
    request.secure = true;

    EXPECT_TRUE(write(text_response("{}"), Payload::V2, request)
                    .json.at("headers")
                    .as_object()
                    .contains("strict-transport-security"));
    EXPECT_FALSE(write(text_response("{}"))
                     .json.at("headers")
                     .as_object()
                     .contains("strict-transport-security"));
}

}  // namespace imagify::lambda
