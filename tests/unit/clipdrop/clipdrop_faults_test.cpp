#include "unit/clipdrop/clipdrop_fixture.hpp"

namespace imagify::testing {
namespace {

std::string typed(std::string_view content_type, std::string_view body) {
    return make_answer(200, {{"Content-Type", std::string(content_type)}}, body);
}

TEST_F(ClipdropTest, OnlyAPictureIsAPicture) {
    const std::string json = "{\"error\":\"You have no credits left\"}";
    for (const auto& answer : {
             typed("application/json", json),
             typed("image/png", json),
             typed("text/html", "<html>Just a moment...</html>"),
             typed("image/png", "<html>Just a moment...</html>"),
             typed("image/jpeg", "\xff\xd8\xff\xe0 and more"),
             typed("image/png", "\xff\xd8\xff\xe0 and more"),
             typed("image/png", ""),
             typed("image/png", "\x89PNG\r"),
             typed("image/png", "\x89PNG\n\x1a\n mended line ends"),
         }) {
        expect_bad_answer(paint({answer}));
        EXPECT_EQ(calls, 1);
        EXPECT_TRUE(sink.text.empty());
    }
}

TEST_F(ClipdropTest, TheContentTypeHasToSaySo) {
    for (const auto* const type : {"application/json", "text/html", "application/octet-stream",
                                   "image/pngx", "image/jpeg", ""}) {
        expect_bad_answer(paint({typed(type, some_png())}));
    }
    expect_bad_answer(paint({make_answer(200, {}, some_png())}));
    EXPECT_TRUE(paint({typed("image/png; foo=bar", some_png())}));
    EXPECT_TRUE(paint({typed("Image/PNG", some_png())}));
}

TEST_F(ClipdropTest, ASignatureInSmallPiecesIsOne) {
    const auto painted = paint_with([](UpstreamConnection& connection) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 20\r\n\r\n");
        connection.drip(some_png(20), 2ms);
    });

    ASSERT_TRUE(painted) << painted.error().detail;
    EXPECT_TRUE(sink.text == some_png(20));
}

TEST_F(ClipdropTest, NobodyAtHome) {
    std::string url;
    {
        const UpstreamServer gone([](UpstreamConnection&) {});
        url = gone.url();
    }

    expect_error(paint_at(url, {.prompt = "a cat"}), ErrorKind::Unavailable, "painter.unavailable");
    EXPECT_EQ(clock.sleeps.size(), 1U);
}

TEST_F(ClipdropTest, AHangIsATimeoutAndNotRepeated) {
    time_left = 150ms;
    for (const std::string said :
         {"", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n",
          "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99\r\n\r\n"}) {
        expect_error(paint_with([&](UpstreamConnection& connection) {
                         connection.read_request();
                         connection.send(said);
                         connection.hang();
                     }),
                     ErrorKind::Timeout, "painter.timeout");
        EXPECT_TRUE(clock.sleeps.empty());
    }
}

TEST_F(ClipdropTest, ADripIsATimeout) {
    slow_window = 100ms;
    time_left = 10min;

    expect_error(paint_with([](UpstreamConnection& connection) {
                     connection.read_request();
                     connection.send(
                         "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
                         "Content-Length: 100000\r\n\r\n");
                     connection.drip(some_png(), 10ms);
                 }),
                 ErrorKind::Timeout, "painter.timeout");
}

TEST_F(ClipdropTest, APictureThatIsCutOffIsNotRepeated) {
    const auto cut = png_answer({}, 200'000).substr(0, 150'000);
    const auto reset = [&](UpstreamConnection& connection) {
        connection.read_request();
        connection.send(cut);
        connection.reset();
    };
    const auto close = [&](UpstreamConnection& connection) {
        connection.read_request();
        connection.send(cut);
    };
    expect_bad_answer(paint_with(reset));
    expect_bad_answer(paint_with(close));
    EXPECT_TRUE(clock.sleeps.empty());
}

TEST_F(ClipdropTest, MoreThanItAnnouncedIsNotPartOfThePicture) {
    auto answer = png_answer({}, 1'000);
    const auto painted = paint({answer + "and another 5 bytes"});

    ASSERT_TRUE(painted);
    EXPECT_EQ(sink.text.size(), 1'000U);
}

TEST_F(ClipdropTest, AnEndlessPictureIsABadAnswer) {
    expect_bad_answer(paint_with([](UpstreamConnection& connection) {
        connection.read_request();
        connection.send(
            "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
            "Transfer-Encoding: chunked\r\n\r\n8\r\n" +
            some_png(8) + "\r\n");
        while (connection.send("40000\r\n" + std::string(0x40000, 'x') + "\r\n")) continue;
    }));
    EXPECT_LE(sink.text.size(), 16U * 1024U * 1024U);
}

TEST_F(ClipdropTest, NotHttpIsABadAnswer) {
    expect_bad_answer(paint({"SSH-2.0-OpenSSH_9.2\r\n"}));
    expect_bad_answer(paint({"HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"}));
}

TEST_F(ClipdropTest, ARedirectIsNotFollowed) {
    const UpstreamServer canary(always(png_answer()));

    for (const int status : {301, 302, 303, 307, 308}) {
        expect_bad_answer(paint({make_answer(status, {{"Location", canary.url("/")}}, "")}));
    }

    EXPECT_EQ(canary.connections(), 0);
}

TEST_F(ClipdropTest, AFullDiskIsNotClipdropsFault) {
    sink.limit = 50'000;

    expect_error(paint({png_answer({}, 400'000)}), ErrorKind::Unavailable, "blob.io_error");

    EXPECT_EQ(calls, 1);
    EXPECT_TRUE(clock.sleeps.empty());
}

}  // namespace
}  // namespace imagify::testing
