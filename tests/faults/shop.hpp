#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "adapters/clipdrop/clipdrop_painter.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "app/backend.hpp"
#include "faults/upstream.hpp"
#include "support/fake_clock.hpp"
#include "support/seeded_random.hpp"
#include "transport/http/api.hpp"

namespace imagify::testing {

/// What a client sees of an answer.
struct ShopAnswer {
    unsigned status = 0;
    std::string body;

    /// A text member of a JSON body, or "".
    std::string text(std::string_view name) const;
    /// A number in a JSON body, or -1.
    std::int64_t number(std::string_view name) const;
};

struct ShopCall {
    http::Method method = http::Method::Post;
    std::string target;
    std::string body{};
    std::string token{};
    /// Idempotency-Key; empty: none.
    std::string key{};
};

/// The whole product on a data folder, without sockets: real use cases, real stores, the real
/// ClipDrop and VNPAY adapters on an upstream whose calls can fail.
class Shop {
public:
    /// Opens the folder; throws std::runtime_error when the store does not open. The clock outlives
    /// the shop. `seed` makes the ids differ from those of an earlier shop on the folder.
    Shop(const std::filesystem::path& folder, sqlite::StoreMode mode, FakeClock& clock,
         std::uint64_t seed);

    /// Answers and lets everything that it started come to its end. What it throws is a 500, as in
    /// the server.
    ShopAnswer call(ShopCall call);
    /// One round of the reconciler; false when it failed.
    bool reconcile();
    /// One round of asking what became of refunds.
    void tend_refunds();
    /// Makes the account of this address an operator.
    void promote(const std::string& email);
    /// As at the start of the server, and then as when every deadline has passed.
    void tend_holds();
    /// Lets time go by.
    void pass(std::chrono::milliseconds time) { clock_.advance(time); }
    /// True when a small write works now.
    bool is_writable();
    /// "invariant: subject: detail" of each broken invariant, and of each open hold.
    std::string violations();

    /// How often an exception left the event loop: the server would have ended there.
    int escaped() const { return escaped_; }

    FaultyUpstream upstream;

private:
    template <class T>
    std::optional<T> finish(Task<T> task);
    void open(const std::filesystem::path& folder, sqlite::StoreMode mode);

    int escaped_ = 0;
    FakeClock& clock_;
    SeededRandom random_;
    Worker worker_{0, 1};
    Config config_;
    Storage storage_;
    VnpayGateway gateway_;
    ClipdropPainter painter_;
    Argon2Hasher hasher_;
    std::unique_ptr<Backend> backend_;
    http::Router router_;
    std::unique_ptr<http::Api> api_;
};

}  // namespace imagify::testing
