#include "support/memory_file.hpp"

#include <atomic>

namespace imagify::testing {

using Kind = DiskEvent::Kind;

std::unique_ptr<MemoryFile> MemoryFile::open(MemoryDisk& disk, const std::string& name, int flags,
                                             int& code) {
    code = disk.before ? disk.before(DiskCall::Open, name) : SQLITE_OK;
    if (code != SQLITE_OK) return nullptr;
    const bool create = (flags & SQLITE_OPEN_CREATE) != 0;
    const std::scoped_lock lock(disk.mutex_);
    auto& file = disk.files_[name];
    if (!file) {
        if (!create) {
            disk.files_.erase(name);
            code = SQLITE_CANTOPEN;
            return nullptr;
        }
        file = std::make_shared<MemoryDisk::File>();
        file->id = disk.next_file_++;
        file->name = name;
        disk.log({.kind = Kind::Create, .file = file->id, .name = name});
    }
    constexpr int kLogs = SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    return std::make_unique<MemoryFile>(disk, file, create && (flags & kLogs) != 0);
}

int MemoryFile::remove(MemoryDisk& disk, const std::string& name, bool sync_folder) {
    const int refused = disk.before ? disk.before(DiskCall::Delete, name) : SQLITE_OK;
    if (refused != SQLITE_OK) return refused;
    const std::scoped_lock lock(disk.mutex_);
    const auto found = disk.files_.find(name);
    if (found == disk.files_.end()) return SQLITE_IOERR_DELETE_NOENT;
    disk.log({.kind = Kind::Delete, .file = found->second->id, .name = name});
    disk.files_.erase(found);
    if (sync_folder) disk.log({.kind = Kind::SyncFolder});
    return SQLITE_OK;
}

bool MemoryFile::exists(MemoryDisk& disk, const std::string& name) {
    const std::scoped_lock lock(disk.mutex_);
    const auto found = disk.files_.find(name);
    // Like SQLite's own: an empty file is as good as none.
    return found != disk.files_.end() && !found->second->bytes.empty();
}

int MemoryFile::admit(DiskCall call) const {
    return disk_.before ? disk_.before(call, file_->name) : SQLITE_OK;
}

int MemoryFile::read(std::span<std::byte> into, std::size_t offset) {
    if (const int code = admit(DiskCall::Read); code != SQLITE_OK) return code;
    const std::scoped_lock lock(disk_.mutex_);
    const auto& bytes = file_->bytes;
    const auto present = offset < bytes.size() ? bytes.size() - offset : 0;
    const auto count = std::min(into.size(), present);
    if (count > 0) std::memcpy(into.data(), bytes.data() + offset, count);
    if (count == into.size()) return SQLITE_OK;
    std::memset(into.data() + count, 0, into.size() - count);
    return SQLITE_IOERR_SHORT_READ;
}

void MemoryFile::put(std::span<const std::byte> from, std::size_t offset) {
    const std::scoped_lock lock(disk_.mutex_);
    auto& bytes = file_->bytes;
    if (bytes.size() < offset + from.size()) bytes.resize(offset + from.size());
    if (!from.empty()) std::memcpy(bytes.data() + offset, from.data(), from.size());
    if (!disk_.recording_) return;
    disk_.log({.kind = Kind::Write,
               .file = file_->id,
               .offset = offset,
               .bytes = Bytes(from.begin(), from.end())});
}

int MemoryFile::write(std::span<const std::byte> from, std::size_t offset) {
    const int code = admit(DiskCall::Write);
    put(code == SQLITE_OK ? from : from.first(from.size() / 2), offset);
    return code;
}

int MemoryFile::truncate(std::size_t size) {
    if (const int code = admit(DiskCall::Truncate); code != SQLITE_OK) return code;
    const std::scoped_lock lock(disk_.mutex_);
    file_->bytes.resize(size);
    disk_.log({.kind = Kind::Truncate, .file = file_->id, .offset = size});
    return SQLITE_OK;
}

int MemoryFile::sync() {
    const int code = admit(DiskCall::Sync);
    const std::scoped_lock lock(disk_.mutex_);
    if (code != SQLITE_OK) {
        disk_.log({.kind = Kind::SyncFailed, .file = file_->id});
        return code;
    }
    disk_.log({.kind = Kind::Sync, .file = file_->id});
    if (sync_folder_) disk_.log({.kind = Kind::SyncFolder});
    sync_folder_ = false;
    return SQLITE_OK;
}

int MemoryFile::size(sqlite3_int64& size) {
    if (const int code = admit(DiskCall::Size); code != SQLITE_OK) return code;
    const std::scoped_lock lock(disk_.mutex_);
    size = static_cast<sqlite3_int64>(file_->bytes.size());
    return SQLITE_OK;
}

int MemoryFile::lock(int level) {
    if (level <= level_) return SQLITE_OK;
    if (const int code = admit(DiskCall::Lock); code != SQLITE_OK) return code;
    const std::scoped_lock lock(disk_.mutex_);
    auto& file = *file_;
    const auto others = [this](const void* holder) { return holder != nullptr && holder != this; };
    if (level_ == SQLITE_LOCK_NONE) {
        if (others(file.pending)) return SQLITE_BUSY;
        ++file.shared_locks;
        level_ = SQLITE_LOCK_SHARED;
    }
    if (level == SQLITE_LOCK_SHARED) return SQLITE_OK;
    if (others(file.reserved)) return SQLITE_BUSY;
    file.reserved = this;
    level_ = SQLITE_LOCK_RESERVED;
    if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
    file.pending = this;
    level_ = SQLITE_LOCK_PENDING;
    if (file.shared_locks > 1) return SQLITE_BUSY;
    level_ = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

int MemoryFile::unlock(int level) {
    const std::scoped_lock lock(disk_.mutex_);
    auto& file = *file_;
    if (level >= level_) return SQLITE_OK;
    if (file.reserved == this) file.reserved = nullptr;
    if (file.pending == this) file.pending = nullptr;
    if (level == SQLITE_LOCK_NONE) --file.shared_locks;
    level_ = level;
    return SQLITE_OK;
}

int MemoryFile::check_reserved(bool& reserved) {
    const std::scoped_lock lock(disk_.mutex_);
    reserved = file_->reserved != nullptr;
    return SQLITE_OK;
}

int MemoryFile::shm_map(std::size_t region, bool extend, void volatile*& address) {
    address = nullptr;
    if (const int code = admit(DiskCall::ShmMap); code != SQLITE_OK) return code;
    const std::scoped_lock lock(disk_.mutex_);
    auto& file = *file_;
    if (!uses_shm_) ++file.shm_users;
    uses_shm_ = true;
    while (extend && file.shm.size() <= region) {
        file.shm.push_back(std::make_unique<MemoryDisk::File::ShmRegion>());
    }
    if (region < file.shm.size()) address = file.shm[region]->data();
    return SQLITE_OK;
}

bool MemoryFile::may_lock(std::size_t slot, bool exclusive) const {
    const auto& file = *file_;
    if (file.shm_exclusive.at(slot) != nullptr) return file.shm_exclusive.at(slot) == this;
    return !exclusive || file.shm_shared.at(slot) == (shares_.at(slot) ? 1 : 0);
}

int MemoryFile::shm_lock(std::size_t first, std::size_t count, int flags) {
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    const bool taking = (flags & SQLITE_SHM_LOCK) != 0;
    if (taking) {
        if (const int code = admit(DiskCall::ShmLock); code != SQLITE_OK) return code;
    }
    const std::scoped_lock lock(disk_.mutex_);
    auto& file = *file_;
    for (std::size_t slot = first; taking && slot < first + count; ++slot) {
        if (!may_lock(slot, exclusive)) return SQLITE_BUSY;
    }
    for (std::size_t slot = first; slot < first + count; ++slot) {
        if (exclusive) {
            file.shm_exclusive.at(slot) = taking ? this : nullptr;
        } else if (shares_.at(slot) != taking) {
            file.shm_shared.at(slot) += taking ? 1 : -1;
            shares_.at(slot) = taking;
        }
    }
    return SQLITE_OK;
}

void MemoryFile::shm_barrier() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
    const std::scoped_lock lock(disk_.mutex_);
}

void MemoryFile::shm_unmap() {
    const std::scoped_lock lock(disk_.mutex_);
    if (!uses_shm_) return;
    uses_shm_ = false;
    // The shared memory is nobody's any more: the next one to open the file builds it anew.
    if (--file_->shm_users == 0) file_->shm.clear();
}

}  // namespace imagify::testing
