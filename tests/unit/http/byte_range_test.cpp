#include "transport/http/byte_range.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

using enum RangeRequest::Kind;

struct Row {
    std::string_view header;
    std::int64_t size;
    RangeRequest::Kind kind;
    std::int64_t first = 0;
    std::int64_t length = 0;
};

constexpr Row kRows[] = {
    // RFC 9110, 14.1.2: the examples for a body of 10,000 bytes.
    {"bytes=0-499", 10'000, Part, 0, 500},
    {"bytes=500-999", 10'000, Part, 500, 500},
    {"bytes=-500", 10'000, Part, 9'500, 500},
    {"bytes=9500-", 10'000, Part, 9'500, 500},
    {"bytes=0-0,-1", 10'000, Whole},
    {"bytes= 0-999, 4500-5499, -1000", 10'000, Whole},
    {"bytes=500-600,601-999", 10'000, Whole},
    // The edges of a body.
    {"bytes=0-", 10, Part, 0, 10},
    {"bytes=0-0", 10, Part, 0, 1},
    {"bytes=9-9", 10, Part, 9, 1},
    {"bytes=9-", 10, Part, 9, 1},
    {"bytes=0-9", 10, Part, 0, 10},
    {"bytes=0-10", 10, Part, 0, 10},
    {"bytes=5-99999", 10, Part, 5, 5},
    {"bytes=10-", 10, Unsatisfiable},
    {"bytes=10-10", 10, Unsatisfiable},
    {"bytes=99-100", 10, Unsatisfiable},
    {"bytes=-1", 10, Part, 9, 1},
    {"bytes=-10", 10, Part, 0, 10},
    {"bytes=-11", 10, Part, 0, 10},
    {"bytes=-9223372036854775807", 10, Part, 0, 10},
    {"bytes=0-9223372036854775807", 10, Part, 0, 10},
    {"bytes=9223372036854775807-", 10, Unsatisfiable},
    {"bytes=-0", 10, Unsatisfiable},
    // An empty body has no part.
    {"bytes=0-", 0, Unsatisfiable},
    {"bytes=0-0", 0, Unsatisfiable},
    {"bytes=-1", 0, Unsatisfiable},
    // Not understood: the whole body.
    {"", 10, Whole},
    {"bytes", 10, Whole},
    {"bytes=", 10, Whole},
    {"bytes=-", 10, Whole},
    {"bytes=5", 10, Whole},
    {"bytes=5-4", 10, Whole},
    {"bytes=a-b", 10, Whole},
    {"bytes=0-b", 10, Whole},
    {"bytes=--5", 10, Whole},
    {"bytes=-5-", 10, Whole},
    {"bytes=+1-2", 10, Whole},
    {"bytes=1-+2", 10, Whole},
    {"bytes=1 -2", 10, Whole},
    {"bytes=1-2 ", 10, Whole},
    {"bytes=0x1-2", 10, Whole},
    {"bytes=9223372036854775808-", 10, Whole},
    {"bytes=0-9223372036854775808", 10, Whole},
    {"items=0-5", 10, Whole},
    {"bytes 0-5/10", 10, Whole},
};

}  // namespace

TEST(ByteRangeTest, UnderstandsEveryRow) {
    for (const auto& row : kRows) {
        const auto request = parse_range(row.header, row.size);

        EXPECT_EQ(request.kind, row.kind) << row.header << " of " << row.size;
        if (row.kind != Part) continue;
        EXPECT_EQ(request.range.first, row.first) << row.header;
        EXPECT_EQ(request.range.length, row.length) << row.header;
    }
}

TEST(ByteRangeTest, EveryPartLiesInsideTheBody) {
    for (std::int64_t size = 0; size <= 12; ++size) {
        for (int first = 0; first <= 14; ++first) {
            for (int last = 0; last <= 14; ++last) {
                const auto header = "bytes=" + std::to_string(first) + "-" + std::to_string(last);
                const auto [kind, range] = parse_range(header, size);
                if (kind != Part) continue;
                EXPECT_GT(range.length, 0) << header;
                EXPECT_EQ(range.first, first) << header;
                EXPECT_LE(range.first + range.length, size) << header;
            }
        }
    }
}

}  // namespace imagify::http
