#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace imagify::vnpay {

/// An answer that cannot be believed.
inline std::unexpected<Error> bad_answer(std::string detail) {
    return fail(ErrorKind::BadUpstream, "payment.bad_answer", std::move(detail));
}

/// What a signed vnp_ResponseCode other than `00` means, when it is no verdict about the money.
inline std::unexpected<Error> refusal(std::string_view response_code) {
    std::string detail = "VNPAY answered " + std::string(response_code.substr(0, 8));
    if (response_code == "91") {
        return fail(ErrorKind::NotFound, "payment.not_found", std::move(detail));
    }
    if (response_code == "08" || response_code == "94") {
        return fail(ErrorKind::Unavailable, "payment.gateway_busy", std::move(detail));
    }
    return fail(ErrorKind::BadUpstream, "payment.gateway_refused", std::move(detail));
}

}  // namespace imagify::vnpay
