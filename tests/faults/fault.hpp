#pragma once

#include <cstdint>
#include <string_view>

namespace imagify::testing {

/// What may go wrong. Each kind counts its own calls; the N-th one fails.
enum class FaultKind {
    None,
    DiskError,     ///< Any call of SQLite's file system: SQLITE_IOERR_...
    DiskFull,      ///< A write of SQLite: SQLITE_FULL.
    StoreMemory,   ///< An allocation of SQLite.
    Memory,        ///< operator new: std::bad_alloc.
    FileError,     ///< A call of the picture store: EIO.
    FileFull,      ///< A write of the picture store: ENOSPC.
    Unreachable,   ///< A call of the painter or the gateway finds nobody.
    BrokenAnswer,  ///< It is cut off in the middle.
    SlowAnswer,    ///< It takes too long.
    HugeAnswer,    ///< It is too large.
};

std::string_view to_text(FaultKind kind);

struct Fault {
    FaultKind kind = FaultKind::None;
    /// 1: the first call fails.
    std::int64_t nth = 0;
    /// Every later one fails too.
    bool sticky = false;
    /// Counted after the first failure: this one fails as well. 0: none.
    std::int64_t second = 0;
};

/// From now on calls are counted, on every thread. One fault at a time in a process.
void arm(const Fault& fault);
/// Nothing fails any more. Yields how many calls of the kind there were.
std::int64_t disarm();
/// How often a call failed since it was armed.
std::int64_t failures();

/// Only while one lives can calls fail: what the tests themselves do is not meant.
class FaultScope {
public:
    FaultScope();
    ~FaultScope();
    FaultScope(const FaultScope&) = delete;
    FaultScope& operator=(const FaultScope&) = delete;
};

/// True when the present call of this kind has to fail.
bool should_fail(FaultKind kind);

/// Puts the counting allocator under SQLite; before its first use in the process.
void install_faulty_store_memory();

}  // namespace imagify::testing
