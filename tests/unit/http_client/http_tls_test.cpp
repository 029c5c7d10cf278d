#include <filesystem>
#include <fstream>

#include "unit/http_client/http_client_fixture.hpp"

namespace imagify::testing {
namespace {

/// A PEM file that is gone with its owner.
class CertificateFile {
public:
    explicit CertificateFile(const std::string& pem) {
        std::string name = (std::filesystem::temp_directory_path() / "imagify-ca-XXXXXX").string();
        ::close(::mkstemp(name.data()));
        path = name;
        std::ofstream(path) << pem;
    }
    ~CertificateFile() { std::filesystem::remove(path); }
    CertificateFile(const CertificateFile&) = delete;
    CertificateFile& operator=(const CertificateFile&) = delete;

    std::string path;
};

class HttpTlsTest : public HttpClientTest {
protected:
    Result<OutboundAnswer> ask(const TlsIdentity& trusted, const std::string& url) {
        const CertificateFile file(trusted.certificate_pem);
        BeastHttpClient trusting({.ca_file = file.path});
        return run_on(context, trusting.send(get(url)));
    }

    TlsIdentity identity = make_tls_identity("127.0.0.1");
    UpstreamServer server{always(make_answer(200, {}, "secret")), identity};
};

TEST_F(HttpTlsTest, AnAuthorityThatWeTrustIsTrusted) {
    const auto answer = ask(identity, server.url());

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->body, "secret");
}

TEST_F(HttpTlsTest, ASelfSignedCertificateIsRefused) {
    const auto stranger = make_tls_identity("127.0.0.1");

    const auto outcome = ask(stranger, server.url());

    expect_unreachable(outcome);
    EXPECT_TRUE(outcome.error().detail.contains("certificate verify failed"))
        << outcome.error().detail;
}

TEST_F(HttpTlsTest, ACertificateForAnotherHostIsRefused) {
    expect_unreachable(ask(identity, "https://localhost:" + std::to_string(server.port())));

    const auto other = make_tls_identity("example.com");
    const UpstreamServer impostor(always(make_answer(200, {}, "secret")), other);
    expect_unreachable(ask(other, impostor.url()));
}

TEST_F(HttpTlsTest, NamesAreCheckedToo) {
    const auto named = make_tls_identity("localhost");
    const UpstreamServer local(always(make_answer(200, {}, "named")), named);

    const auto answer = ask(named, "https://localhost:" + std::to_string(local.port()));

    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->body, "named");
}

TEST_F(HttpTlsTest, AConnectionIsUsedAgain) {
    const CertificateFile file(identity.certificate_pem);
    BeastHttpClient trusting({.ca_file = file.path});

    for (int i = 0; i < 4; ++i) EXPECT_TRUE(run_on(context, trusting.send(get(server.url()))));

    EXPECT_EQ(server.connections(), 1);
}

TEST_F(HttpTlsTest, NoCertificatesMeansNoConnection) {
    BeastHttpClient lost({.ca_file = "/nonexistent/ca.pem"});

    const auto outcome = run_on(context, lost.send(get(server.url())));

    expect_unreachable(outcome);
    EXPECT_FALSE(outcome.error().detail.contains("nonexistent"));
}

TEST_F(HttpTlsTest, AServerWithoutTlsIsUnreachable) {
    const UpstreamServer plain([](UpstreamConnection& connection) {
        connection.send(make_answer(400, {}, "plain HTTP sent to an HTTPS port"));
    });

    expect_unreachable(ask(identity, "https://127.0.0.1:" + std::to_string(plain.port())));
}

TEST_F(HttpTlsTest, ASilentHandshakeEndsAtTheDeadline) {
    const UpstreamServer silent([](UpstreamConnection& connection) { connection.hang(); });
    const CertificateFile file(identity.certificate_pem);
    BeastHttpClient trusting({.ca_file = file.path});
    auto request = get("https://127.0.0.1:" + std::to_string(silent.port()));
    request.deadline = std::chrono::steady_clock::now() + 100ms;

    expect_timeout(run_on(context, trusting.send(std::move(request))));
}

TEST_F(HttpTlsTest, AnEndThatTlsDidNotAnnounceIsCutOff) {
    // Anybody on the way can end a TCP connection; only the server can end the TLS session.
    const auto body = "HTTP/1.1 200 OK\r\n\r\nhalf a body";
    const UpstreamServer cut(
        [&](UpstreamConnection& connection) {
            connection.read_request();
            connection.send(body);
            connection.reset();
        },
        identity);
    const UpstreamServer honest(
        [&](UpstreamConnection& connection) {
            connection.read_request();
            connection.send(body);
        },
        identity);

    expect_bad_answer(ask(identity, cut.url()));
    EXPECT_TRUE(ask(identity, honest.url()));
}

}  // namespace
}  // namespace imagify::testing
