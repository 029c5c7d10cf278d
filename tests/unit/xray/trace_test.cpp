#include "adapters/xray/trace.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "adapters/xray/traced_http_client.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"

namespace imagify::xray {
namespace {

constexpr auto kHeader =
    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

// Stands for the daemon: a socket on a free port of 127.0.0.1.
class Listener {
public:
    Listener() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~Listener() { ::close(socket_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    // The next datagram, which on loopback has come when it was sent; nothing when there is none.
    std::string receive() {
        std::string text(65'536, '\0');
        const auto size = ::recv(socket_, text.data(), text.size(), 0);
        return size < 0 ? "" : text.substr(0, static_cast<std::size_t>(size));
    }

private:
    int socket_;
    unsigned port_ = 0;
};

class FakeClient final : public HttpClient {
public:
    explicit FakeClient(testing::FakeClock& clock) : clock_(clock) {}
    Task<Result<OutboundAnswer>> send(OutboundRequest) override {
        clock_.advance(std::chrono::milliseconds(250));
        co_return answer;
    }
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink&) override {
        co_return co_await send(std::move(request));
    }
    Result<OutboundAnswer> answer = OutboundAnswer{.status = 200};

private:
    testing::FakeClock& clock_;
};

class TraceTest : public ::testing::Test {
protected:
    Result<OutboundAnswer> call(std::string url) {
        return testing::run_task(
            client.send({.method = "POST",
                         .url = std::move(url),
                         .headers = {{"X-Amz-Target", "DynamoDB_20120810.GetItem"}}}));
    }

    boost::json::object told() {
        const auto text = listener.receive();
        const auto line = text.find('\n');
        EXPECT_EQ(text.substr(0, line), R"({"format": "json", "version": 1})");
        if (line == std::string::npos) return {};
        return boost::json::parse(text.substr(line + 1)).as_object();
    }

    Listener listener;
    testing::FakeClock clock;
    testing::SeededRandom random;
    std::unique_ptr<Daemon> daemon = std::move(Daemon::open(listener.address()).value());
    Tracer tracer{*daemon, clock, random};
    FakeClient fake{clock};
    TracedHttpClient client{fake, tracer};
};

}  // namespace

TEST_F(TraceTest, CallIsToldAsASubsegmentOfTheEvent) {
    tracer.follow(kHeader);

    call("https://dynamodb.eu-west-1.amazonaws.com/secret/path?X-Amz-Signature=1");

    const auto segment = told();
    EXPECT_EQ(segment.at("name"), "DynamoDB");
    EXPECT_EQ(segment.at("namespace"), "aws");
    EXPECT_EQ(segment.at("type"), "subsegment");
    EXPECT_EQ(segment.at("trace_id"), "1-5759e988-bd862e3fe1be46a994272793");
    EXPECT_EQ(segment.at("parent_id"), "53995c3f42cd8ad8");
    EXPECT_EQ(segment.at("id").as_string().size(), 16U);
    EXPECT_EQ(segment.at("aws").at("operation"), "GetItem");
    EXPECT_EQ(segment.at("http").at("response").at("status"), 200);
    EXPECT_EQ(segment.at("http").at("request").at("url"),
              "https://dynamodb.eu-west-1.amazonaws.com");
    EXPECT_NEAR(segment.at("end_time").as_double() - segment.at("start_time").as_double(), 0.25,
                0.001);
    EXPECT_FALSE(segment.contains("fault"));
}

TEST_F(TraceTest, FailuresAreMarked) {
    const std::pair<unsigned, const char*> rows[] = {
        {404, "error"}, {429, "throttle"}, {500, "fault"}};
    tracer.follow(kHeader);
    for (const auto& [status, mark] : rows) {
        fake.answer = OutboundAnswer{.status = status};
        call("https://api.example/");
        EXPECT_TRUE(told().contains(mark)) << status;
    }

    fake.answer = fail(ErrorKind::Timeout, "upstream.timeout");
    EXPECT_FALSE(call("https://api.example/"));
    const auto segment = told();
    EXPECT_TRUE(segment.contains("fault"));
    EXPECT_FALSE(segment.at("http").as_object().contains("response"));
    EXPECT_EQ(segment.at("namespace"), "remote");
}

TEST_F(TraceTest, OnlySampledEventsAreTold) {
    for (const auto* header :
         {"", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0",
          "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
          "Root=1-5759e988-bd862e3fe1be46a99427279\";Parent=53995c3f42cd8ad8;Sampled=1",
          "Root=1-x;Parent=y;Sampled=1", ";;;="}) {
        tracer.follow(kHeader);
        tracer.follow(header);

        EXPECT_TRUE(call("https://api.example/"));

        EXPECT_EQ(listener.receive(), "") << header;
    }
}

TEST_F(TraceTest, NobodyListeningChangesNothing) {
    const auto nobody = std::move(Daemon::open("127.0.0.1:9").value());
    Tracer unheard(*nobody, clock, random);
    unheard.follow(kHeader);
    TracedHttpClient traced(fake, unheard);

    // The second send of a refused datagram is told of the first.
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(testing::run_task(traced.send({.url = "https://api.example/"})));
    }
}

TEST_F(TraceTest, ServicesHaveTheirNames) {
    const std::pair<const char*, const char*> rows[] = {
        {"https://pictures.s3.eu-west-1.amazonaws.com", "S3"},
        {"https://s3.eu-west-1.amazonaws.com", "S3"},
        {"https://sqs.eu-west-1.amazonaws.com", "SQS"},
        {"https://email.eu-west-1.amazonaws.com", "SES"},
        {"https://cognito-idp.eu-west-1.amazonaws.com", "Cognito"},
        {"https://secretsmanager.eu-west-1.amazonaws.com", "Secrets Manager"},
        {"https://clipdrop-api.co", "ClipDrop"},
        {"https://sandbox.vnpayment.vn", "VNPAY"},
        {"http://127.0.0.1:8803", "127.0.0.1:8803"}};
    for (const auto& [site, name] : rows) EXPECT_EQ(service_of(site), name);
}

TEST(DaemonTest, AddressIsAnIpAddressAndAPort) {
    for (const auto* address : {"127.0.0.1:2000", "udp:127.0.0.1:2000 tcp:127.0.0.1:1"}) {
        EXPECT_TRUE(Daemon::open(address)) << address;
    }
    for (const auto* address :
         {"", "127.0.0.1", "localhost:2000", "127.0.0.1:x", ":2000", "127.0.0.1:99999"}) {
        EXPECT_FALSE(Daemon::open(address)) << address;
    }
}

TEST(TraceHeaderTest, RootIsReadWhetherSampledOrNot) {
    EXPECT_EQ(root_of("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0"),
              "1-5759e988-bd862e3fe1be46a994272793");
    EXPECT_EQ(w3c_trace_id("1-5759e988-bd862e3fe1be46a994272793"),
              "5759e988bd862e3fe1be46a994272793");
    for (const auto* none : {"", "Root=", "Root=1-5759e988", "Parent=53995c3f42cd8ad8"}) {
        EXPECT_EQ(root_of(none), "");
        EXPECT_EQ(w3c_trace_id(none), "");
    }
}

}  // namespace imagify::xray
