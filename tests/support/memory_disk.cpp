#include "support/memory_disk.hpp"

#include "support/memory_file.hpp"
#include "support/memory_vfs.hpp"

namespace imagify::testing {
namespace {

std::mutex disks_mutex;
std::map<std::string, MemoryDisk*> disks;

}  // namespace

std::string_view to_text(DiskCall call) {
    switch (call) {
        case DiskCall::Open: return "open";
        case DiskCall::Delete: return "delete";
        case DiskCall::Read: return "read";
        case DiskCall::Write: return "write";
        case DiskCall::Truncate: return "truncate";
        case DiskCall::Sync: return "sync";
        case DiskCall::Size: return "size";
        case DiskCall::Lock: return "lock";
        case DiskCall::ShmMap: return "shm map";
        case DiskCall::ShmLock: return "shm lock";
    }
    std::unreachable();
}

MemoryDisk::MemoryDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
    install_memory_vfs();
    const std::scoped_lock lock(disks_mutex);
    disks[folder_.string()] = this;
}

MemoryDisk::~MemoryDisk() {
    const std::scoped_lock lock(disks_mutex);
    disks.erase(folder_.string());
}

MemoryDisk* MemoryDisk::of(const std::filesystem::path& file) {
    const std::scoped_lock lock(disks_mutex);
    const auto found = disks.find(file.parent_path().string());
    return found == disks.end() ? nullptr : found->second;
}

void MemoryDisk::load(DiskFiles files) {
    const std::scoped_lock lock(mutex_);
    files_.clear();
    for (auto& [name, bytes] : files) {
        auto file = std::make_shared<File>();
        file->id = next_file_++;
        file->name = name;
        file->bytes = std::move(bytes);
        files_.emplace(name, std::move(file));
    }
}

DiskFiles MemoryDisk::files() const {
    const std::scoped_lock lock(mutex_);
    DiskFiles copies;
    for (const auto& [name, file] : files_) copies.emplace(name, file->bytes);
    return copies;
}

void MemoryDisk::kill(const std::function<void()>& die) {
    std::vector<std::shared_ptr<File>> survivors;
    bool recorded = false;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [name, file] : files_) {
            auto survivor = std::make_shared<File>();
            survivor->id = file->id;
            survivor->name = name;
            survivor->bytes = file->bytes;
            survivors.push_back(std::move(survivor));
        }
        recorded = std::exchange(recording_, false);
    }
    die();
    const std::scoped_lock lock(mutex_);
    files_.clear();
    for (auto& survivor : survivors) files_.emplace(survivor->name, survivor);
    recording_ = recorded;
}

void MemoryDisk::record() {
    const std::scoped_lock lock(mutex_);
    recording_ = true;
    events_.clear();
    for (const auto& [name, file] : files_) {
        log({.kind = DiskEvent::Kind::Create, .file = file->id, .name = name});
        log({.kind = DiskEvent::Kind::Write, .file = file->id, .bytes = file->bytes});
        log({.kind = DiskEvent::Kind::Sync, .file = file->id});
    }
    if (!files_.empty()) log({.kind = DiskEvent::Kind::SyncFolder});
}

std::size_t MemoryDisk::event_count() const {
    const std::scoped_lock lock(mutex_);
    return events_.size();
}

std::vector<DiskEvent> MemoryDisk::events() const {
    const std::scoped_lock lock(mutex_);
    return events_;
}

void MemoryDisk::log(DiskEvent event) {
    if (recording_) events_.push_back(std::move(event));
}

}  // namespace imagify::testing
