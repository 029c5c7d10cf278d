#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "vnpay/second_signer.hpp"

namespace imagify::testing {

/// By which door a message comes in.
enum class Channel { Notice, Return, QueryAnswer, RefundAnswer, RefundQuery };

inline std::string_view to_text(Channel channel) {
    constexpr std::string_view kTexts[] = {"IPN", "return", "querydr answer", "refund answer",
                                           "querydr of refund"};
    return kTexts[static_cast<std::size_t>(channel)];
}

/// What is true of a message, known because the test made it.
enum class Truth {
    Genuine,   ///< Says what VNPAY signed, in whatever spelling: proof of payment.
    Forged,    ///< Says something else, or nothing readable: refused, and not a byte changes.
    Unproven,  ///< VNPAY's signature is on it, but it is no proof that this order was paid.
};

/// One message for the merchant.
struct Case {
    std::string_view family;
    Channel channel = Channel::Notice;
    Truth truth = Truth::Forged;
    std::string bytes;
    /// RspCode that an unproven notice deserves.
    std::string_view reply{};
};

using Sink = std::function<void(const Case&)>;

inline const std::string kOurSecret = "TESTONLYINVENTEDSECRETKEY0000001";
inline const std::string kOurTerminal = "TESTTMN1";

/// An order and the fields with which VNPAY tells that it was paid.
struct Subject {
    std::string reference;
    std::int64_t amount_vnd = 0;
    second::Pairs fields;
};

}  // namespace imagify::testing
