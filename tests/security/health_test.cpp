// `imagify health` against the real program: what containers decide by.
#include <gtest/gtest.h>

#include <fstream>

#include "crash/server_process.hpp"
#include "support/tls_identity.hpp"

namespace imagify::testing {
namespace {

TEST(HealthTest, IsAskedOverHttp) {
    ServerProcess server;
    EXPECT_EQ(server.health(), 1) << "nobody listens yet";

    server.start();

    EXPECT_EQ(server.health(), 0);
}

TEST(HealthTest, IsAskedOverHttpsWhateverTheCertificateIsFor) {
    const TempFolder folder;
    const auto certificate = folder.path() / "cert.pem";
    const auto key = folder.path() / "key.pem";
    const auto identity = make_tls_identity("pictures.example");
    std::ofstream(certificate) << identity.certificate_pem;
    std::ofstream(key) << identity.key_pem;
    ServerProcess server({"TLS_CERT=" + certificate.string(), "TLS_KEY=" + key.string()});

    server.start();

    EXPECT_EQ(server.health(), 0);
}

}  // namespace
}  // namespace imagify::testing
