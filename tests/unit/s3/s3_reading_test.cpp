#include <charconv>

#include "unit/s3/s3_fixture.hpp"

namespace imagify::s3 {
namespace {

using testing::sent_header;

// Answers ranges of `bytes`, as S3 does.
testing::ScriptedHttpClient::Answer serve(std::string bytes, std::string etag = "\"v1\"") {
    return [bytes = std::move(bytes),
            etag = std::move(etag)](const OutboundRequest& request) -> Result<OutboundAnswer> {
        const auto range = sent_header(request, "Range");
        std::size_t first = 0;
        std::size_t last = 0;
        const auto dash = range.find('-');
        std::from_chars(range.data() + 6, range.data() + dash, first);
        std::from_chars(range.data() + dash + 1, range.data() + range.size(), last);
        if (first >= bytes.size()) return OutboundAnswer{.status = 416};
        last = std::min(last, bytes.size() - 1);
        return OutboundAnswer{.status = 206,
                              .headers = {{"etag", etag},
                                          {"content-range", "bytes " + std::to_string(first) + '-' +
                                                                std::to_string(last) + '/' +
                                                                std::to_string(bytes.size())}},
                              .body = bytes.substr(first, last - first + 1)};
    };
}

std::string numbered(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i) + ' ';
    text.resize(size);
    return text;
}

TEST_F(S3Test, SmallBlobComesWithOneRequest) {
    http.script.push_back(serve("thumbnail"));

    EXPECT_EQ(testing::get_blob(store, key()), "thumbnail");
    EXPECT_EQ(http.asked.size(), 1U);
}

TEST_F(S3Test, BigBlobComesInPiecesOfOneVersion) {
    const auto bytes = numbered(1'000'000);
    for (int i = 0; i < 9; ++i) http.script.push_back(serve(bytes));
    auto reader = std::move(testing::run_task(store.open(key())).value());
    std::string read;
    std::vector<std::byte> buffer(64 * 1024);

    for (;;) {
        const auto count =
            testing::run_task(reader->read(static_cast<std::int64_t>(read.size()), buffer));
        ASSERT_TRUE(count);
        if (*count == 0) break;
        read.append(reinterpret_cast<const char*>(buffer.data()), *count);
    }

    EXPECT_EQ(reader->size_bytes(), 1'000'000);
    EXPECT_TRUE(read == bytes);
    EXPECT_EQ(http.asked.size(), 4U);
    EXPECT_EQ(sent_header(http.asked.at(0), "If-Match"), "");
    EXPECT_EQ(sent_header(http.asked.at(3), "If-Match"), "\"v1\"");
}

TEST_F(S3Test, ReadsBackwardsToo) {
    const auto bytes = numbered(600'000);
    for (int i = 0; i < 3; ++i) http.script.push_back(serve(bytes));
    auto reader = std::move(testing::run_task(store.open(key())).value());
    std::array<std::byte, 4> buffer{};

    ASSERT_EQ(testing::run_task(reader->read(599'998, buffer)), std::size_t{2});
    EXPECT_EQ(std::memcmp(buffer.data(), bytes.data() + 599'998, 2), 0);
    ASSERT_EQ(testing::run_task(reader->read(7, buffer)), std::size_t{4});
    EXPECT_EQ(std::memcmp(buffer.data(), bytes.data() + 7, 4), 0);
    EXPECT_EQ(testing::run_task(reader->read(600'000, buffer)), std::size_t{0});
}

TEST_F(S3Test, EmptyBlobHasNoBytes) {
    http.script.push_back(serve(""));

    EXPECT_EQ(testing::get_blob(store, key()), "");
}

TEST_F(S3Test, AbsentBlobIsNotFound) {
    http.answer(404, "<Error><Code>NoSuchKey</Code></Error>");

    EXPECT_EQ(testing::get_blob(store, key()), "blob.not_found");
}

TEST_F(S3Test, ChangedBlobIsNotMixed) {
    http.script.push_back(serve(numbered(600'000)));
    http.answer(412);
    auto reader = std::move(testing::run_task(store.open(key())).value());
    std::array<std::byte, 4> buffer{};

    const auto outcome = testing::run_task(reader->read(500'000, buffer));

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Unavailable);
}

TEST_F(S3Test, AnswerWithAnotherRangeIsRefused) {
    for (const auto* range : {"", "bytes 0-2", "bytes 0-2/x", "bytes 0-2/2", "bytes 0-2/-3"}) {
        http.answer(206, "abc", {{"content-range", range}});
        EXPECT_EQ(testing::get_blob(store, key()), "blob.unavailable") << range;
    }
}

}  // namespace
}  // namespace imagify::s3
