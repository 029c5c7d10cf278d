#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <optional>
#include <span>
#include <utility>

#include "base/task.hpp"
#include "transport/http/message.hpp"

namespace imagify::testing {

/// Sends a greeting and then waits for ever, like server-sent events of a quiet account.
class Events final : public http::BodyStream {
public:
    explicit Events(std::promise<void>& ended) : ended_(ended) {}
    ~Events() override { ended_.set_value(); }

    Task<Result<std::size_t>> next(std::span<std::byte> buffer) override {
        if (!std::exchange(greeted_, true)) {
            buffer[0] = std::byte{'!'};
            co_return 1;
        }
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                        std::chrono::hours(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
        co_return 0;
    }

    std::optional<std::uint64_t> size_bytes() const override { return std::nullopt; }

private:
    std::promise<void>& ended_;
    bool greeted_ = false;
};

}  // namespace imagify::testing
