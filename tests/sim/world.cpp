#include "sim/world.hpp"

#include <sqlite3.h>

#include <array>

#include "adapters/sqlite/connection.hpp"
#include "base/failpoint.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

struct DeedRow {
    std::string_view name;
    unsigned weight;
};
// In the order of Deed.
constexpr auto kDeedRows = std::to_array<DeedRow>({
    {"register again", 4},
    {"buy", 30},
    {"paint", 24},
    {"paint many", 6},
    {"cancel", 7},
    {"delete", 6},
    {"forge a notice", 6},
    {"odd notice", 8},
    {"forge a return", 3},
    {"stranger", 4},
    {"foreign capture", 3},
    {"kill", 2},
    {"jump the clock", 4},
    {"refund", 6},
    {"settle a review", 6},
    {"grant", 2},
    {"leave", 3},
});
static_assert(kDeedRows.size() == static_cast<std::size_t>(Deed::Count));

Deed draw_deed(Dice& dice) {
    std::array<unsigned, kDeedRows.size()> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = kDeedRows[i].weight;
    return static_cast<Deed>(dice.weighted(weights));
}

// Mostly close together, so that things meet; sometimes far apart, so that deadlines pass.
std::chrono::milliseconds draw_gap(Dice& dice) {
    constexpr std::array<unsigned, 3> kWeights = {60, 30, 10};
    switch (dice.weighted(kWeights)) {
        case 0: return std::chrono::milliseconds(dice.between(0, 1'500));
        case 1: return std::chrono::milliseconds(dice.between(1'500, 30'000));
        default: return std::chrono::milliseconds(dice.between(30'000, 600'000));
    }
}

PlanList small_plans() {
    return PlanList({{.id = "tiny", .name = "Tiny", .credits = {1}, .price = {10'000}},
                     {.id = "basic", .name = "Basic", .credits = {3}, .price = {25'000}}});
}

}  // namespace

std::string_view to_text(Deed deed) { return kDeedRows[static_cast<std::size_t>(deed)].name; }

World::World(Env& env, StoreHouse& house)
    : env_(env),
      disk_(env),
      bank_(env, [this](const Message& message) { model_.told(message); }),
      random_(Dice(env.seed, "product randomness")),
      plans_(small_plans()),
      model_(env, disk_, paintings_, bank_, house.habits()),
      house_(house),
      outside_{.env = env,
               .house = house,
               .disk = disk_,
               .bank = bank_,
               .paintings = paintings_,
               .random = random_,
               .plans = plans_,
               .gift = {Dice(env.seed, "gift").between(0, 4)}},
      chance_(env.seed, "chance") {
    set_failpoint_handler([this](std::string_view name) { at_failpoint(name); });
}

World::~World() {
    process_.reset();
    set_failpoint_handler({});
}

void World::draw_deeds(const std::set<int>& left_out) {
    Dice dice(env_.seed, "deeds");
    const auto people = static_cast<std::size_t>(dice.between(1, 3));
    for (std::size_t i = 0; i < people; ++i) {
        users_.push_back({.email = words("u", i, "@example.vn"), .id = {}});
        after(0ms, "register", [this, i] { register_user(i, 8); });
    }
    std::chrono::milliseconds at = 100ms;
    for (int number = 0; number < kDeeds; ++number) {
        const auto deed = draw_deed(dice);
        at += draw_gap(dice);
        if (left_out.contains(number)) continue;
        after(at, words("deed ", number, " ", to_text(deed)), [this, deed, number] {
            act(deed, Dice(env_.seed, "deed", static_cast<std::uint64_t>(number)));
        });
    }
}

void World::act(Deed deed, Dice dice) {
    if (resting_) return;
    env_.coverage.count(words("deed: ", to_text(deed)));
    switch (deed) {
        case Deed::Register: return register_user(dice.below(users_.size()), 0);
        case Deed::Buy: return buy(dice);
        case Deed::Paint: return paint(dice);
        case Deed::PaintMany:
            for (std::uint64_t i = 0; i < 5; ++i) paint(Dice(dice.next()));
            return;
        case Deed::Cancel: return cancel(dice, false);
        case Deed::Delete: return remove(dice, false);
        case Deed::Forge: return forge(dice);
        case Deed::OddNotice: return odd_notice(dice);
        case Deed::ForgeReturn: return forge_return(dice);
        case Deed::Stranger: return dice.permille(500) ? cancel(dice, true) : remove(dice, true);
        case Deed::ForeignCapture: return foreign_capture(dice);
        case Deed::Kill: return alive() ? crash("somewhere") : void();
        case Deed::JumpClock: {
            const auto by = dice.permille(500) ? 24h : -24h;
            // Once each way: no machine goes on by days again and again.
            if (!jumps_.insert(by > 0h).second) return;
            env_.coverage.count(by > 0h ? "clock jumps forward" : "clock jumps back");
            return env_.scheduler.jump_wall_clock(by);
        }
        case Deed::Refund: return refund(dice);
        case Deed::SettleReview: return settle_review(dice);
        case Deed::Grant: return grant(dice);
        case Deed::Leave: return leave(dice);
        case Deed::Count: break;
    }
}

void World::after(std::chrono::milliseconds delay, std::string what, Scheduler::Work work) {
    env_.scheduler.after(delay, Owner::World, std::move(what), std::move(work));
}

void World::look() {
    if (house_.changed()) model_.observe(house_.read());
}

// One event, and whatever can go on after it. False when there is none.
bool World::step(std::int64_t until_ms) {
    auto event = env_.scheduler.take(until_ms);
    if (!event) return false;
    env_.say(words(env_.scheduler.elapsed_ms(), " ", event->label));
    try {
        event->work();
        if (alive()) process_->run_ready();
    } catch (const SimulatedCrash&) {
        event->work = {};
        crash("a failpoint");
    }
    model_.time_passes();
    look();
    return true;
}

void World::boot() {
    process_ = std::make_unique<Process>(outside_);
    env_.say(words("a process lives: ", process_->lease()));
    model_.process_lives(process_->lease());
    look();
    orphans_stored_.clear();
    for (const auto& [id, row] : model_.books().generations) {
        const auto* bytes = disk_.find(id, BlobVariant::Original);
        if (row.state == "pending" && bytes != nullptr) orphans_stored_.push_back(id);
    }
    process_->start_background([this, hits = env_.faults.hits_so_far()] { check_recovery(hits); });
}

// A stored picture of a dead process is charged, unless its owner cancels it first.
void World::check_recovery(std::uint64_t hits_before) {
    look();
    if (env_.faults.hits_so_far() != hits_before) return;
    // An index that is behind does not show all of them.
    if (env_.faults.hits_of(Fault::DynamoIndexLags) > 0) return;
    for (const auto& id : orphans_stored_) {
        const auto found = model_.books().generations.find(id);
        if (found == model_.books().generations.end()) continue;
        const auto& state = found->second.state;
        env_.expect(state == "ready" || state == "cancelled", "I6 a stored picture rolls forward",
                    words(id, " is ", state));
    }
}

void World::crash(std::string_view where) {
    env_.say(words("CRASH at ", where));
    ++crashes_;
    disk_.crash();
    process_.reset();
    auto waiting = std::exchange(in_flight_, {});
    for (auto& [number, lost] : waiting) lost();
    const auto down =
        chance_.permille(800) ? chance_.between(100, 20'000) : chance_.between(60'000, 400'000);
    after(std::chrono::milliseconds(down), "boot", [this] {
        if (!alive()) boot();
    });
}

void World::at_failpoint(std::string_view name) {
    env_.coverage.count(words("failpoint ", name));
    // Every place gets its crashes, also those that are seldom visited.
    const bool rare = name.starts_with("refund.") || name.starts_with("dynamodb.deletion");
    int chances = rare ? 20 : name.starts_with("paint.") ? 2 : 1;
    bool dies = false;
    while (!dies && chances-- > 0) dies = env_.faults.hits(Fault::Crash);
    if (dies) {
        env_.coverage.count(words("crash at ", name));
        env_.say(words("dies at ", name));
        throw SimulatedCrash{};
    }
    const auto fails = [&](std::string_view at, Fault fault, int code) {
        if (name != at || !env_.faults.hits(fault)) return;
        env_.say(words("store fails at ", name));
        throw sqlite::SqliteError(code, "simulated");
    };
    fails("sqlite.before_commit", Fault::StoreRefuses, SQLITE_FULL);
    fails("sqlite.committing", Fault::StoreUnknownLost, SQLITE_IOERR_FSYNC);
    fails("sqlite.after_commit", Fault::StoreUnknownKept, SQLITE_IOERR_FSYNC);
}

// Failures that only a fault explains, and those that nothing does.
void World::check_error(const Error& error, bool excused, const std::string& what) {
    const bool of_faults = error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Unknown;
    env_.coverage.count(words("error ", error.code));
    env_.expect(of_faults && (excused || error.code == "server.overloaded"), "no error of our own",
                words(what, ": ", error.code, " ", error.detail));
}

int World::run(int steps, const std::set<int>& left_out) {
    draw_deeds(left_out);
    boot();
    int done = 0;
    while (done < steps && env_.broken.empty() && step()) ++done;
    if (env_.broken.empty()) come_to_rest();
    return done;
}

}  // namespace imagify::sim
