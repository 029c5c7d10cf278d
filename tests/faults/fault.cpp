#include "faults/fault.hpp"

#include <atomic>
#include <utility>

#include "support/memory_vfs.hpp"

namespace imagify::testing {
namespace {

// No locks and no allocations: operator new asks too.
std::atomic<FaultKind> armed = FaultKind::None;
std::atomic<std::int64_t> calls = 0;
std::atomic<std::int64_t> failed = 0;
std::atomic<bool> in_scope = false;
Fault present;

}  // namespace

std::string_view to_text(FaultKind kind) {
    switch (kind) {
        case FaultKind::None: return "none";
        case FaultKind::DiskError: return "disk error";
        case FaultKind::DiskFull: return "disk full";
        case FaultKind::StoreMemory: return "SQLite memory";
        case FaultKind::Memory: return "operator new";
        case FaultKind::FileError: return "picture file EIO";
        case FaultKind::FileFull: return "picture file ENOSPC";
        case FaultKind::Unreachable: return "upstream unreachable";
        case FaultKind::BrokenAnswer: return "upstream cut off";
        case FaultKind::SlowAnswer: return "upstream too slow";
        case FaultKind::HugeAnswer: return "upstream too large";
    }
    std::unreachable();
}

void arm(const Fault& fault) {
    present = fault;
    calls = 0;
    failed = 0;
    armed = fault.kind;
}

std::int64_t disarm() {
    armed = FaultKind::None;
    return calls;
}

std::int64_t failures() { return failed; }

FaultScope::FaultScope() { in_scope = true; }
FaultScope::~FaultScope() { in_scope = false; }

bool should_fail(FaultKind kind) {
    if (!in_scope.load(std::memory_order_relaxed)) return false;
    if (armed.load(std::memory_order_relaxed) != kind) return false;
    if (kind == FaultKind::Memory && inside_memory_vfs()) return false;
    const auto call = calls.fetch_add(1) + 1;
    const bool fails = call == present.nth || (present.sticky && call > present.nth) ||
                       (present.second > 0 && call == present.nth + present.second);
    if (fails) failed.fetch_add(1);
    return fails;
}

}  // namespace imagify::testing
