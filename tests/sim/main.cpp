#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <thread>

#include "base/mutant.hpp"
#include "sim/catalogue.hpp"
#include "sim/farm.hpp"
#include "sim/shrink.hpp"

namespace imagify::sim {
namespace {

constexpr std::uint64_t kGateSeeds = 5'000;
constexpr std::uint64_t kDeepSeeds = 200'000;
// On DynamoDB a run takes four times the steps, and each of them more.
constexpr std::uint64_t kDynamoShare = 5;
// What a whole gate reaches less often than this was reached by luck.
constexpr std::uint64_t kOftenEnough = 100;
constexpr std::uint64_t kReplayedSeeds = 100;
// A mutant is looked for in a few seeds first, for the table, then in as many as the gate has.
constexpr std::uint64_t kMutantSeeds = 100;

constexpr const char* kHelp =
    R"(The real use cases, store and gateway in a made-up world on virtual time.

Examples
  imagify_sim                          the gate: 5,000 seeds on SQLite, 1,000 on DynamoDB in
                                       memory, then every mutant
  imagify_sim --deep                   200,000 seeds
  imagify_sim --store dynamodb         only the runs and mutants on DynamoDB in memory
  imagify_sim --seed 42 --trace        one run, told line by line
  imagify_sim --seed 42 --mutant settle.no_amount_check --trace
  imagify_sim --mutants                only the mutants
Exit code 0: everything held, everything worth reaching was reached, every mutant was caught.)";

struct Settings {
    std::optional<std::uint64_t> seed;
    std::uint64_t first = 1;
    std::uint64_t seeds = 0;
    int steps = 0;
    /// Absent: both, one after the other.
    std::optional<StoreKind> store;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    std::vector<int> without;
    std::string mutant;
    bool trace = false;
    bool deep = false;
    bool only_mutants = false;
    bool no_mutants = false;
};

struct Tally {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    void add(bool good) { good ? ++passed : ++failed; }
};

std::function<void(std::uint64_t)> progress_of(std::string what, std::uint64_t total) {
    return [what = std::move(what), total, told = std::uint64_t{0}](std::uint64_t done) mutable {
        const auto step = std::max<std::uint64_t>(1, total / (::isatty(STDERR_FILENO) ? 100 : 10));
        if (done < told + step) return;
        told = done;
        std::fprintf(stderr, "%s: %llu of %llu runs\n", what.c_str(),
                     static_cast<unsigned long long>(done), static_cast<unsigned long long>(total));
    };
}

void print_red(const RedRun& red) {
    std::printf("RED seed %llu, step %d: %s: %s\n", static_cast<unsigned long long>(red.plan.seed),
                red.plan.steps, red.broken.check.c_str(), red.broken.detail.c_str());
}

int steps_of(const Settings& settings, StoreKind store) {
    return settings.steps > 0 ? settings.steps : steps_per_seed(store);
}

int replay(const Settings& settings) {
    const Workshop workshop;
    plant_mutant(settings.mutant);
    const auto store = settings.store.value_or(StoreKind::Sqlite);
    const Plan plan{.seed = *settings.seed,
                    .steps = steps_of(settings, store),
                    .store = store,
                    .left_out = {settings.without.begin(), settings.without.end()}};
    std::function<void(std::string_view)> tracer;
    if (settings.trace) {
        tracer = [](std::string_view line) {
            std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
        };
    }
    Coverage coverage;
    const auto outcome = workshop.run(plan, coverage, tracer);
    std::printf("seed %llu: %d steps, trace %016llx\n", static_cast<unsigned long long>(plan.seed),
                outcome.steps, static_cast<unsigned long long>(outcome.trace_hash));
    if (!outcome.broken) return 0;
    auto found = plan;
    found.steps = outcome.steps;
    print_red({.plan = found, .broken = *outcome.broken});
    return 1;
}

void show_red(const Harvest& harvest) {
    for (const auto seed : harvest.died_at) {
        std::printf("DIED at seed %llu: imagify_sim --seed %llu --trace\n",
                    static_cast<unsigned long long>(seed), static_cast<unsigned long long>(seed));
    }
    constexpr std::size_t kShown = 10;
    for (std::size_t i = 0; i < std::min(kShown, harvest.red.size()); ++i) {
        print_red(harvest.red[i]);
        std::printf("  replay: imagify_sim --store %s --seed %llu --trace\n",
                    std::string(to_text(harvest.red[i].plan.store)).c_str(),
                    static_cast<unsigned long long>(harvest.red[i].plan.seed));
    }
    if (harvest.red.empty()) return;
    const Workshop workshop;
    const auto small = shrink(workshop, harvest.red.front());
    std::printf("  shrunk: %s\n", replay_command(small.plan).c_str());
}

void check_coverage(const Harvest& harvest, StoreKind store, Tally& tally) {
    const auto enough = kOftenEnough * std::min(harvest.runs, kGateSeeds) / kGateSeeds;
    std::uint64_t least = UINT64_MAX;
    std::string rarest;
    const auto names = worth_reaching(store);
    for (const auto& name : names) {
        const auto times = harvest.coverage.of(name);
        tally.add(times >= enough);
        if (times < enough) {
            std::printf("REACHED only %llu times: %s\n", static_cast<unsigned long long>(times),
                        name.c_str());
        }
        if (times < least) rarest = name;
        least = std::min(least, times);
    }
    std::printf("| worth reaching | %zu things, the rarest %llu times (%s) |\n", names.size(),
                static_cast<unsigned long long>(least), rarest.c_str());
}

bool run_gate(const Settings& settings, StoreKind store, Tally& tally) {
    const auto share = store == StoreKind::Sqlite || settings.store ? 1 : kDynamoShare;
    const Field field{.first_seed = settings.first,
                      .seeds = std::max<std::uint64_t>(1, settings.seeds / share),
                      .store = store,
                      .steps = steps_of(settings, store),
                      .jobs = settings.jobs,
                      .mutant = {}};
    const auto harvest =
        run_field(field, progress_of("sim on " + std::string(to_text(store)), field.seeds));
    const auto bad = harvest.red.size() + harvest.died_at.size();
    std::printf("| runs on %s | %llu seeds from %llu, %llu steps; red: %zu |\n",
                std::string(to_text(store)).c_str(), static_cast<unsigned long long>(harvest.runs),
                static_cast<unsigned long long>(field.first_seed),
                static_cast<unsigned long long>(harvest.steps), bad);
    tally.passed += harvest.runs - harvest.red.size();
    tally.failed += bad;
    if (field.seeds >= kGateSeeds / share) check_coverage(harvest, store, tally);

    auto again = field;
    again.seeds = std::min(field.seeds, kReplayedSeeds);
    const auto quiet = [](std::uint64_t) {};
    const auto first = run_field(again, quiet);
    const auto second = run_field(again, quiet);
    const bool same = first.trace_hash == second.trace_hash;
    tally.add(same);
    std::printf("| replay | %llu seeds twice: traces %s |\n",
                static_cast<unsigned long long>(again.seeds), same ? "equal" : "DIFFER");
    show_red(harvest);
    return bad == 0;
}

void hunt(const Mutant& mutant, const Settings& settings, Tally& tally) {
    Field field{.first_seed = settings.first,
                .seeds = kMutantSeeds,
                .store = hunted_on(mutant),
                .steps = steps_of(settings, hunted_on(mutant)),
                .jobs = settings.jobs,
                .mutant = std::string(mutant.name)};
    const auto quiet = [](std::uint64_t) {};
    auto harvest = run_field(field, quiet);
    if (harvest.red.empty() && harvest.died_at.empty()) {
        field.first_seed += field.seeds;
        field.seeds = kGateSeeds;
        field.stop_at_red = true;
        harvest.merge(run_field(field, quiet));
    }
    const bool died = !harvest.died_at.empty();
    const bool caught = died || !harvest.red.empty();
    tally.add(caught);
    const auto check = !caught               ? std::string("NOBODY")
                       : harvest.red.empty() ? std::string("an assertion of the code itself")
                                             : harvest.red.front().broken.check;
    const auto seed =
        harvest.red.empty() ? (died ? harvest.died_at.front() : 0) : harvest.red.front().plan.seed;
    std::printf("| %-34s | %-44s | %6llu | %4zu of %llu |\n", std::string(mutant.name).c_str(),
                check.c_str(), static_cast<unsigned long long>(seed),
                harvest.red.size() + harvest.died_at.size(),
                static_cast<unsigned long long>(harvest.runs + harvest.died_at.size()));
    std::fflush(stdout);
}

int run(Settings settings) {
    if (settings.seed) return replay(settings);
    if (settings.seeds == 0) settings.seeds = settings.deep ? kDeepSeeds : kGateSeeds;
    Tally tally;
    bool green = true;
    for (const auto store : {StoreKind::Sqlite, StoreKind::Dynamodb}) {
        if (settings.only_mutants || settings.store.value_or(store) != store) continue;
        green = run_gate(settings, store, tally) && green;
    }
    // With red runs about, a mutant proves nothing.
    if (green && !settings.no_mutants) {
        std::printf("| mutant | caught by | first seed | red seeds |\n| --- | --- | --- | --- |\n");
        for (const auto& mutant : mutants()) {
            const auto store = hunted_on(mutant);
            if (settings.store.value_or(store) == store) hunt(mutant, settings, tally);
        }
    }
    std::printf("sim: %llu passed, %llu failed\n", static_cast<unsigned long long>(tally.passed),
                static_cast<unsigned long long>(tally.failed));
    return tally.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace imagify::sim

int main(int argc, char** argv) {
    imagify::sim::Settings settings;
    CLI::App app(imagify::sim::kHelp);
    app.add_option("--seed", settings.seed, "Replay this seed only");
    std::string store;
    app.add_option("--store", store, "Only on this store")
        ->check(CLI::IsMember({"sqlite", "dynamodb"}));
    app.add_option("--steps", settings.steps, "Steps of each run")->check(CLI::PositiveNumber);
    app.add_option("--without", settings.without, "Deeds to leave out, by number")->delimiter(',');
    app.add_flag("--trace", settings.trace, "Tell what happens");
    app.add_option("--mutant", settings.mutant, "Plant this mutant in a replay");
    app.add_option("--first", settings.first, "The first seed");
    app.add_option("--seeds", settings.seeds, "How many seeds");
    app.add_option("--jobs", settings.jobs, "Processes at a time")->check(CLI::PositiveNumber);
    app.add_flag("--deep", settings.deep, "200,000 seeds");
    app.add_flag("--mutants", settings.only_mutants, "Only the mutants");
    app.add_flag("--no-mutants", settings.no_mutants, "Only the runs");
    CLI11_PARSE(app, argc, argv);
    settings.store = imagify::sim::parse_store_kind(store);
    return imagify::sim::run(std::move(settings));
}
