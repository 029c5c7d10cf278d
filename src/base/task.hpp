#pragma once

#include <boost/asio/awaitable.hpp>

namespace imagify {

/// A lazily started coroutine. It runs on the executor of whoever awaits it.
template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace imagify
