#include "transport/http/receipt_dto.hpp"

#include <boost/json.hpp>

#include "domain/amount_in_words.hpp"
#include "domain/receipt.hpp"
#include "transport/http/dto.hpp"

namespace imagify::http {

boost::json::object receipt_json(const Order& order, const Account& account,
                                 const std::string& seller) {
    return {{"number", receipt_number(order)},
            {"paidAt", to_rfc3339(*order.paid_at)},
            {"orderId", order.id.text()},
            {"planId", order.plan_id},
            {"credits", order.credits.count},
            {"amountVnd", order.amount.amount},
            {"amountInWords",
             {{"vi", amount_in_words(order.amount, Locale::Vietnamese)},
              {"en", amount_in_words(order.amount, Locale::English)}}},
            {"vnpTransactionNo", order.gateway_transaction},
            {"bankCode", order.bank_code},
            {"seller", seller},
            {"customer", {{"name", account.name}, {"email", account.email}}}};
}

}  // namespace imagify::http
