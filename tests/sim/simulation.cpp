#include "sim/simulation.hpp"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "adapters/sqlite/sqlite_store.hpp"
#include "base/log.hpp"
#include "sim/world.hpp"

namespace imagify::sim {
namespace {

namespace fs = std::filesystem;

// Memory, where a sync costs nothing; what a real disk does is shown elsewhere.
fs::path memory_folder() {
    return fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
}

std::string folder_prefix(int process) { return words("imagify-sim-", process, "-"); }

fs::path fresh_copy(const fs::path& folder) {
    auto database = folder / "run.db";
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        fs::remove(fs::path(database) += suffix);
    }
    fs::copy_file(folder / "empty.db", database);
    return database;
}

}  // namespace

Workshop::Workshop() {
    set_log_level(LogLevel::None);
    auto pattern = (memory_folder() / (folder_prefix(::getpid()) + "XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    folder_ = pattern;
    const Scheduler clock(0);
    const auto store = sqlite::SqliteStore::open(
        {.file = folder_ / "empty.db", .mode = sqlite::StoreMode::Simulation, .clock = &clock});
    if (!store) throw std::runtime_error(store.error().detail);
}

Workshop::~Workshop() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::unique_ptr<StoreHouse> Workshop::house(Env& env, StoreKind store) const {
    if (store == StoreKind::Dynamodb) return make_dynamo_house(env);
    return make_sqlite_house(env, fresh_copy(folder_));
}

Outcome Workshop::run(const Plan& plan, Coverage& coverage,
                      const std::function<void(std::string_view)>& tracer) const {
    Env env(plan.seed, coverage);
    env.tracer = tracer;
    Outcome outcome;
    {
        const auto store = house(env, plan.store);
        World world(env, *store);
        outcome.steps = world.run(plan.steps, plan.left_out);
    }
    outcome.trace_hash = env.trace_hash;
    if (!env.broken.empty()) outcome.broken = env.broken.front();
    return outcome;
}

void remove_workshops_of(int process) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(memory_folder(), ignored)) {
        if (entry.path().filename().string().starts_with(folder_prefix(process))) {
            fs::remove_all(entry.path(), ignored);
        }
    }
}

int deeds_of_a_plan() { return World::kDeeds; }

}  // namespace imagify::sim
