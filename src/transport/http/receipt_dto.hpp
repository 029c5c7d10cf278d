#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "domain/account.hpp"
#include "domain/order.hpp"

namespace imagify::http {

/// The schema Receipt of an order that was paid, without its refund.
boost::json::object receipt_json(const Order& order, const Account& account,
                                 const std::string& seller);

}  // namespace imagify::http
