// The settings of what stands between the server and its customers.
#include <gtest/gtest.h>

#include "app/server_addresses.hpp"
#include "unit/app/config_fixture.hpp"

namespace imagify::testing {

using Texts = std::vector<std::string>;

TEST(ConfigEdgeTest, ProxiesAreAddressesAndNetworks) {
    const auto reading = read({{"TRUSTED_PROXIES", "10.0.0.0/8, ::1,192.168.1.7"}});
    EXPECT_TRUE(reading.problems.empty());
    EXPECT_EQ(reading.config.trusted_proxies, (Texts{"10.0.0.0/8", "::1", "192.168.1.7"}));

    EXPECT_EQ(problems_of({{"TRUSTED_PROXIES", "10.0.0.0/8, proxy.local, 10.0.0.0/33"}}),
              "TRUSTED_PROXIES: has 'proxy.local', which is neither an address nor a network such "
              "as 10.0.0.0/8\nTRUSTED_PROXIES: has '10.0.0.0/33', which is neither an address nor "
              "a network such as 10.0.0.0/8\n");
}

TEST(ConfigEdgeTest, CertificateAndKeyComeTogether) {
    const auto [config, problems] = read({{"TLS_CERT", "/c.pem"}, {"TLS_KEY", "/k.pem"}});
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(config.tls_certificate, "/c.pem");
    EXPECT_EQ(config.tls_key, "/k.pem");
    EXPECT_EQ(resolve_addresses(config).public_url, "https://127.0.0.1:8080");

    EXPECT_EQ(problems_of({{"TLS_CERT", "/c.pem"}}),
              "TLS_KEY: is missing: a certificate and its key come together\n");
    EXPECT_EQ(problems_of({{"TLS_KEY", "/k.pem"}}),
              "TLS_CERT: is missing: a certificate and its key come together\n");
}

TEST(ConfigEdgeTest, OtherSitesAreWholeOrigins) {
    EXPECT_TRUE(read({}).config.cors_origins.empty());
    EXPECT_EQ(
        read({{"CORS_ORIGINS", "https://shop.example, http://localhost:5173"}}).config.cors_origins,
        (Texts{"https://shop.example", "http://localhost:5173"}));

    for (const std::string other : {"*", "null", "shop.example", "https://shop.example/"}) {
        EXPECT_EQ(problems_of({{"CORS_ORIGINS", other}}),
                  "CORS_ORIGINS: has '" + other +
                      "', which is no origin such as https://shop.example (no path, no *)\n");
    }
}

}  // namespace imagify::testing
