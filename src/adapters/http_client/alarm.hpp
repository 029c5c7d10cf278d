#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace imagify {

/// Calls `ring` on `executor` at a moment, unless it is dropped before. Made and dropped on
/// `executor`, which runs one thing at a time: once dropped, it never rings.
class Alarm {
public:
    Alarm(const boost::asio::any_io_executor& executor, std::chrono::steady_clock::time_point when,
          std::function<void()> ring);
    ~Alarm();
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

private:
    struct State;
    std::shared_ptr<State> state_;  ///< Shared with the timer's handler.
};

}  // namespace imagify
