#pragma once

#include <string>

#include "ports/http_client.hpp"

namespace imagify::testing {

inline constexpr const char* kShopTerminal = "TESTTMN1";
inline constexpr const char* kShopSecret = "TESTONLYINVENTEDSECRETKEY0000001";

/// ClipDrop and VNPAY behind one client, whose calls can fail.
class FaultyUpstream final : public HttpClient {
public:
    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

    /// The painter refuses every prompt while this is set.
    bool refuses = false;
    /// VNPAY says that this order is paid.
    std::string paid_order;
    /// VNPAY takes a refund of this order, and says later that it is done.
    std::string refunded_order;
};

/// A genuine notice of VNPAY that a basic order is paid, as a query string.
std::string paid_notice(const std::string& order);

}  // namespace imagify::testing
