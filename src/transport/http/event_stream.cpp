#include "transport/http/event_stream.hpp"

#include <boost/json.hpp>
#include <cstring>

#include "transport/http/dto.hpp"

namespace imagify::http {
namespace {

constexpr std::chrono::seconds kPingEvery{15};
// A stream ends after this long, so that a revoked session does not listen for ever; the browser
// connects again by itself.
constexpr int kPingsMax = 40;

class EventBody final : public BodyStream {
public:
    EventBody(std::unique_ptr<Subscription> changes, GenerationStore& generations,
              AccountStore& accounts, UserId user)
        : changes_(std::move(changes)),
          generations_(generations),
          accounts_(accounts),
          user_(std::move(user)) {}

    Task<Result<std::size_t>> next(std::span<std::byte> buffer) override {
        if (pending_.empty()) co_await wait();
        const auto count = std::min(buffer.size(), pending_.size());
        std::memcpy(buffer.data(), pending_.data(), count);
        pending_.erase(0, count);
        co_return count;
    }

    std::optional<std::uint64_t> size_bytes() const override { return std::nullopt; }

private:
    Task<void> wait() {
        if (++rounds_ == 1) {
            // Tells the client that it is connected, and how soon to come back after a break.
            pending_ = "retry: 2000\n\n";
            co_await append_balance();
            co_return;
        }
        const auto change = co_await changes_->next(kPingEvery);
        if (!change) {
            if (++pings_ <= kPingsMax) pending_ = ": ping\n\n";
            co_return;
        }
        if (!change->generation.empty()) {
            const auto image = co_await generations_.find_generation_of(user_, change->generation);
            if (image) append("image", image_json(*image));
        }
        co_await append_balance();
    }

    Task<void> append_balance() {
        const auto account = co_await accounts_.find_account(user_);
        if (!account) co_return;
        append("balance", balance_json({.credits = account->credits, .held = account->held}));
    }

    void append(std::string_view event, const boost::json::object& data) {
        pending_ += "event: ";
        pending_ += event;
        pending_ += "\ndata: ";
        pending_ += boost::json::serialize(data);
        pending_ += "\n\n";
    }

    std::unique_ptr<Subscription> changes_;
    GenerationStore& generations_;
    AccountStore& accounts_;
    UserId user_;
    std::string pending_;
    int rounds_ = 0;
    int pings_ = 0;
};

}  // namespace

Task<Response> event_stream(Events& events, GenerationStore& generations, AccountStore& accounts,
                            UserId user) {
    auto changes = co_await events.subscribe(user);
    Response response;
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("Cache-Control", "no-store");
    response.long_lived = true;
    response.body =
        std::make_unique<EventBody>(std::move(changes), generations, accounts, std::move(user));
    co_return response;
}

}  // namespace imagify::http
