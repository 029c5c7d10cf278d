// What the service and the access hook are told about a request.
#include <future>
#include <mutex>
#include <set>

#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

struct Seen {
    http::Method method;
    std::string path, route;
    unsigned status;
    std::uint64_t bytes;
    std::string request_id;
    std::string trace_id;
};

class AccessTest : public ServerTest {
protected:
    void SetUp() override {
        config.on_access = [this](const http::AccessRecord& record) {
            const std::scoped_lock lock(mutex);
            seen.push_back({record.method, std::string(record.path), std::string(record.route),
                            record.status, record.bytes, std::string(record.request_id),
                            std::string(record.trace_id)});
        };
        service.answer = [](http::Request request) -> Task<http::Response> {
            http::Response response{.status = 201, .headers = {}, .body = {}, .route = "/a/{id}"};
            response.trace_id = "0af7";
            response.body = request.request_id + " " + request.client_address +
                            (request.secure ? " secure" : "");
            co_return response;
        };
    }

    std::mutex mutex;
    std::vector<Seen> seen;
};

TEST_F(AccessTest, EachResponseIsReportedOnce) {
    start();
    HttpProbe probe(port);
    const auto reply = probe.ask(post("/a/7?x=1", "body"));
    const auto refused = probe.ask("nonsense\r\n\r\n");
    ASSERT_TRUE(reply && refused);
    TearDown();

    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].method, http::Method::Post);
    EXPECT_EQ(seen[0].path, "/a/7");
    EXPECT_EQ(seen[0].route, "/a/{id}");
    EXPECT_EQ(seen[0].status, 201U);
    EXPECT_GT(seen[0].bytes, reply->body.size());
    EXPECT_EQ(reply->body, seen[0].request_id + " 127.0.0.1");
    EXPECT_EQ(seen[1].status, 400U);
    EXPECT_EQ(seen[0].trace_id, "0af7");
    EXPECT_EQ(seen[1].path, "");
    EXPECT_EQ(seen[1].trace_id, "");
    EXPECT_NE(refused->body.find("\"requestId\":\"" + seen[1].request_id + "\""),
              std::string::npos);
}

TEST_F(AccessTest, RequestIdsNeverRepeatAndTakeNothingFromOutside) {
    config.threads = 2;
    start();
    std::set<std::string> ids;
    for (int i = 0; i < 20; ++i) {
        HttpProbe probe(port);
        for (int k = 0; k < 20; ++k) {
            const auto reply = probe.ask(get("/", "X-Request-Id: mine\r\n"));
            ASSERT_TRUE(reply);
            const auto id = reply->body.substr(0, reply->body.find(' '));
            EXPECT_EQ(id.size(), 20U);
            ids.insert(id);
        }
    }

    EXPECT_EQ(ids.size(), 400U);
    EXPECT_FALSE(ids.contains("mine"));
}

TEST_F(AccessTest, StrangersCannotChooseTheirAddress) {
    start();
    HttpProbe probe(port);

    const auto reply =
        probe.ask(get("/", "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n"));

    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->body.ends_with(" 127.0.0.1"));
}

TEST_F(AccessTest, TrustedProxyNamesTheCustomer) {
    config.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
    start();
    HttpProbe probe(port);

    const auto reply = probe.ask(get("/",
                                     "X-Forwarded-For: 9.9.9.9, 8.8.8.8\r\nX-Forwarded-For: "
                                     "10.1.2.3\r\nX-Forwarded-Proto: https\r\n"));

    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->body.ends_with(" 8.8.8.8 secure"));
}

}  // namespace
}  // namespace imagify::testing
