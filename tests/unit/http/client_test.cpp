#include "transport/http/client.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

TEST(NetworkOf, AddressesCountByTheirNetwork) {
    struct Row {
        const char* address;
        const char* network;
    };
    const Row rows[] = {
        {"203.0.113.7", "203.0.113.0/24"},
        {"203.0.113.255", "203.0.113.0/24"},
        {"203.0.114.0", "203.0.114.0/24"},
        {"0.0.0.0", "0.0.0.0/24"},
        {"255.255.255.255", "255.255.255.0/24"},
        // RFC 4291, 2.5.5.2, in the three ways to write it.
        {"::ffff:203.0.113.7", "203.0.113.0/24"},
        {"::FFFF:cb00:7107", "203.0.113.0/24"},
        {"0:0:0:0:0:ffff:203.0.113.7", "203.0.113.0/24"},
        // Compatible, not mapped: an IPv6 network of its own.
        {"::203.0.113.7", "::/48"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"},
        {"2001:DB8:1:ffff::1", "2001:db8:1::/48"},
        {"2001:db8:2::1", "2001:db8:2::/48"},
        {"::1", "::/48"},
        {"fe80::1", "fe80::/48"},
    };
    for (const auto& [address, network] : rows) EXPECT_EQ(network_of(address), network) << address;
}

TEST(NetworkOf, WhatIsNoAddressIsANetworkOfItsOwn) {
    for (const auto* text : {"", "localhost", "203.0.113", "203.0.113.7:80", "203.0.113.07",
                             "[::1]", "fe80::1%eth0", "1.2.3.4, 5.6.7.8", "256.1.1.1"}) {
        EXPECT_EQ(network_of(text), text);
    }
}

TEST(IsLoopback, OnlyTheMachineItself) {
    for (const auto* own : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"}) {
        EXPECT_TRUE(is_loopback(own)) << own;
    }
    for (const auto* other : {"", "128.0.0.1", "126.255.255.255", "10.0.0.1", "0.0.0.0",
                              "::", "::2", "::127.0.0.1", "::ffff:128.0.0.1", "localhost"}) {
        EXPECT_FALSE(is_loopback(other)) << other;
    }
}

Request request_with(const std::string& name, const std::string& value) {
    Request request;
    request.client_address = "203.0.113.7";
    request.client_network = "203.0.113.0/24";
    request.headers.add(name, value);
    return request;
}

TEST(ClientOf, BrowserNamesItselfInTextOfBoundedLength) {
    EXPECT_EQ(client_of(request_with("User-Agent", "Firefox")).device, "Firefox");
    EXPECT_EQ(client_of(request_with("User-Agent", std::string(5'000, 'x'))).device.size(),
              kDeviceMaxBytes);
    // A character that the limit cuts through is left out, as is all that follows broken bytes.
    const auto cut = std::string(kDeviceMaxBytes - 1, 'x') + "ạ";
    EXPECT_EQ(client_of(request_with("User-Agent", cut)).device,
              std::string(kDeviceMaxBytes - 1, 'x'));
    EXPECT_EQ(client_of(request_with("User-Agent", "ok\xff\xfe")).device, "ok");
}

TEST(ClientOf, DeviceTokenComesFromItsCookie) {
    EXPECT_EQ(client_of(request_with("Cookie", "a=b; imagify_device=t")).device_token, "t");
    EXPECT_EQ(client_of(request_with("Cookie", "ximagify_device=t")).device_token, "");
    EXPECT_EQ(client_of(request_with("Cookie", "a=b")).device_token, "");
}

TEST(DeviceCookie, IsForTheAuthRoutesAloneAndOutOfReachOfScripts) {
    EXPECT_EQ(device_cookie("t", false),
              "imagify_device=t; Max-Age=31536000; Path=/auth; HttpOnly; SameSite=Lax");
    EXPECT_TRUE(device_cookie("t", true).ends_with("; Secure"));
}

}  // namespace
}  // namespace imagify::http
