#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace imagify::testing {

/// What SQLite asks of a disk.
enum class DiskCall { Open, Delete, Read, Write, Truncate, Sync, Size, Lock, ShmMap, ShmLock };
inline constexpr std::size_t kDiskCalls = 10;

/// "write", "shm map", ... for tables.
std::string_view to_text(DiskCall call);

/// One change of the disk, as the operating system saw it.
struct DiskEvent {
    enum class Kind { Create, Delete, Write, Truncate, Sync, SyncFailed, SyncFolder };
    Kind kind = Kind::Write;
    /// Tells two files apart that had one name after the other.
    int file = 0;
    std::string name{};
    /// Where a write begins, or the new size of a truncated file.
    std::size_t offset = 0;
    std::vector<std::byte> bytes{};
};

using Bytes = std::vector<std::byte>;
/// Contents by name.
using DiskFiles = std::map<std::string, Bytes>;

/// The files below one folder, kept in memory: SQLite works on them through the virtual file system
/// that the first disk of the process makes its default; files elsewhere stay real. It behaves like
/// SQLite's own on Linux, down to when a folder is synced. Safe from several threads.
class MemoryDisk {
public:
    explicit MemoryDisk(std::filesystem::path folder);
    ~MemoryDisk();
    MemoryDisk(const MemoryDisk&) = delete;
    MemoryDisk& operator=(const MemoryDisk&) = delete;

    const std::filesystem::path& folder() const { return folder_; }

    /// Replaces every file. Nobody has one open.
    void load(DiskFiles files);
    DiskFiles files() const;

    /// Runs `die`, which closes every file, and undoes what it changed: for the disk it is as if
    /// the process had been killed.
    void kill(const std::function<void()>& die);

    /// From now on every change is kept in `events`, which begin with the present files, synced.
    void record();
    std::size_t event_count() const;
    std::vector<DiskEvent> events() const;

    /// Runs before each call, outside the disk's lock; yields SQLITE_OK, or the code with which the
    /// call fails. A write that fails leaves half of its bytes. Set it while nobody uses the disk.
    std::function<int(DiskCall, const std::string& name)> before;

    /// Runs on each connection that SQLite opens here, given as sqlite3*.
    std::function<void(void* connection)> on_connect;

    /// The disk that a path belongs to; nullptr for a path of the real file system.
    static MemoryDisk* of(const std::filesystem::path& file);

private:
    friend struct MemoryFile;
    struct File;

    void log(DiskEvent event);

    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<File>> files_;
    int next_file_ = 0;
    bool recording_ = false;
    std::vector<DiskEvent> events_;
};

}  // namespace imagify::testing
