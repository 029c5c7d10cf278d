#include "app/lambda_backend.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "adapters/http_client/beast_http_client.hpp"
#include "app/route_groups.hpp"
#include "support/run_task.hpp"
#include "support/temp_folder.hpp"

namespace imagify {
namespace {

using boost::json::object;
using testing::run_task;

// One function on a store in a folder of its own, with the demo painter.
class LambdaBackendTest : public ::testing::Test {
protected:
    void open(RouteGroup routes = RouteGroup::All) {
        Config config;
        config.data = folder.path();
        config.painters = {"demo"};
        config.routes = routes;
        config.vnpay_tmn_code = "TESTTMN1";
        config.vnpay_hash_secret = Secret(vnpay_hash_secret);
        backend = std::move(
            LambdaBackend::open(std::move(config), {.clock = clock, .random = random, .http = http})
                .value());
        function.emplace(backend->function_parts());
    }

    ~LambdaBackendTest() override {
        if (backend) backend->stop();
    }

    Result<object> handle(const object& event,
                          std::chrono::seconds left = std::chrono::minutes(2)) {
        const auto answer = run_task(function->handle({.id = "i-1",
                                                       .event = boost::json::serialize(event),
                                                       .deadline = clock.steady_now() + left}));
        if (!answer) return std::unexpected(answer.error());
        return boost::json::parse(*answer).as_object();
    }

    object request(const char* method, const std::string& path, const object& body = {}) {
        object headers{{"content-type", "application/json"}};
        if (!token.empty()) headers["authorization"] = "Bearer " + token;
        const auto text = std::string_view(method) == "GET" ? "" : boost::json::serialize(body);
        return handle({{"version", "2.0"},
                       {"rawPath", path},
                       {"headers", headers},
                       {"requestContext",
                        {{"http", {{"method", method}, {"sourceIp", "203.0.113.9"}}}}},
                       {"body", text}})
            .value();
    }

    static object body_of(const object& answer) {
        return boost::json::parse(answer.at("body").as_string()).as_object();
    }

    void sign_up() {
        const auto answer =
            request("POST", "/auth/register",
                    {{"email", "an@example.vn"}, {"password", "a long pass phrase"}});
        token = body_of(answer).at("token").as_string();
    }

    /// A held generation that nobody paints yet, as if it waited in a queue.
    GenerationId hold() {
        const auto owner = body_of(request("GET", "/user/me")).at("id").as_string();
        const auto now = clock.now();
        const auto held = run_task(backend->store().place_hold(
            {.generation = {.id = GenerationId(new_ulid("", clock, random)),
                            .user_id = UserId(std::string(owner)),
                            .order = {.prompt = "a cat"},
                            .price = kPicturePrice,
                            .created_at = now,
                            .deadline = now + kHoldDeadline,
                            .lease = "p_elsewhere"},
             .key = std::nullopt}));
        return held.value().generation.id;
    }

    static object batch(std::initializer_list<std::string> bodies) {
        boost::json::array records;
        for (const auto& body : bodies) {
            records.push_back(object{{"messageId", "m-" + std::to_string(records.size() + 1)},
                                     {"body", body},
                                     {"eventSource", "aws:sqs"}});
        }
        return {{"Records", std::move(records)}};
    }

    static std::string message(const GenerationId& id) {
        return R"({"generationId":")" + id.text() + "\"}";
    }

    testing::TempFolder folder;
    std::string vnpay_hash_secret = "TESTONLYINVENTEDSECRETKEY0000001";
    SystemClock clock;
    SystemRandom random;
    BeastHttpClient http;
    std::unique_ptr<LambdaBackend> backend;
    std::optional<lambda::Function> function;
    std::string token;
};

}  // namespace

TEST_F(LambdaBackendTest, PictureIsPaintedBeforeTheAnswerAndServedAsBytes) {
    open();
    sign_up();

    const auto answer = request("POST", "/image/generate-image", {{"prompt", "a cat"}});

    EXPECT_EQ(answer.at("statusCode"), 200);
    const auto file = request("GET", std::string(body_of(answer).at("imageUrl").as_string()));
    EXPECT_EQ(file.at("isBase64Encoded"), true);
    EXPECT_TRUE(file.at("body").as_string().starts_with("iVBORw0KGgo"));
}

TEST_F(LambdaBackendTest, ShortDeadlineAnswersBeforeThePictureIsThere) {
    open();
    sign_up();

    const auto answer =
        handle({{"version", "2.0"},
                {"rawPath", "/image/generate-image"},
                {"headers",
                 {{"content-type", "application/json"}, {"authorization", "Bearer " + token}}},
                {"requestContext", {{"http", {{"method", "POST"}, {"sourceIp", "203.0.113.9"}}}}},
                {"body", R"({"prompt":"a cat"})"}},
               std::chrono::seconds(1))
            .value();

    EXPECT_EQ(answer.at("statusCode"), 202);
    const auto id = std::string(body_of(answer).at("imageId").as_string());
    EXPECT_EQ(body_of(request("GET", "/image/" + id)).at("status"), "ready");
}

TEST_F(LambdaBackendTest, MessageDeliveredThreeTimesGivesOnePicture) {
    open();
    sign_up();
    const auto id = hold();

    const auto answer = handle(batch({message(id), message(id), message(id)}));

    EXPECT_TRUE(answer.value().at("batchItemFailures").as_array().empty());
    const auto credits = body_of(request("GET", "/user/credits"));
    EXPECT_EQ(credits.at("credits"), 4);
    EXPECT_EQ(credits.at("held"), 0);
    EXPECT_EQ(body_of(request("GET", "/image/" + id.text())).at("status"), "ready");
}

TEST_F(LambdaBackendTest, MessageWithoutTimeForAPictureComesBackUntouched) {
    open();
    sign_up();
    const auto id = hold();

    const auto answer = handle(batch({message(id)}), std::chrono::seconds(60));

    EXPECT_EQ(answer.value().at("batchItemFailures").at(0).at("itemIdentifier"), "m-1");
    EXPECT_EQ(body_of(request("GET", "/image/" + id.text())).at("status"), "pending");
}

TEST_F(LambdaBackendTest, MessageOfAnAbsentPictureIsDone) {
    open();

    const auto answer = handle(batch({message(GenerationId(new_ulid("", clock, random)))}));

    EXPECT_TRUE(answer.value().at("batchItemFailures").as_array().empty());
}

TEST_F(LambdaBackendTest, MessageOfSomebodyElseGoesToTheDeadLetters) {
    open();

    const auto answer = handle(batch({"", "{}", R"({"generationId":7})"}));

    EXPECT_EQ(answer.value().at("batchItemFailures").as_array().size(), 3U);
}

TEST_F(LambdaBackendTest, ScheduleTendsTheStore) {
    open(RouteGroup::Scheduler);

    EXPECT_EQ(handle({{"source", "aws.events"}}).value(),
              (object{{"reap", 0}, {"reconcile", 0}, {"mail", 0}, {"forget", 1}}));
}

TEST_F(LambdaBackendTest, GroupsTakeOnlyTheirOwn) {
    struct Row {
        RouteGroup group;
        bool plans;
        bool engines;
        bool queue;
        bool schedule;
    };
    for (const auto& row : {Row{RouteGroup::All, true, true, true, true},
                            Row{RouteGroup::Auth, false, false, false, false},
                            Row{RouteGroup::Image, false, true, false, false},
                            Row{RouteGroup::Payment, true, false, false, false},
                            Row{RouteGroup::Worker, false, false, true, false},
                            Row{RouteGroup::Scheduler, false, false, false, true}}) {
        if (backend) backend->stop();
        function.reset();
        backend.reset();
        open(row.group);

        EXPECT_EQ(request("GET", "/plans").at("statusCode"), row.plans ? 200 : 404);
        EXPECT_EQ(request("GET", "/image/engines").at("statusCode"), row.engines ? 200 : 404);
        EXPECT_EQ(handle(batch({})).has_value(), row.queue);
        EXPECT_EQ(handle({{"imagify", "reap"}}).has_value(), row.schedule);
    }
}

TEST_F(LambdaBackendTest, WorkerKeepsNoSecretThatSigns) {
    open(RouteGroup::Worker);

    EXPECT_EQ(backend->config().jwt_secret.reveal().size(), 32U);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "jwt.secret"));
}

// What takes no payments is not told VNPAY's secret.
TEST_F(LambdaBackendTest, FunctionWithoutPaymentsNeedsNoSecretOfVnpay) {
    vnpay_hash_secret.clear();
    for (const auto group : {RouteGroup::Auth, RouteGroup::Image, RouteGroup::Worker}) {
        if (backend) backend->stop();
        function.reset();
        backend.reset();

        open(group);

        EXPECT_EQ(backend->config().vnpay_hash_secret.reveal().size(), 32U);
    }
}

TEST_F(LambdaBackendTest, EveryRouteIsOfOneGroupOrOfAll) {
    const std::pair<const char*, std::optional<RouteGroup>> rows[] = {
        {"/auth/login", RouteGroup::Auth},
        {"/user/me", RouteGroup::Auth},
        {"/user/credits", RouteGroup::Auth},
        {"/user/pay-vnpay", RouteGroup::Payment},
        {"/user/transactions/{id}/receipt", RouteGroup::Payment},
        {"/payment/vnpay-ipn", RouteGroup::Payment},
        {"/admin/orders", RouteGroup::Payment},
        {"/image", RouteGroup::Image},
        {"/image/{id}/file", RouteGroup::Image},
        {"/healthz", std::nullopt},
        {"/readyz", std::nullopt}};
    for (const auto& [pattern, group] : rows) EXPECT_EQ(group_of(pattern), group) << pattern;
}

}  // namespace imagify
