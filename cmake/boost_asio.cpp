// The one place where Boost.Asio (and its TLS half) is compiled.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
