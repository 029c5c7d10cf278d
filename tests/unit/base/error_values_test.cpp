#include <gtest/gtest.h>

#include <ostream>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace imagify {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

TEST(ResultTest, FailureCarriesKindCodeAndDetail) {
    const Result<int> result = fail(ErrorKind::NotFound, "order.not_found", "o-1");

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::NotFound);
    EXPECT_EQ(result.error().code, "order.not_found");
    EXPECT_EQ(result.error().detail, "o-1");
    EXPECT_FALSE(result.error().retry_after);
    EXPECT_TRUE(result.error().fields.empty());
}

TEST(SecretTest, PrintsItselfNowhere) {
    static_assert(!Printable<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string>);
    static_assert(!std::is_convertible_v<Secret, std::string_view>);
    static_assert(!std::is_convertible_v<std::string, Secret>);

    EXPECT_EQ(Secret("s3cret").reveal(), "s3cret");
    EXPECT_TRUE(Secret().empty());
}

TEST(ClockTest, UnixMillisecondsRoundTrip) {
    for (const std::int64_t unix_ms :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'768'446'245'999}}) {
        EXPECT_EQ(to_unix_ms(from_unix_ms(unix_ms)), unix_ms);
    }
}

}  // namespace imagify
