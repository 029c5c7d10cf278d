#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <deque>
#include <memory>
#include <string>

#include "api/cloud_storage.hpp"
#include "app/backend.hpp"
#include "ports/http_client.hpp"
#include "support/fake_clock.hpp"
#include "support/lambda_caller.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"
#include "transport/http/api.hpp"

namespace imagify::testing {

/// What a client sees of an answer, the body read to its end.
struct Answer {
    unsigned status = 0;
    http::Headers headers;
    std::string body;

    boost::json::value json() const;
    /// A text member of a JSON body, or "" when there is none.
    std::string text(std::string_view name) const;
    std::int64_t number(std::string_view name) const;
};

/// What a client sends.
struct Call {
    http::Method method = http::Method::Get;
    std::string target;
    std::string body{};
    std::string token{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string client_address = "203.0.113.7";
};

/// Answers querydr as a test wants it, and remembers what was asked.
class FakeHttpClient final : public HttpClient {
public:
    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

    /// One answer each, first to last; afterwards the gateway is out of reach.
    std::deque<Result<OutboundAnswer>> answers;
    std::vector<OutboundRequest> requests;
};

/// Paints a small valid picture, or fails as a test wants it.
class FakePainter final : public Painter {
public:
    FakePainter();
    const PainterCapabilities& capabilities() const override { return capabilities_; }
    Task<Result<Painted>> paint(PaintRequest request, ByteSink& sink) override;

    /// Fails with this while it is set.
    std::optional<Error> failure;
    /// Sends these bytes instead of a picture when it is not empty.
    std::string bytes;
    /// Runs while the picture is being painted.
    std::function<Task<void>()> meanwhile;
    int calls = 0;

private:
    PainterCapabilities capabilities_;
};

/// The same in every run, but for stores that several runs share.
std::uint64_t first_seed();

/// The whole API on real stores in a folder of its own, without sockets, painter and gateway faked.
/// With IMAGIFY_API_STORE=dynamodb the stores are DynamoDB and S3 of tools/aws; with
/// IMAGIFY_API_TRANSPORT=lambda-v1 or lambda-v2 each call travels as an event of API Gateway.
class ApiTest : public ::testing::Test {
protected:
    ApiTest();
    ~ApiTest() override;

    /// Starts the API anew on the same stores; people's passwords are kept by `identity`, if any.
    void start(IdentityProvider* identity);
    Answer call(Call call);
    /// Runs several requests at once on one event loop.
    std::vector<Answer> call_together(std::vector<Call> calls);
    Answer post(std::string target, const std::string& body, const std::string& token = {});
    Answer get(std::string target, const std::string& token = {});
    /// Registers somebody and yields the token.
    std::string sign_up(const std::string& email = "an@example.vn");
    std::int64_t credits(const std::string& token);
    /// Opens an order for the basic plan and yields its id.
    std::string open_order(const std::string& token);
    /// A notice of VNPAY about the order, signed.
    std::string notice(const std::string& order, std::map<std::string, std::string> changes = {});
    Answer ipn(const std::string& order, std::map<std::string, std::string> changes = {});
    /// A signed querydr answer about the order.
    OutboundAnswer query_answer(const std::string& order,
                                std::map<std::string, std::string> changes = {});
    void expect_balanced_books();

    TempFolder folder;
    FakeClock clock;
    SeededRandom random{first_seed()};
    Worker worker{0, 1};
    Config config;
    FakeHttpClient http_client;
    FakePainter painter;
    /// Null: the stores are in the folder.
    std::unique_ptr<CloudStorage> cloud;
    Storage storage;
    std::unique_ptr<PaymentGateway> gateway;
    std::unique_ptr<PasswordHasher> hasher;
    std::unique_ptr<Backend> backend;
    http::Router router;
    std::unique_ptr<http::Api> api;
    /// Set: calls travel as events of API Gateway.
    std::optional<lambda::Payload> events;
    bool draining = false;

private:
    void open_stores();
    Task<Answer> answer(Call call);
};

}  // namespace imagify::testing
