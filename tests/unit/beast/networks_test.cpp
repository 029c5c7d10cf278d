#include "transport/beast/networks.hpp"

#include <gtest/gtest.h>

#include "transport/beast/address_limit.hpp"

namespace imagify::http {
namespace {

boost::asio::ip::address at(const char* text) { return boost::asio::ip::make_address(text); }

TEST(Networks, ContainWhatTheirPrefixSays) {
    const Networks networks({"10.0.0.0/8", "192.168.1.7", "2001:db8::/33", "::1", "172.16.0.0/12"});

    for (const auto* inside : {"10.0.0.0", "10.255.255.255", "192.168.1.7", "::ffff:10.1.2.3",
                               "::1", "2001:db8:7fff::1", "172.31.255.255"}) {
        EXPECT_TRUE(networks.contains(at(inside))) << inside;
    }
    for (const auto* outside : {"11.0.0.0", "9.255.255.255", "192.168.1.6", "2001:db8:8000::1",
                                "::2", "172.32.0.0", "::10.0.0.1"}) {
        EXPECT_FALSE(networks.contains(at(outside))) << outside;
    }
    EXPECT_FALSE(Networks({}).contains(at("127.0.0.1")));
    EXPECT_TRUE(Networks({"0.0.0.0/0"}).contains(at("8.8.8.8")));
}

TEST(Networks, OfIpv6HoldNoIpv4Address) {
    EXPECT_FALSE(Networks({"::/0"}).contains(at("8.8.8.8")));
    EXPECT_FALSE(Networks({"::/8"}).contains(at("::ffff:8.8.8.8")));
    EXPECT_TRUE(Networks({"::/0"}).contains(at("2001:db8::1")));
}

TEST(Networks, RefuseWhatIsNoNetwork) {
    for (const auto* text : {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129",
                             "10.0.0.0/8x", "10.0.0", "*"}) {
        EXPECT_THROW(Networks({text}), std::invalid_argument) << text;
    }
}

struct HopRow {
    const char* hops;
    const char* customer;
};

TEST(Origin, IsTheRightMostHopThatIsNotOurs) {
    const Networks proxies({"10.0.0.0/8", "::1"});
    for (const auto& [hops, customer] :
         std::initializer_list<HopRow>{{"8.8.8.8", "8.8.8.8"},
                                       {"1.1.1.1, 8.8.8.8", "8.8.8.8"},
                                       {"1.1.1.1, 8.8.8.8,10.2.2.2 , ::1", "8.8.8.8"},
                                       {"8.8.8.8:4711", "8.8.8.8"},
                                       {"[2001:db8::1]:4711", "2001:db8::1"},
                                       {"2001:db8::1", "2001:db8::1"},
                                       {"::ffff:8.8.8.8", "8.8.8.8"},
                                       {"10.9.9.9", "10.9.9.9"},
                                       {"", "10.0.0.1"},
                                       {"unknown", "10.0.0.1"},
                                       {"8.8.8.8, garbage", "10.0.0.1"},
                                       {"8.8.8.8, , 10.3.3.3", "10.3.3.3"}}) {
        Headers headers;
        headers.add("x-forwarded-FOR", hops);
        EXPECT_EQ(origin_of(at("10.0.0.1"), headers, proxies).address, customer) << hops;
        EXPECT_EQ(origin_of(at("7.7.7.7"), headers, proxies).address, "7.7.7.7") << hops;
    }
}

TEST(Origin, IsSecureByTheWordOfTheProxyNextToUs) {
    const Networks proxies({"10.0.0.0/8"});
    struct Row {
        std::vector<const char*> protocols;
        bool secure;
    };
    const Row rows[] = {{{"https"}, true},
                        {{"HTTPS"}, true},
                        {{"http"}, false},
                        {{}, false},
                        {{""}, false},
                        {{"https, http"}, false},
                        {{"http, https"}, true},
                        {{"https", "http"}, false},
                        {{"http", "https"}, true},
                        {{"https,"}, false},
                        {{"httpsx"}, false},
                        {{"https;q=1"}, false}};
    for (const auto& [protocols, secure] : rows) {
        Headers headers;
        for (const auto* protocol : protocols) headers.add("X-Forwarded-Proto", protocol);
        headers.add("Forwarded", "for=1.1.1.1;proto=https");
        EXPECT_EQ(origin_of(at("10.0.0.1"), headers, proxies).secure, secure)
            << (protocols.empty() ? "none" : protocols.back());
        EXPECT_FALSE(origin_of(at("7.7.7.7"), headers, proxies).secure);
        EXPECT_EQ(origin_of(at("10.0.0.1"), headers, proxies).address, "10.0.0.1");
    }
}

TEST(AddressLimit, CountsAnIpv6NetworkAsOneClient) {
    AddressLimit limit({.per_client = 1, .in_all = 9});
    using enum AddressLimit::Kind;

    auto seat = limit.take(at("2001:db8:1:2::1"), Client);

    EXPECT_TRUE(seat);
    EXPECT_FALSE(limit.take(at("2001:db8:1:2:ffff::9"), Client));
    EXPECT_TRUE(limit.take(at("2001:db8:1:3::1"), Client));
    EXPECT_TRUE(limit.take(at("2001:db8:1:2::1"), Proxy));
    seat.reset();
    EXPECT_TRUE(limit.take(at("2001:db8:1:2::7"), Client));
}

}  // namespace
}  // namespace imagify::http
