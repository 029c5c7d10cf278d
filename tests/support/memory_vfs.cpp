#include "support/memory_vfs.hpp"

#include <sqlite3.h>

#include <new>

#include "support/memory_file.hpp"

namespace imagify::testing {
namespace {

sqlite3_vfs* real_vfs = nullptr;

thread_local int inside = 0;

/// Marks the calls that SQLite makes of us.
class Inside {
public:
    Inside() { ++inside; }
    ~Inside() { --inside; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
};

/// What SQLite allocates for an open file of ours.
struct Slot {
    sqlite3_file base;
    MemoryFile* file;
};

MemoryFile& of(sqlite3_file* file) { return *reinterpret_cast<Slot*>(file)->file; }

int close(sqlite3_file* file) {
    const Inside here;
    auto* const slot = reinterpret_cast<Slot*>(file);
    slot->file->unlock(SQLITE_LOCK_NONE);
    delete slot->file;
    slot->file = nullptr;
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    const Inside here;
    return of(file).read({static_cast<std::byte*>(into), static_cast<std::size_t>(count)},
                         static_cast<std::size_t>(offset));
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    const Inside here;
    return of(file).write({static_cast<const std::byte*>(from), static_cast<std::size_t>(count)},
                          static_cast<std::size_t>(offset));
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    const Inside here;
    return of(file).truncate(static_cast<std::size_t>(size));
}

int sync(sqlite3_file* file, int) {
    const Inside here;
    return of(file).sync();
}

int size(sqlite3_file* file, sqlite3_int64* size) { return of(file).size(*size); }

int lock(sqlite3_file* file, int level) { return of(file).lock(level); }

int unlock(sqlite3_file* file, int level) { return of(file).unlock(level); }

int check_reserved(sqlite3_file* file, int* reserved) {
    const Inside here;
    bool answer = false;
    const int code = of(file).check_reserved(answer);
    *reserved = answer ? 1 : 0;
    return code;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

// The two answers of SQLite's own on ext4.
int sector_size(sqlite3_file*) { return 4'096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int shm_map(sqlite3_file* file, int region, int, int extend, void volatile** address) {
    const Inside here;
    return of(file).shm_map(static_cast<std::size_t>(region), extend != 0, *address);
}

int shm_lock(sqlite3_file* file, int first, int count, int flags) {
    const Inside here;
    return of(file).shm_lock(static_cast<std::size_t>(first), static_cast<std::size_t>(count),
                             flags);
}

void shm_barrier(sqlite3_file* file) { of(file).shm_barrier(); }

int shm_unmap(sqlite3_file* file, int) {
    const Inside here;
    of(file).shm_unmap();
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods{.iVersion = 2,
                                  .xClose = close,
                                  .xRead = read,
                                  .xWrite = write,
                                  .xTruncate = truncate,
                                  .xSync = sync,
                                  .xFileSize = size,
                                  .xLock = lock,
                                  .xUnlock = unlock,
                                  .xCheckReservedLock = check_reserved,
                                  .xFileControl = file_control,
                                  .xSectorSize = sector_size,
                                  .xDeviceCharacteristics = characteristics,
                                  .xShmMap = shm_map,
                                  .xShmLock = shm_lock,
                                  .xShmBarrier = shm_barrier,
                                  .xShmUnmap = shm_unmap,
                                  .xFetch = nullptr,
                                  .xUnfetch = nullptr};

std::string name_of(const char* path) { return std::filesystem::path(path).filename().string(); }

MemoryDisk* disk_of(const char* path) { return path == nullptr ? nullptr : MemoryDisk::of(path); }

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    const Inside here;
    auto* const disk = disk_of(path);
    if (disk == nullptr) return real_vfs->xOpen(real_vfs, path, file, flags, out_flags);
    auto* const slot = new (file) Slot{};
    int code = SQLITE_OK;
    auto opened = MemoryFile::open(*disk, name_of(path), flags, code);
    if (!opened) return code;
    slot->base.pMethods = &kMethods;
    slot->file = opened.release();
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
    const Inside here;
    auto* const disk = disk_of(path);
    if (disk == nullptr) return real_vfs->xDelete(real_vfs, path, sync_folder);
    return MemoryFile::remove(*disk, name_of(path), sync_folder != 0);
}

int access(sqlite3_vfs*, const char* path, int flags, int* answer) {
    const Inside here;
    auto* const disk = disk_of(path);
    if (disk == nullptr) return real_vfs->xAccess(real_vfs, path, flags, answer);
    *answer = MemoryFile::exists(*disk, name_of(path)) ? 1 : 0;
    return SQLITE_OK;
}

int full_pathname(sqlite3_vfs*, const char* path, int size, char* out) {
    const Inside here;
    if (disk_of(path) == nullptr) return real_vfs->xFullPathname(real_vfs, path, size, out);
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

int on_connect(sqlite3* connection, char**, const struct sqlite3_api_routines*) {
    const Inside here;
    auto* const disk = disk_of(sqlite3_db_filename(connection, "main"));
    if (disk != nullptr && disk->on_connect) disk->on_connect(connection);
    return SQLITE_OK;
}

}  // namespace

bool inside_memory_vfs() { return inside > 0; }

void install_memory_vfs() {
    static const bool installed = [] {
        real_vfs = sqlite3_vfs_find(nullptr);
        static sqlite3_vfs ours = *real_vfs;
        ours.zName = "imagify-memory";
        ours.szOsFile = std::max<int>(real_vfs->szOsFile, sizeof(Slot));
        ours.xOpen = open;
        ours.xDelete = remove;
        ours.xAccess = access;
        ours.xFullPathname = full_pathname;
        sqlite3_vfs_register(&ours, 1);
        // SQLite's own signature for extensions hides the parameters.
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(on_connect));
        return true;
    }();
    static_cast<void>(installed);
}

}  // namespace imagify::testing
