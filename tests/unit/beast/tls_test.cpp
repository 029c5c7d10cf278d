// HTTPS: who is let in, what is served, how a certificate is replaced.
#include <fstream>
#include <future>

#include "support/temp_folder.hpp"
#include "support/tls_identity.hpp"
#include "support/tls_probe.hpp"
#include "unit/beast/events_body.hpp"
#include "unit/beast/server_fixture.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto kHsts = "max-age=31536000; includeSubDomains";

class TlsTest : public ServerTest {
protected:
    void SetUp() override {
        install(identity);
        config.tls = http::TlsFiles{.certificate = certificate, .key = key};
        service.answer = [](http::Request request) -> Task<http::Response> {
            http::Response response;
            response.body = (request.secure ? "secure " : "plain ") + request.path + request.body;
            co_return response;
        };
    }

    void install(const TlsIdentity& chosen) const {
        std::ofstream(certificate) << chosen.certificate_pem;
        std::ofstream(key) << chosen.key_pem;
    }

    std::string refusal_to_listen() {
        config.listen = "127.0.0.1:0";
        http::BeastServer refused(config, service, random);
        const auto listening = refused.listen();
        return listening ? "" : listening.error().code + ": " + listening.error().detail;
    }

    TempFolder folder;
    std::filesystem::path certificate = folder.path() / "cert.pem";
    std::filesystem::path key = folder.path() / "key.pem";
    TlsIdentity identity = make_tls_identity("localhost");
};

TEST_F(TlsTest, ServesRequestsAsSecureAndAsksBrowsersToKeepItSo) {
    start();
    TlsProbe probe(port);
    ASSERT_TRUE(probe.shook_hands());

    for (const auto* path : {"/a", "/b"}) {
        const auto reply = probe.ask(post(path, "!"));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, std::string("secure ") + path + "!");
        EXPECT_EQ(reply->header("Strict-Transport-Security"), kHsts);
    }
    const auto refused = probe.ask("nonsense\r\n\r\n");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 400U);
    EXPECT_EQ(refused->header("Strict-Transport-Security"), kHsts);
    EXPECT_TRUE(probe.ends());
}

TEST_F(TlsTest, PlainAnswersDoNotAskForIt) {
    config.tls.reset();
    start();

    const auto reply = HttpProbe(port).ask(get("/"));

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, "plain /");
    EXPECT_EQ(reply->header("Strict-Transport-Security"), "");
}

TEST_F(TlsTest, AnswersBehindATlsProxyAskForIt) {
    config.tls.reset();
    config.trusted_proxies = {"127.0.0.1"};
    start();
    HttpProbe probe(port);

    const auto secure = probe.ask(get("/", "X-Forwarded-Proto: https\r\n"));
    const auto plain = probe.ask(get("/", "X-Forwarded-Proto: http\r\n"));

    ASSERT_TRUE(secure && plain);
    EXPECT_EQ(secure->header("Strict-Transport-Security"), kHsts);
    EXPECT_EQ(plain->header("Strict-Transport-Security"), "");
}

TEST_F(TlsTest, BodiesOfEverySizePassUnchanged) {
    static const std::string large = [] {
        std::string text(8 * 1024 * 1024, '\0');
        for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i % 251);
        return text;
    }();
    service.answer = [](http::Request request) -> Task<http::Response> {
        http::Response response;
        response.body = request.path == "/large" ? large : request.body;
        co_return response;
    };
    start();
    TlsProbe probe(port);

    for (const std::size_t size : {0U, 1U, 16'000U, 16'384U, 16'385U, 65'536U}) {
        const auto reply = probe.ask(post("/", large.substr(0, size)));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, large.substr(0, size)) << size;
    }
    ASSERT_TRUE(probe.send(get("/large") + get("/large")));
    for (int i = 0; i < 2; ++i) {
        const auto reply = probe.read_reply();
        ASSERT_TRUE(reply);
        EXPECT_TRUE(reply->body == large);
    }
}

struct Dialect {
    TlsManners manners;
    std::string version;
};

TEST_F(TlsTest, SpeaksOnlyWhatIsSafe) {
    start();
    const Dialect taken[] = {
        {{}, "TLSv1.3"},
        {{.max_version = TLS1_2_VERSION}, "TLSv1.2"},
        {{.max_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305"}, "TLSv1.2"},
        {{.protocols = "\x02h2\x08http/1.1"}, "TLSv1.3"},
    };
    for (const auto& [manners, version] : taken) {
        const TlsProbe probe(port, manners);
        EXPECT_TRUE(probe.shook_hands()) << manners.ciphers;
        EXPECT_EQ(probe.version(), version);
        EXPECT_EQ(probe.protocol(), manners.protocols.empty() ? "" : "http/1.1");
    }
    const TlsManners refused[] = {
        {.min_version = TLS1_VERSION, .max_version = TLS1_VERSION},
        {.min_version = TLS1_1_VERSION, .max_version = TLS1_1_VERSION},
        {.max_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES128-SHA256"},
        {.max_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES256-SHA"},
        {.max_version = TLS1_2_VERSION, .ciphers = "AES128-GCM-SHA256"},
        {.protocols = "\x02h2"},
    };
    for (const auto& manners : refused) {
        EXPECT_FALSE(TlsProbe(port, manners).shook_hands()) << manners.ciphers;
    }
    EXPECT_TRUE(TlsProbe(port).shook_hands());
}

TEST_F(TlsTest, PlainRequestsAndNoiseGetNoAnswer) {
    start();
    for (const auto& bytes : {get("/"), std::string(5000, '\x16'), std::string("\x16\x03\x01")}) {
        HttpProbe probe(port);
        ASSERT_TRUE(probe.send(bytes));
        probe.finish_sending();

        EXPECT_FALSE(probe.read_all().contains("HTTP"));
    }
    EXPECT_TRUE(TlsProbe(port).ask(get("/")));
}

TEST_F(TlsTest, HandshakeThatDoesNotComeIsCut) {
    config.times.handshake = 100ms;
    config.times.head = config.times.idle = config.times.request = config.times.write = 1h;
    start();
    HttpProbe silent(port);
    HttpProbe halfway(port);
    ASSERT_TRUE(halfway.send(std::string("\x16\x03\x01\x02\x00\x01", 6)));

    EXPECT_EQ(silent.read_all(), "");
    EXPECT_EQ(halfway.read_all(), "");
}

TEST_F(TlsTest, SlowHeadIsCutBehindTlsToo) {
    config.times.head = 100ms;
    start();
    TlsProbe probe(port);

    const auto reply = probe.ask("GET / HTTP/1.1\r\n");

    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 408U);
    EXPECT_TRUE(probe.ends());
}

TEST_F(TlsTest, ClientThatDoesNotReadIsCut) {
    config.times.write = 150ms;
    std::promise<std::uint64_t> cut;
    config.on_access = [&](const http::AccessRecord& record) { cut.set_value(record.bytes); };
    static const std::vector<std::byte> large(64 * 1024 * 1024);
    service.answer = [](http::Request) -> Task<http::Response> {
        http::Response response;
        response.body = std::span<const std::byte>(large);
        co_return response;
    };
    start();
    TlsProbe probe(port);

    ASSERT_TRUE(probe.send(get("/")));

    auto bytes = cut.get_future();
    ASSERT_EQ(bytes.wait_for(10s), std::future_status::ready);
    EXPECT_LT(bytes.get(), large.size());
}

TEST_F(TlsTest, SessionIsResumed) {
    start();
    SSL_SESSION* session = nullptr;
    {
        TlsProbe first(port);
        ASSERT_TRUE(first.ask(get("/")));
        session = first.take_session();
    }

    TlsProbe second(port, {.session = session});

    EXPECT_TRUE(second.shook_hands());
    EXPECT_TRUE(second.resumed());
    EXPECT_TRUE(second.ask(get("/")));
    SSL_SESSION_free(session);
}

TEST_F(TlsTest, ReloadChangesTheCertificateAndDropsNobody) {
    config.threads = 2;
    start();
    TlsProbe before(port);
    ASSERT_TRUE(before.ask(get("/")));
    EXPECT_EQ(before.certificate_pem(), identity.certificate_pem);
    const auto renewed = make_tls_identity("localhost");
    install(renewed);

    ASSERT_TRUE(server->reload_tls());

    const TlsProbe after(port);
    EXPECT_EQ(after.certificate_pem(), renewed.certificate_pem);
    EXPECT_TRUE(before.ask(get("/")));
}

TEST_F(TlsTest, ReloadOfBadFilesKeepsTheOldCertificate) {
    start();
    std::ofstream(key) << make_tls_identity("localhost").key_pem;

    const auto reloaded = server->reload_tls();

    ASSERT_FALSE(reloaded);
    EXPECT_EQ(reloaded.error().code, "tls.wrong_key");
    EXPECT_EQ(TlsProbe(port).certificate_pem(), identity.certificate_pem);
}

TEST_F(TlsTest, DoesNotStartOnFilesItCannotUse) {
    std::ofstream(key) << make_tls_identity("localhost").key_pem;
    EXPECT_EQ(refusal_to_listen(), "tls.wrong_key: the key in " + key.string() +
                                       " does not belong to the certificate in " +
                                       certificate.string());
    std::ofstream(key) << "nonsense";
    EXPECT_TRUE(refusal_to_listen().starts_with("tls.no_key: " + key.string()));
    std::ofstream(certificate) << identity.key_pem;
    EXPECT_TRUE(refusal_to_listen().starts_with("tls.no_certificate: " + certificate.string()));
    std::filesystem::remove(certificate);
    EXPECT_TRUE(refusal_to_listen().starts_with("tls.unreadable: cannot read "));
}

TEST_F(TlsTest, InspectionTellsHowLongTheCertificateHolds) {
    install(make_tls_identity("localhost", {.from = -48h, .until = -24h}));

    const auto facts = http::inspect_tls_files(*config.tls);

    ASSERT_TRUE(facts);
    const auto now = std::chrono::system_clock::now();
    EXPECT_LT(facts->valid_until, now - 23h);
    EXPECT_GT(facts->valid_until, now - 25h);
    EXPECT_LT(facts->valid_from, now - 47h);
    EXPECT_EQ(refusal_to_listen(), "") << "an expired certificate is better than no shop";
}

TEST_F(TlsTest, EventStreamEndsWhenTheClientGoes) {
    std::promise<void> ended;
    service.answer = [&](http::Request) -> Task<http::Response> {
        http::Response response{.body = std::make_unique<Events>(ended)};
        response.long_lived = true;
        co_return response;
    };
    start();
    {
        TlsProbe probe(port);
        ASSERT_TRUE(probe.send(get("/events")));
        ASSERT_TRUE(probe.readable_within(10s));
    }

    EXPECT_EQ(ended.get_future().wait_for(10s), std::future_status::ready);
}

TEST_F(TlsTest, DrainEndsIdleConnectionsAndHandshakes) {
    start();
    TlsProbe idle(port);
    ASSERT_TRUE(idle.ask(get("/")));
    HttpProbe silent(port);
    ASSERT_TRUE(silent.connected());
    ASSERT_TRUE(TlsProbe(port).ask(get("/")));

    server->stop(10s);

    EXPECT_TRUE(idle.ends());
    EXPECT_EQ(silent.read_all(), "");
}

}  // namespace
}  // namespace imagify::testing
