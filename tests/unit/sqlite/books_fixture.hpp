#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "adapters/sqlite/sqlite_store.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

/// Runs SQL on a connection of its own without any of our guards: foreign keys and checks are off.
/// Yields SQLite's message, empty when all went well.
std::string run_raw(const std::filesystem::path& file, const std::string& sql);

/// The first column of the first row as text.
std::string ask_raw(const std::filesystem::path& file, const std::string& sql);

/// A data folder with a store in it that can be closed, tampered with and opened again.
class BooksTest : public ::testing::Test {
protected:
    std::filesystem::path file() const { return folder.path() / "imagify.db"; }
    Result<std::unique_ptr<sqlite::SqliteStore>> open(sqlite::StoreMode mode);
    /// Opens into `store`.
    void reopen(sqlite::StoreMode mode = sqlite::StoreMode::Simulation);

    Account make_account(const std::string& email, Credits gift = {5});
    Order make_order(const UserId& user);
    Generation hold(const UserId& user);
    /// Two people with a paid, a failed and a pending order, a ready, a failed and a held picture.
    void write_books();

    /// "invariant: subject: detail" of every violation, one a line.
    std::string violations();

    TempFolder folder;
    FakeClock clock;
    SeededRandom random;
    std::unique_ptr<sqlite::SqliteStore> store;
};

}  // namespace imagify::testing
