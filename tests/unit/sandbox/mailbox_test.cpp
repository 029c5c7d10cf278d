#include "sandbox/mailbox.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "sandbox/developer_pages.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/temp_folder.hpp"

namespace imagify::sandbox {
namespace {

/// Stands where the simulator stands.
class Elsewhere final : public http::Service {
public:
    Task<http::Response> handle(http::Request) override {
        co_return http::Response{.status = 418, .headers = {}, .body = {}};
    }
};

}  // namespace

class MailboxTest : public ::testing::Test {
protected:
    void put(const std::string& id, const std::string& subject, const std::string& text,
             const std::string& html = "<!doctype html>\n<head>\n</head>\n") {
        ASSERT_TRUE(testing::run_task(folder_.send({.id = MailId(id),
                                                    .to = "an@example.com",
                                                    .subject = subject,
                                                    .text = text,
                                                    .html = html})));
    }
    http::Response get(std::string path, http::Method method = http::Method::Get) {
        http::Request request;
        request.method = method;
        request.path = std::move(path);
        return testing::run_task(pages_.handle(std::move(request)));
    }
    static const std::string& text(const http::Response& response) {
        return std::get<std::string>(response.body);
    }

    testing::TempFolder temp_;
    Worker worker_{0, 0};
    testing::FakeClock clock_;
    OutboxFolder folder_{{.folder = temp_.path() / "mail",
                          .from = {.name = "Imagify", .address = "no-reply@imagify.example"},
                          .worker = worker_,
                          .clock = clock_}};
    Mailbox mailbox_{folder_};
    Elsewhere elsewhere_;
    DeveloperPages pages_{elsewhere_, &mailbox_};
};

TEST_F(MailboxTest, ListsLettersNewestFirst) {
    EXPECT_TRUE(text(get("/dev/mail")).contains("No letter yet"));
    put("m1", "first", "a\n");
    put("m2", "second <b>", "a\n");

    const auto page = get("/dev/mail");

    EXPECT_EQ(page.status, 200U);
    EXPECT_TRUE(page.headers.get("Cache-Control") == "no-store");
    const auto& body = text(page);
    EXPECT_LT(body.find("/dev/mail/m2"), body.find("/dev/mail/m1"));
    EXPECT_TRUE(body.contains("second &lt;b&gt;"));
    EXPECT_TRUE(body.contains("chỉ để phát triển"));
}

TEST_F(MailboxTest, ProgramsGetTheLink) {
    put("m1", "Xác nhận", "Chào,\n\nXác nhận:\nhttp://localhost:8080/verify-email#abc-_9\n\nHết\n");
    put("m2", "notice", "no link\n");

    const auto response = get("/dev/mail.json");
    const auto items = boost::json::parse(text(response)).as_array();

    EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
    ASSERT_EQ(items.size(), 2U);
    const auto& item = items[1].as_object();
    EXPECT_EQ(items[0].at("link"), "");
    EXPECT_EQ(item.at("id"), "m1");
    EXPECT_EQ(item.at("to"), "an@example.com");
    EXPECT_EQ(item.at("subject"), "Xác nhận");
    EXPECT_EQ(item.at("link"), "http://localhost:8080/verify-email#abc-_9");
    EXPECT_TRUE(item.at("text").as_string().starts_with("Chào,\n"));
    EXPECT_TRUE(item.at("createdAt").as_string().ends_with("Z"));
    EXPECT_EQ(item.size(), 6U);
}

TEST_F(MailboxTest, LetterIsShownAsTextWithItsLinkAndAsHtmlInAFrame) {
    put("m1", "s", "<i>\nhttps://a.example/reset-password#t\n", "<head>\n<p>Chào</p>");

    const auto page = get("/dev/mail/m1");
    const auto html = get("/dev/mail/m1/html");

    EXPECT_TRUE(text(page).contains(R"(href="https://a.example/reset-password#t")"));
    EXPECT_TRUE(text(page).contains("&lt;i&gt;"));
    EXPECT_TRUE(text(page).contains(R"(src="/dev/mail/m1/html")"));
    EXPECT_TRUE(page.headers.get("Content-Security-Policy").contains("frame-src 'self'"));
    EXPECT_TRUE(text(html).contains("<p>Chào</p>"));
    EXPECT_TRUE(text(html).contains("<base target=\"_top\">"));
    const auto policy = html.headers.get("Content-Security-Policy");
    EXPECT_TRUE(policy.contains("default-src 'none'") && policy.contains("; sandbox "));
    EXPECT_FALSE(policy.contains("allow-scripts"));
}

TEST_F(MailboxTest, LinkThatIsNoWebAddressIsNoLink) {
    put("m1", "s", "javascript:alert(1)\n");

    EXPECT_FALSE(text(get("/dev/mail/m1")).contains("letter-link"));
}

TEST_F(MailboxTest, AbsentLettersAndOddPathsAreNotFound) {
    for (const auto* path : {"/dev/mail/", "/dev/mail/m9", "/dev/mail/m9/html", "/dev/mail/../m1",
                             "/dev/mail/%2e%2e", "/dev/mail//html"}) {
        EXPECT_EQ(get(path).status, 404U) << path;
    }
    EXPECT_EQ(get("/dev/mail", http::Method::Post).status, 405U);
}

TEST_F(MailboxTest, DeveloperPagesLeadToEach) {
    EXPECT_TRUE(text(get("/dev")).contains("/dev/mail"));
    EXPECT_EQ(get("/dev/vnpay").status, 418U);
    EXPECT_EQ(get("/dev/mailbox").status, 418U);

    DeveloperPages without(elsewhere_, nullptr);
    http::Request request;
    request.path = "/dev/mail";
    EXPECT_EQ(testing::run_task(without.handle(request)).status, 418U);
    request.path = "/dev";
    EXPECT_FALSE(text(testing::run_task(without.handle(request))).contains("/dev/mail"));
}

}  // namespace imagify::sandbox
