#include <sqlite3.h>

#include "adapters/sqlite/connection.hpp"
#include "unit/sqlite/books_fixture.hpp"

namespace imagify::testing {

// Found by ./test faults: with no memory for a value the statement ran with NULL instead, found no
// order and no key, and a retry could have been taken for something new.
TEST_F(BooksTest, ValueThatCannotBeBoundIsAnErrorAndNotNull) {
    sqlite::Connection connection(file(), sqlite::OpenMode::ReadWrite);
    sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, 1'000);

    EXPECT_THROW(sqlite::Query(connection, "SELECT ?", std::string(2'000, 'x')),
                 sqlite::SqliteError);
    sqlite::Query fits(connection, "SELECT ?", std::string(500, 'x'));
    ASSERT_TRUE(fits.step());
    EXPECT_EQ(fits.text(0).size(), 500U);
}

}  // namespace imagify::testing
