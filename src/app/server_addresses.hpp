#pragma once

#include <string>

#include "app/config.hpp"
#include "transport/beast/static_assets.hpp"

namespace imagify {

/// Addresses that follow from the settings: in development the gateway is our own simulator.
struct ServerAddresses {
    std::string public_url;
    std::string vnpay_url;
    std::string vnpay_api_url;
    std::string vnpay_return_url;
    /// Where the simulator sends its notices.
    std::string ipn_url;
};

/// Where this machine reaches a server that listens there: nobody can call "all addresses".
std::string reachable_address(const std::string& listen);

ServerAddresses resolve_addresses(const Config& config);

/// The web app's answer, or a problem for methods that it does not take.
http::Response web_response(const http::StaticAssets& assets, const http::Request& request);

}  // namespace imagify
