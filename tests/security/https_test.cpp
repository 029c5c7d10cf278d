// HTTPS of the real program: its settings, its signals.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "crash/server_process.hpp"
#include "support/tls_identity.hpp"
#include "support/tls_probe.hpp"

namespace imagify::testing {
namespace {

class HttpsTest : public ::testing::Test {
protected:
    HttpsTest() { install(identity); }

    void install(const TlsIdentity& chosen) const {
        std::ofstream(certificate) << chosen.certificate_pem;
        std::ofstream(key) << chosen.key_pem;
    }

    TempFolder folder;
    std::filesystem::path certificate = folder.path() / "cert.pem";
    std::filesystem::path key = folder.path() / "key.pem";
    TlsIdentity identity = make_tls_identity("localhost", {.until = std::chrono::hours(24 * 90)});
    ServerProcess server{{"TLS_CERT=" + certificate.string(), "TLS_KEY=" + key.string()}};
};

TEST_F(HttpsTest, SessionCookieIsSecure) {
    server.start();
    TlsProbe probe(server.port());

    const auto reply = probe.ask(http_request(
        "POST", "/auth/register", R"({"email":"an@example.vn","password":"a long pass phrase"})"));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 201U);
    EXPECT_TRUE(reply->header("Set-Cookie").ends_with("; Secure"));
    EXPECT_EQ(reply->header("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
}

TEST_F(HttpsTest, HangUpSignalReloadsAndKeepsConnectionsAndTheOldFilesWhenTheNewAreBad) {
    server.start();
    TlsProbe before(server.port());
    ASSERT_TRUE(before.ask(http_request("GET", "/healthz")));
    std::ofstream(key) << "nonsense";
    ::kill(server.process_id(), SIGHUP);
    ASSERT_TRUE(before.ask(http_request("GET", "/healthz")));
    EXPECT_EQ(TlsProbe(server.port()).certificate_pem(), identity.certificate_pem);

    const auto renewed = make_tls_identity("localhost");
    install(renewed);

    bool seen = false;
    for (int tries = 0; tries < 2'000 && !seen; ++tries) {
        // Signals that meet become one: the first may still be on its way.
        ::kill(server.process_id(), SIGHUP);
        ASSERT_TRUE(before.ask(http_request("GET", "/healthz")));
        seen = TlsProbe(server.port()).certificate_pem() == renewed.certificate_pem;
    }
    EXPECT_TRUE(seen);
}

TEST_F(HttpsTest, DoctorAndServeSayWhatIsWrongWithTheFiles) {
    EXPECT_EQ(server.command({"doctor"}), 0);

    install(make_tls_identity("localhost", {.until = std::chrono::hours(24 * 7)}));
    EXPECT_EQ(server.command({"doctor"}), 1) << "it is time to renew";

    std::ofstream(key) << identity.key_pem;
    EXPECT_EQ(server.command({"doctor"}), 1) << "the key is of another certificate";
    EXPECT_EQ(server.command({"serve", "--listen", "127.0.0.1:0"}), 1);
}

}  // namespace
}  // namespace imagify::testing
