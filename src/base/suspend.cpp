#include "base/suspend.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace imagify {

namespace asio = boost::asio;

Task<void> suspend(std::move_only_function<void(Resume)> start) {
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        [&start](auto handler) {
            auto executor = asio::get_associated_executor(handler);
            auto guard = asio::make_work_guard(executor);
            start([executor, guard = std::move(guard), handler = std::move(handler)]() mutable {
                asio::post(executor, std::move(handler));
            });
        },
        asio::use_awaitable);
}

}  // namespace imagify
