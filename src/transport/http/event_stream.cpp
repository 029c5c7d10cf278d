#include "transport/http/event_stream.hpp"

#include <boost/json.hpp>
#include <cstring>

#include "transport/http/dto.hpp"

namespace imagify::http {
namespace {

constexpr std::chrono::seconds kPingEvery{15};
// A stream ends after this many; the browser connects again by itself.
constexpr int kPingsMax = 40;

class EventBody final : public BodyStream {
public:
    EventBody(std::unique_ptr<Subscription> changes, GenerationStore& generations,
              SessionStore& sessions, Listener listener)
        : changes_(std::move(changes)),
          generations_(generations),
          sessions_(sessions),
          listener_(std::move(listener)) {}

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
        if (change && !change->generation.empty()) {
            const auto image =
                co_await generations_.find_generation_of(listener_.user, change->generation);
            if (image) append("image", image_json(*image));
        }
        if (change || ++pings_ <= kPingsMax) co_await append_balance();
        if (!change && !pending_.empty()) pending_ = ": ping\n\n";
    }

    // Nothing at all when the session has ended: that ends the stream. Whatever ends a session
    // publishes a change, so it is noticed at once.
    Task<void> append_balance() {
        const auto account = co_await sessions_.find_session(listener_.user, listener_.session,
                                                             listener_.clock->now());
        if (!account) {
            pending_.clear();
            co_return;
        }
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
    SessionStore& sessions_;
    Listener listener_;
    std::string pending_;
    int rounds_ = 0;
    int pings_ = 0;
};

}  // namespace

Task<Response> event_stream(Events& events, GenerationStore& generations, SessionStore& sessions,
                            Listener listener) {
    auto changes = co_await events.subscribe(listener.user);
    Response response;
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("Cache-Control", "no-store");
    response.long_lived = true;
    response.body =
        std::make_unique<EventBody>(std::move(changes), generations, sessions, std::move(listener));
    co_return response;
}

}  // namespace imagify::http
