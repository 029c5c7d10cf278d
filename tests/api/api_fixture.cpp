#include "api/api_fixture.hpp"

#include <cstdlib>
#include <random>

#include "adapters/demo_painter/demo_painter.hpp"
#include "adapters/vnpay/api_message.hpp"
#include "adapters/vnpay/signature.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "usecases/verify_books.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kTerminal = "TESTTMN1";
const Secret kHashSecret("TESTONLYINVENTEDSECRETKEY0000001");

std::string small_png() {
    demo::Pixmap pixmap{.width = 8, .height = 8, .rgb = std::vector<std::uint8_t>(8 * 8 * 3, 77)};
    const auto png = demo::encode_png(pixmap);
    return {png.begin(), png.end()};
}

bool on_dynamodb() {
    const auto* chosen = std::getenv("IMAGIFY_API_STORE");
    const std::string_view name = chosen == nullptr ? "sqlite" : chosen;
    if (name != "sqlite" && name != "dynamodb") {
        throw std::runtime_error("IMAGIFY_API_STORE is sqlite or dynamodb");
    }
    return name == "dynamodb";
}

std::optional<lambda::Payload> chosen_payload() {
    const auto* chosen = std::getenv("IMAGIFY_API_TRANSPORT");
    const std::string_view name = chosen == nullptr ? "direct" : chosen;
    if (name == "direct") return std::nullopt;
    if (name == "lambda-v1") return lambda::Payload::V1;
    if (name == "lambda-v2") return lambda::Payload::V2;
    throw std::runtime_error("IMAGIFY_API_TRANSPORT is direct, lambda-v1 or lambda-v2");
}

Task<std::string> read_body(http::Body body) {
    if (auto* text = std::get_if<std::string>(&body)) co_return std::move(*text);
    if (const auto* bytes = std::get_if<std::span<const std::byte>>(&body)) {
        co_return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    }
    std::string text;
    auto& stream = *std::get<std::unique_ptr<http::BodyStream>>(body);
    std::array<std::byte, 1'000> buffer{};
    for (;;) {
        const auto count = co_await stream.next(buffer);
        if (!count || *count == 0) co_return text;
        text.append(reinterpret_cast<const char*>(buffer.data()), *count);
    }
}

}  // namespace

boost::json::value Answer::json() const {
    boost::json::error_code failed;
    auto value = boost::json::parse(body, failed);
    EXPECT_FALSE(failed) << body;
    return value;
}

std::string Answer::text(std::string_view name) const {
    const auto value = json();
    const auto* member = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

std::int64_t Answer::number(std::string_view name) const {
    const auto value = json();
    const auto* member = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    EXPECT_TRUE(member != nullptr && member->is_int64()) << name << " in " << body;
    return member != nullptr && member->is_int64() ? member->get_int64() : -1;
}

Task<Result<OutboundAnswer>> FakeHttpClient::send(OutboundRequest request) {
    requests.push_back(std::move(request));
    if (answers.empty()) co_return fail(ErrorKind::Unavailable, "upstream.unreachable");
    auto answer = std::move(answers.front());
    answers.pop_front();
    co_return answer;
}

Task<Result<OutboundAnswer>> FakeHttpClient::send(OutboundRequest request, ByteSink&) {
    co_return co_await send(std::move(request));
}

FakePainter::FakePainter()
    : capabilities_{.id = "fake",
                    .name = "Fake",
                    .aspect_ratios = {AspectRatio::Square},
                    .styles = {"none"},
                    .seed = true} {}

Task<Result<Painted>> FakePainter::paint(PaintRequest, ByteSink& sink) {
    ++calls;
    if (meanwhile) co_await meanwhile();
    if (failure) co_return std::unexpected(*failure);
    const auto picture = bytes.empty() ? small_png() : bytes;
    if (auto written = co_await sink.write(std::as_bytes(std::span(picture))); !written) {
        co_return std::unexpected(written.error());
    }
    co_return Painted{.engine = "fake"};
}

std::uint64_t first_seed() { return on_dynamodb() ? std::random_device()() : 1; }

void ApiTest::open_stores() {
    if (on_dynamodb()) {
        cloud = std::make_unique<CloudStorage>(clock);
        storage = {.store = cloud->make_store(), .blobs = cloud->make_blobs()};
        return;
    }
    auto opened = open_storage(folder.path(), sqlite::StoreMode::Server, worker, clock, random);
    if (!opened) throw std::runtime_error(opened.error().detail);
    storage = std::move(*opened);
}

ApiTest::ApiTest() {
    open_stores();
    gateway = std::make_unique<VnpayGateway>(
        VnpayConfig{.tmn_code = std::string(kTerminal),
                    .hash_secret = kHashSecret,
                    .pay_url = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
                    .api_url = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
                    .return_url = "https://imagify.example/payment-result"},
        http_client, clock, random);
    // The cheapest cost that libargon2 takes: these tests are not about hashing.
    hasher = std::make_unique<Argon2Hasher>(Argon2Cost{.memory_kib = 8, .passes = 1}, random);
    start(nullptr);
}

void ApiTest::start(IdentityProvider* identity) {
    api.reset();
    router = {};
    backend = std::make_unique<Backend>(Backend::Parts{.config = config,
                                                       .machinery = {clock, random, worker, worker},
                                                       .storage = storage,
                                                       .gateway = *gateway,
                                                       .painters = {&painter},
                                                       .hasher = *hasher,
                                                       .jwt_secret = Secret(std::string(32, 's')),
                                                       .identity = identity});
    backend->add_routes_to(router);
    add_routes(router, http::OpsRoutes{.store = *storage.store,
                                       .draining = [this] { return draining; },
                                       .metrics = [] { return std::string("metrics\n"); },
                                       .metrics_token = {},
                                       .metrics_for_this_machine = true});
    api = std::make_unique<http::Api>(http::Api::Parts{
        .authenticate = backend->authenticate(),
        .router = router,
        .limits = backend->limits(),
        .web = [](const http::Request&) { return http::Response{.status = 200, .body = "web"}; },
        .sandbox = {}});
    events = chosen_payload();
}

ApiTest::~ApiTest() { expect_balanced_books(); }

void ApiTest::expect_balanced_books() {
    const VerifyBooks verify_books({.store = *storage.store,
                                    .generations = *storage.store,
                                    .blobs = *storage.blobs,
                                    .clock = clock});
    const auto violations = run_task(verify_books.run());
    ASSERT_TRUE(violations);
    for (const auto& violation : *violations) {
        ADD_FAILURE() << violation.invariant << ": " << violation.subject << ": "
                      << violation.detail;
    }
}

Task<Answer> ApiTest::answer(Call call) {
    http::Request request;
    request.method = call.method;
    const auto question = std::min(call.target.find('?'), call.target.size());
    request.path = call.target.substr(0, question);
    request.query = call.target.substr(std::min(question + 1, call.target.size()));
    request.client_address = call.client_address;
    request.request_id = "r-1";
    request.headers.add("Host", "imagify.example");
    for (auto& [name, value] : call.headers) request.headers.add(name, value);
    if (!call.body.empty() && request.headers.get("Content-Type").empty()) {
        request.headers.add("Content-Type", "application/json");
    }
    if (!call.token.empty()) request.headers.add("Authorization", "Bearer " + call.token);
    request.body = std::move(call.body);
    auto response = events ? co_await LambdaCaller(*events, *api, clock).call(std::move(request))
                           : co_await api->handle(std::move(request));
    co_return Answer{.status = response.status,
                     .headers = std::move(response.headers),
                     .body = co_await read_body(std::move(response.body))};
}

Answer ApiTest::call(Call call) { return run_task(answer(std::move(call))); }

std::vector<Answer> ApiTest::call_together(std::vector<Call> calls) {
    boost::asio::io_context context;
    std::vector<std::future<Answer>> answers;
    answers.reserve(calls.size());
    for (auto& each : calls) {
        answers.push_back(
            boost::asio::co_spawn(context, answer(std::move(each)), boost::asio::use_future));
    }
    context.run();
    std::vector<Answer> all;
    all.reserve(answers.size());
    for (auto& each : answers) all.push_back(each.get());
    return all;
}

Answer ApiTest::post(std::string target, const std::string& body, const std::string& token) {
    return call(
        {.method = http::Method::Post, .target = std::move(target), .body = body, .token = token});
}

Answer ApiTest::get(std::string target, const std::string& token) {
    return call({.target = std::move(target), .token = token});
}

std::string ApiTest::sign_up(const std::string& email) {
    const auto answer =
        post("/auth/register", R"({"email":")" + email + R"(","password":"a long pass phrase"})");
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return answer.text("token");
}

std::int64_t ApiTest::credits(const std::string& token) {
    return get("/user/credits", token).number("credits");
}

std::string ApiTest::open_order(const std::string& token) {
    const auto answer = post("/user/pay-vnpay", R"({"planId":"basic"})", token);
    EXPECT_EQ(answer.status, 201U) << answer.body;
    return answer.text("transactionId");
}

std::string ApiTest::notice(const std::string& order, std::map<std::string, std::string> changes) {
    vnpay::Fields fields{{"vnp_Amount", "25000000"},      {"vnp_BankCode", "NCB"},
                         {"vnp_OrderInfo", "Imagify"},    {"vnp_ResponseCode", "00"},
                         {"vnp_TmnCode", "TESTTMN1"},     {"vnp_TransactionNo", "1" + order},
                         {"vnp_TransactionStatus", "00"}, {"vnp_TxnRef", order}};
    // VNPAY's numbers are digits; any digits that differ per order do.
    fields["vnp_TransactionNo"] = std::to_string(std::hash<std::string>{}(order) % 100'000'000);
    for (auto& [name, value] : changes) fields.insert_or_assign(name, value);
    return vnpay::signed_query(kHashSecret, fields);
}

Answer ApiTest::ipn(const std::string& order, std::map<std::string, std::string> changes) {
    return get("/payment/vnpay-ipn?" + notice(order, std::move(changes)));
}

OutboundAnswer ApiTest::query_answer(const std::string& order,
                                     std::map<std::string, std::string> changes) {
    vnpay::Fields fields{{"vnp_ResponseId", "r"},        {"vnp_Command", "querydr"},
                         {"vnp_ResponseCode", "00"},     {"vnp_Message", "ok"},
                         {"vnp_TmnCode", "TESTTMN1"},    {"vnp_TxnRef", order},
                         {"vnp_Amount", "25000000"},     {"vnp_OrderInfo", "Imagify"},
                         {"vnp_BankCode", "NCB"},        {"vnp_PayDate", "20260115100712"},
                         {"vnp_TransactionNo", "4711"},  {"vnp_TransactionType", "01"},
                         {"vnp_TransactionStatus", "00"}};
    for (auto& [name, value] : changes) fields.insert_or_assign(name, value);
    return {.status = 200,
            .headers = {{"content-type", "application/json"}},
            .body = vnpay::to_api_body(
                vnpay::with_signature(vnpay::ApiMessage::QueryAnswer, fields, kHashSecret))};
}

}  // namespace imagify::testing
