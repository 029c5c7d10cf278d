#include "app/server_addresses.hpp"

#include "transport/http/problem.hpp"

namespace imagify {

std::string reachable_address(const std::string& listen) {
    const auto colon = listen.rfind(':');
    const auto host = listen.substr(0, colon);
    const auto port = listen.substr(colon);
    if (host.empty() || host == "0.0.0.0" || host == "[::]") return "127.0.0.1" + port;
    return listen;
}

ServerAddresses resolve_addresses(const Config& config) {
    const std::string scheme = config.tls_certificate.empty() ? "http://" : "https://";
    const auto local = scheme + reachable_address(config.listen);
    const auto public_url = config.public_url.empty() ? local : config.public_url;
    const auto or_else = [](const std::string& set, const std::string& fallback) {
        return set.empty() ? fallback : set;
    };
    return {.public_url = public_url,
            .vnpay_url = or_else(config.vnpay_url, public_url + "/dev/vnpay/pay"),
            .vnpay_api_url =
                or_else(config.vnpay_api_url, local + "/dev/vnpay/merchant_webapi/api/transaction"),
            .vnpay_return_url = or_else(config.vnpay_return_url, public_url + "/payment-result"),
            .ipn_url = or_else(config.vnpay_ipn_url, local + "/payment/vnpay-ipn")};
}

http::Response web_response(const http::StaticAssets& assets, const http::Request& request) {
    if (auto response = assets.serve(request)) return std::move(*response);
    auto refusal = http::problem(
        {.kind = ErrorKind::MethodNotAllowed, .code = "method.not_allowed"}, request.request_id);
    refusal.headers.add("Allow", "GET, HEAD");
    return refusal;
}

}  // namespace imagify
