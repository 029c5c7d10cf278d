#include "adapters/http_client/alarm.hpp"

#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace imagify {

struct Alarm::State {
    boost::asio::steady_timer timer;
    std::function<void()> ring;
    bool dropped = false;
};

Alarm::Alarm(const boost::asio::any_io_executor& executor,
             std::chrono::steady_clock::time_point when, std::function<void()> ring)
    : state_(std::make_shared<State>(boost::asio::steady_timer(executor, when), std::move(ring))) {
    state_->timer.async_wait([state = state_](boost::system::error_code error) {
        if (!error && !state->dropped) state->ring();
    });
}

Alarm::~Alarm() {
    state_->dropped = true;
    state_->timer.cancel();
}

}  // namespace imagify
