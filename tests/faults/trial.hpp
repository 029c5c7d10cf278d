#pragma once

#include <memory>
#include <string>

#include "faults/fault.hpp"
#include "faults/flow.hpp"
#include "support/memory_disk.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

/// What one run with one fault showed.
struct TrialResult {
    /// Calls of the fault's kind.
    std::int64_t calls = 0;
    bool failed_a_call = false;
    bool promised = false;
    /// The answer said that nobody knows the outcome.
    bool unknown = false;
    /// An exception left the event loop: the server would have ended, and been started again.
    bool ended = false;
    /// What is wrong; empty when nothing is.
    std::string violation{};
};

/// Honest, or a product that says "done" whatever happened: it must be caught.
enum class Product { Real, SwallowsErrors };

/// Runs a flow again and again, each time from the same beginning and with another fault: the
/// process is killed after the answer, every second time the power fails too; then the data is
/// opened anew, holds are resolved, the books verified, promises checked, the flow retried.
class Trial {
public:
    Trial(const Flow& flow, sqlite::StoreMode mode, Product product);

    TrialResult run(const Fault& fault);

private:
    void load();
    void kill(std::unique_ptr<Shop> shop, const Fault& fault);
    std::string check(const ShopAnswer& first, bool promised);
    std::string live_check(Shop& shop, const Fault& fault) const;

    const Flow& flow_;
    sqlite::StoreMode mode_;
    Product product_;
    TempFolder folder_;
    MemoryDisk disk_;
    Scene scene_;
    DiskFiles base_;
    std::uint64_t seed_ = 1;
    std::unique_ptr<FakeClock> clock_;
};

}  // namespace imagify::testing
