// The parser alone: against Boost.Beast's, which is more lenient but must never read otherwise.
#include "transport/beast/request_reader.hpp"

#include <gtest/gtest.h>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstring>
#include <random>

namespace imagify::http {
namespace {

void give(RequestReader& reader, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto space = reader.space();
        const auto size = std::min(space.size(), bytes.size());
        std::memcpy(space.data(), bytes.data(), size);
        reader.commit(size);
        bytes.remove_prefix(size);
        reader.advance();
    }
}

TEST(RequestReader, KeepsWhatComesAfterARequestForTheNext) {
    const RequestLimits limits;
    RequestReader reader(limits);

    give(reader,
         "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhiGET /b?c HTTP/1.1\r\nHo");

    ASSERT_EQ(reader.state(), RequestReader::State::Complete);
    EXPECT_EQ(reader.request().body, "hi");
    EXPECT_TRUE(reader.has_unread());
    reader.next();
    EXPECT_EQ(reader.advance(), RequestReader::State::Head);
    give(reader, "st: x\r\n\r\n");
    ASSERT_EQ(reader.state(), RequestReader::State::Complete);
    EXPECT_EQ(reader.request().path, "/b");
    EXPECT_EQ(reader.request().query, "c");
    EXPECT_EQ(reader.request().body, "");
    EXPECT_FALSE(reader.has_unread());
}

TEST(RequestReader, KeepsHeadersAsTheyCameWithoutSpaceAround) {
    const RequestLimits limits;
    RequestReader reader(limits);

    give(reader, "GET / HTTP/1.1\r\nhOST: x\r\nX-A: \t one  two \r\nX-B:\r\nx-a: 2\r\n\r\n");

    ASSERT_EQ(reader.state(), RequestReader::State::Complete);
    const auto& headers = reader.request().headers;
    EXPECT_EQ(headers.get("host"), "x");
    EXPECT_EQ(headers.get("x-A"), "one  two");
    EXPECT_EQ(headers.count("X-a"), 2U);
    EXPECT_EQ(headers.count("x-b"), 1U);
    EXPECT_EQ(headers.get("x-b"), "");
    EXPECT_EQ(headers.size(), 4U);
}

TEST(RequestReader, HeadLimitHoldsForHeadsThatComeAtOnce) {
    const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    for (const std::size_t spare : {0U, 1U}) {
        RequestLimits limits;
        limits.head_bytes = head.size() - spare;
        RequestReader reader(limits);
        give(reader, head);
        EXPECT_EQ(reader.state(),
                  spare == 0 ? RequestReader::State::Complete : RequestReader::State::Refused);
    }
}

const std::vector<std::string> kSeeds{
    "GET /a?b=c HTTP/1.1\r\nHost: x.test\r\nAccept: */*\r\n\r\n",
    "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world",
    "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
    "chunked\r\n\r\n5\r\nhello\r\n1;a=b\r\n!\r\n0\r\nT: v\r\n\r\n",
    "PUT / HTTP/1.0\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
};

class Mutator {
public:
    std::string mutate(std::string text) {
        for (auto edits = pick(3) + 1; edits > 0; --edits) {
            const auto at = pick(text.size());
            switch (pick(4)) {
                case 0: text[at] = interesting(); break;
                case 1: text.insert(at, 1, interesting()); break;
                case 2: text.erase(at, 1 + pick(3)); break;
                default: text.insert(at, text.substr(pick(text.size()), pick(24))); break;
            }
        }
        return text;
    }

private:
    std::size_t pick(std::size_t below) { return below == 0 ? 0 : engine_() % below; }
    char interesting() {
        constexpr std::string_view kBytes = "\r\n\t :;,/?#0123456789abcdefXx-+\x7f\x80\xff";
        return kBytes[pick(kBytes.size())];
    }

    std::minstd_rand engine_{20261123};
};

TEST(RequestReader, NeverReadsARequestOtherwiseThanBeast) {
    namespace beast = boost::beast::http;
    const RequestLimits limits;
    Mutator mutator;
    int taken = 0, refused = 0;
    for (int i = 0; i < 40'000; ++i) {
        const auto text = mutator.mutate(kSeeds[static_cast<std::size_t>(i) % kSeeds.size()]);
        RequestReader reader(limits);
        give(reader, text);
        if (reader.state() == RequestReader::State::Refused) ++refused;
        if (reader.state() != RequestReader::State::Complete) continue;
        ++taken;
        beast::request_parser<beast::string_body> parser;
        parser.eager(true);
        boost::system::error_code error;
        parser.put(boost::asio::buffer(text), error);
        // Extensions of chunks are dropped unread here and checked there; so are odd tokens in a
        // Connection header.
        if (error == beast::error::bad_chunk_extension) continue;
        if (error == beast::error::bad_value && text.contains("Connection:")) continue;
        const auto& request = reader.request();
        const auto target = request.path + (request.query.empty() ? "" : "?" + request.query);
        ASSERT_TRUE(!error && parser.is_done()) << text << "\n" << error.message();
        EXPECT_EQ(parser.get().body(), request.body) << text;
        EXPECT_EQ(parser.get()[beast::field::host], request.headers.get("host")) << text;
        const auto theirs = std::string(parser.get().target());
        EXPECT_TRUE(theirs == target || theirs == target + "?" || !theirs.starts_with('/')) << text;
    }
    EXPECT_GT(taken, 5'000);
    EXPECT_GT(refused, 5'000);
}

TEST(RequestReader, ReadsTheSameHoweverTheBytesArrive) {
    const RequestLimits limits;
    Mutator mutator;
    for (int i = 0; i < 4'000; ++i) {
        const auto text = mutator.mutate(kSeeds[static_cast<std::size_t>(i) % kSeeds.size()]);
        RequestReader whole(limits), dripped(limits);
        give(whole, text);
        for (const char byte : text) {
            if (dripped.state() == RequestReader::State::Complete) break;
            if (dripped.state() == RequestReader::State::Refused) break;
            give(dripped, {&byte, 1});
        }
        ASSERT_EQ(whole.state(), dripped.state()) << text;
        EXPECT_EQ(whole.request().body, dripped.request().body) << text;
    }
}

}  // namespace
}  // namespace imagify::http
