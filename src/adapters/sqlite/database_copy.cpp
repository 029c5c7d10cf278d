#include "adapters/sqlite/database_copy.hpp"

#include <fcntl.h>
#include <sqlite3.h>

#include <memory>

#include "adapters/sqlite/connection.hpp"
#include "adapters/system/posix_file.hpp"

namespace imagify::sqlite {
namespace {

// A piece small enough that a slow disk serves the writer's own syncs in between.
constexpr int kPagesAtOnce = 256;

struct FinishBackup {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

[[noreturn]] void raise(Connection& connection) {
    throw SqliteError(sqlite3_extended_errcode(connection.handle()),
                      sqlite3_errmsg(connection.handle()));
}

std::int64_t number(Connection& connection, const char* literal) {
    Query query(connection, literal);
    return query.step() ? query.integer(0) : 0;
}

void copy_pages(Connection& source, Connection& target, const CopyProgress& progress) {
    const std::unique_ptr<sqlite3_backup, FinishBackup> backup(
        sqlite3_backup_init(target.handle(), "main", source.handle(), "main"));
    if (!backup) raise(target);
    const auto page_bytes = number(source, "PRAGMA page_size");
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup.get(), kPagesAtOnce);
        const std::int64_t total = sqlite3_backup_pagecount(backup.get());
        progress((total - sqlite3_backup_remaining(backup.get())) * page_bytes, total * page_bytes);
    }
    if (code != SQLITE_DONE) throw SqliteError(code, sqlite3_errstr(code));
}

}  // namespace

Result<DatabaseFacts> copy_database(const std::filesystem::path& from,
                                    const std::filesystem::path& to, const CopyProgress& progress) {
    DatabaseFacts facts;
    try {
        Connection source(from, OpenMode::ReadOnly);
        // An open read transaction stands at one moment: what is written meanwhile does not make
        // the copy begin again.
        source.execute("BEGIN");
        facts.ledger_rows = number(source, "SELECT count(*) FROM ledger");
        facts.accounts = number(source, "SELECT count(*) FROM users");
        {
            Connection target(to, OpenMode::ReadWrite);
            // One file, with no log beside it that could be left behind.
            target.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF;");
            copy_pages(source, target, progress);
            target.execute("PRAGMA journal_mode = DELETE;");
        }
        source.execute("COMMIT");
    } catch (const SqliteError& error) {
        return fail(ErrorKind::Unavailable, "backup.failed",
                    "cannot copy " + from.string() + ": " + error.what());
    }
    const PosixFile file(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
    if (auto synced = sync(file); !synced) return std::unexpected(synced.error());
    return facts;
}

}  // namespace imagify::sqlite
