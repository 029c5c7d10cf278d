#include "faults/trial.hpp"

#include <sqlite3.h>

#include "powerloss/disk_replay.hpp"

namespace imagify::testing {
namespace {

int code_of(DiskCall call) {
    switch (call) {
        case DiskCall::Open: return SQLITE_CANTOPEN;
        case DiskCall::Delete: return SQLITE_IOERR_DELETE;
        case DiskCall::Read: return SQLITE_IOERR_READ;
        case DiskCall::Write: return SQLITE_IOERR_WRITE;
        case DiskCall::Truncate: return SQLITE_IOERR_TRUNCATE;
        case DiskCall::Sync: return SQLITE_IOERR_FSYNC;
        case DiskCall::Size: return SQLITE_IOERR_FSTAT;
        case DiskCall::Lock: return SQLITE_IOERR_LOCK;
        case DiskCall::ShmMap: return SQLITE_IOERR_SHMMAP;
        case DiskCall::ShmLock: return SQLITE_IOERR_SHMLOCK;
    }
    std::unreachable();
}

int fault_of(DiskCall call) {
    if (should_fail(FaultKind::DiskError)) return code_of(call);
    if (call == DiskCall::Write && should_fail(FaultKind::DiskFull)) return SQLITE_FULL;
    return SQLITE_OK;
}

bool hits_the_store(FaultKind kind) {
    return kind == FaultKind::DiskError || kind == FaultKind::DiskFull ||
           kind == FaultKind::StoreMemory;
}

void keep_pictures(const std::filesystem::path& folder) {
    std::filesystem::rename(folder / "blobs", folder / "kept");
}

void restore_pictures(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder / "blobs");
    std::filesystem::remove_all(folder / "tmp");
    std::filesystem::copy(folder / "kept", folder / "blobs",
                          std::filesystem::copy_options::recursive);
}

}  // namespace

Trial::Trial(const Flow& flow, sqlite::StoreMode mode, Product product)
    : flow_(flow), mode_(mode), product_(product), disk_(folder_.path()) {
    disk_.before = [](DiskCall call, const std::string&) { return fault_of(call); };
    FakeClock clock;
    {
        Shop shop(folder_.path(), mode_, clock, seed_++);
        scene_ = flow_.prepare(shop);
        // What a trial opens is a log that still has to be recovered, as after a crash.
        base_ = disk_.files();
    }
    keep_pictures(folder_.path());
}

void Trial::load() {
    disk_.load(base_);
    disk_.record();
    restore_pictures(folder_.path());
    clock_ = std::make_unique<FakeClock>();
}

TrialResult Trial::run(const Fault& fault) {
    load();
    auto shop = std::make_unique<Shop>(folder_.path(), mode_, *clock_, seed_++);
    arm(fault);
    const auto first = flow_.act(*shop, scene_);
    TrialResult result{.calls = disarm(), .failed_a_call = failures() > 0};
    result.promised = product_ == Product::SwallowsErrors || flow_.promised(first);
    result.unknown = first.body.contains("server.outcome_unknown");
    result.ended = shop->escaped() > 0;
    if (first.status == 0) result.violation = "no answer";
    if (result.violation.empty()) result.violation = live_check(*shop, fault);
    kill(std::move(shop), fault);
    if (result.violation.empty()) result.violation = check(first, result.promised);
    return result;
}

// After one failed call the same process works on: the connection was opened anew.
std::string Trial::live_check(Shop& shop, const Fault& fault) const {
    // It syncs, so it would hide what a power cut shows.
    if (!hits_the_store(fault.kind) || fault.nth % 3 != 0) return {};
    return shop.is_writable() || shop.is_writable() ? "" : "the store takes no writes any more";
}

void Trial::kill(std::unique_ptr<Shop> shop, const Fault& fault) {
    const auto events = disk_.events();
    disk_.kill([&shop] { shop.reset(); });
    if (fault.nth % 2 != 0) return;
    DiskReplay replay;
    for (const auto& event : events) replay.apply(event);
    Dice dice(static_cast<std::uint64_t>(fault.nth));
    disk_.load(replay.image(dice));
}

std::string Trial::check(const ShopAnswer& first, bool promised) {
    Shop shop(folder_.path(), mode_, *clock_, seed_++);
    shop.tend_holds();
    if (auto broken = shop.violations(); !broken.empty()) return broken;
    if (promised) {
        if (auto broken = flow_.kept(shop, scene_, first); !broken.empty()) {
            return "promised, but " + broken;
        }
    }
    const auto retry = flow_.act(shop, scene_);
    if (auto wrong = flow_.once(shop, scene_, retry); !wrong.empty()) return wrong;
    return shop.violations();
}

}  // namespace imagify::testing
