#pragma once

#include <sqlite3.h>

#include "support/memory_disk.hpp"

namespace imagify::testing {

/// The content and the locks of one file, shared by all who have it open.
struct MemoryDisk::File {
    static constexpr std::size_t kShmRegionBytes = 32'768;
    using ShmRegion = std::array<char, kShmRegionBytes>;

    int id = 0;
    std::string name;
    Bytes bytes;

    int shared_locks = 0;
    const void* reserved = nullptr;
    const void* pending = nullptr;

    int shm_users = 0;
    std::vector<std::unique_ptr<ShmRegion>> shm;
    std::array<int, SQLITE_SHM_NLOCK> shm_shared{};
    std::array<const void*, SQLITE_SHM_NLOCK> shm_exclusive{};
};

/// An open file of a MemoryDisk, as SQLite's virtual file system sees it.
struct MemoryFile {
    MemoryFile(MemoryDisk& disk, std::shared_ptr<MemoryDisk::File> file, bool sync_folder)
        : disk_(disk), file_(std::move(file)), sync_folder_(sync_folder) {}

    /// Opens, and with SQLITE_OPEN_CREATE makes, a file. Nothing and a code when that fails.
    static std::unique_ptr<MemoryFile> open(MemoryDisk& disk, const std::string& name, int flags,
                                            int& code);
    static int remove(MemoryDisk& disk, const std::string& name, bool sync_folder);
    static bool exists(MemoryDisk& disk, const std::string& name);

    int read(std::span<std::byte> into, std::size_t offset);
    int write(std::span<const std::byte> from, std::size_t offset);
    int truncate(std::size_t size);
    int sync();
    int size(sqlite3_int64& size);
    int lock(int level);
    int unlock(int level);
    int check_reserved(bool& reserved);
    int shm_map(std::size_t region, bool extend, void volatile*& address);
    int shm_lock(std::size_t first, std::size_t count, int flags);
    void shm_barrier();
    void shm_unmap();

private:
    int admit(DiskCall call) const;
    void put(std::span<const std::byte> from, std::size_t offset);
    bool may_lock(std::size_t slot, bool exclusive) const;

    MemoryDisk& disk_;
    std::shared_ptr<MemoryDisk::File> file_;
    /// SQLite's own does this at the first sync of a log or journal that it made.
    bool sync_folder_;
    int level_ = SQLITE_LOCK_NONE;
    bool uses_shm_ = false;
    std::array<bool, SQLITE_SHM_NLOCK> shares_{};
};

}  // namespace imagify::testing
