#include "faults/shop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "adapters/files/file_blob_store.hpp"
#include "faults/fault.hpp"
#include "usecases/verify_books.hpp"

namespace imagify::testing {
namespace {

boost::json::value parse(const std::string& body) {
    boost::json::error_code failed;
    return boost::json::parse(body, failed);
}

http::Request to_request(ShopCall call) {
    http::Request request;
    request.method = call.method;
    const auto question = std::min(call.target.find('?'), call.target.size());
    request.path = call.target.substr(0, question);
    request.query = call.target.substr(std::min(question + 1, call.target.size()));
    request.client_address = "203.0.113.7";
    request.request_id = "r-1";
    request.headers.add("Host", "imagify.example");
    request.headers.add("Prefer", "respond-async");
    if (!call.body.empty()) request.headers.add("Content-Type", "application/json");
    if (!call.token.empty()) request.headers.add("Authorization", "Bearer " + call.token);
    if (!call.key.empty()) request.headers.add("Idempotency-Key", call.key);
    request.body = std::move(call.body);
    return request;
}

Task<std::string> read_body(http::Body body) {
    if (auto* text = std::get_if<std::string>(&body)) co_return std::move(*text);
    auto* const stream = std::get_if<std::unique_ptr<http::BodyStream>>(&body);
    if (stream == nullptr) co_return std::string();
    std::string text;
    std::array<std::byte, 1'000> buffer{};
    for (;;) {
        const auto count = co_await (*stream)->next(buffer);
        if (!count || *count == 0) co_return text;
        text.append(reinterpret_cast<const char*>(buffer.data()), *count);
    }
}

}  // namespace

std::string ShopAnswer::text(std::string_view name) const {
    const auto value = parse(body);
    const auto* member = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

std::int64_t ShopAnswer::number(std::string_view name) const {
    const auto value = parse(body);
    const auto* member = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return member != nullptr && member->is_int64() ? member->get_int64() : -1;
}

Shop::Shop(const std::filesystem::path& folder, sqlite::StoreMode mode, FakeClock& clock,
           std::uint64_t seed)
    : clock_(clock),
      random_(seed),
      gateway_({.tmn_code = kShopTerminal,
                .hash_secret = Secret(kShopSecret),
                .pay_url = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
                .api_url = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
                .return_url = "https://imagify.example/payment-result"},
               upstream, clock, random_),
      painter_({.api_key = Secret("key"), .url = "https://clipdrop.example"}, upstream, clock,
               random_),
      hasher_(Argon2Cost{.memory_kib = 8, .passes = 1}, random_) {
    open(folder, mode);
    backend_ =
        std::make_unique<Backend>(Backend::Parts{.config = config_,
                                                 .machinery = {clock, random_, worker_, worker_},
                                                 .storage = storage_,
                                                 .gateway = gateway_,
                                                 .painters = {&painter_},
                                                 .hasher = hasher_,
                                                 .jwt_secret = Secret(std::string(32, 's'))});
    backend_->add_routes_to(router_);
    api_ = std::make_unique<http::Api>(
        http::Api::Parts{.authenticate = backend_->authenticate(),
                         .router = router_,
                         .limits = backend_->limits(),
                         .web = [](const http::Request&) { return http::Response{.status = 404}; },
                         .sandbox = {}});
}

void Shop::open(const std::filesystem::path& folder, sqlite::StoreMode mode) {
    auto store =
        sqlite::SqliteStore::open({.file = folder / "imagify.db", .mode = mode, .clock = &clock_});
    if (!store) throw std::runtime_error(store.error().detail);
    storage_.store = std::move(*store);
    storage_.blobs = std::make_unique<FileBlobStore>(folder, worker_, random_);
}

template <class T>
std::optional<T> Shop::finish(Task<T> task) {
    boost::asio::io_context context;
    std::optional<T> outcome;
    const FaultScope scope;
    try {
        boost::asio::co_spawn(context, std::move(task),
                              [&](const std::exception_ptr& thrown, T value) {
                                  if (!thrown) outcome.emplace(std::move(value));
                              });
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
    for (;;) {
        try {
            context.run();
            return outcome;
        } catch (const std::bad_alloc&) {
            ++escaped_;
        }
    }
}

ShopAnswer Shop::call(ShopCall call) {
    auto answer = finish([](http::Api& api, http::Request request) -> Task<ShopAnswer> {
        auto response = co_await api.handle(std::move(request));
        co_return ShopAnswer{.status = response.status,
                             .body = co_await read_body(std::move(response.body))};
    }(*api_, to_request(std::move(call))));
    return answer.value_or(ShopAnswer{.status = 500, .body = {}});
}

bool Shop::reconcile() {
    const auto done = finish(backend_->reconcile_orders().run());
    return done && *done && (*done)->unanswered == 0;
}

void Shop::tend_refunds() { finish(backend_->tend_refunds().run()); }

void Shop::promote(const std::string& email) {
    finish(storage_.store->set_role(*Email::parse(email), Role::Admin,
                                    {"command", "first operator", clock_.now()}));
}

void Shop::tend_holds() {
    finish(backend_->tend_holds().recover());
    clock_.advance(kHoldDeadline + std::chrono::seconds(1));
    finish(backend_->tend_holds().reap());
}

bool Shop::is_writable() {
    const auto written = finish(storage_.store->check_writable());
    return written && *written;
}

std::string Shop::violations() {
    const VerifyBooks verify_books({.store = *storage_.store,
                                    .generations = *storage_.store,
                                    .blobs = *storage_.blobs,
                                    .clock = clock_});
    const auto found = finish(verify_books.run());
    if (!found || !*found) return "the books cannot be verified";
    std::string text;
    for (const auto& violation : **found) {
        text += violation.invariant + ": " + violation.subject + ": " + violation.detail + "; ";
    }
    const auto open = finish(storage_.store->orphaned_holds("", 10));
    if (!open || !*open || !(*open)->empty()) text += "a hold is left; ";
    return text;
}

}  // namespace imagify::testing
