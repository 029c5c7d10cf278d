#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "base/mutant.hpp"
#include "sim/catalogue.hpp"
#include "sim/shrink.hpp"

namespace imagify::sim {
namespace {

// The names in FAILPOINT("...") or MUTANT("...") of all sources.
std::set<std::string> names_in_source(const std::string& macro) {
    const std::regex pattern(macro + R"re(\("([^"]+)"\))re");
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(IMAGIFY_SOURCE)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        std::stringstream text;
        text << file.rdbuf();
        const auto all = text.str();
        for (std::sregex_iterator match(all.begin(), all.end(), pattern), end; match != end;
             ++match) {
            names.insert((*match)[1]);
        }
    }
    return names;
}

class SimulationTest : public ::testing::Test {
protected:
    void TearDown() override { plant_mutant(""); }

    Outcome run(const Plan& plan) { return workshop.run(plan, coverage); }

    Workshop workshop;
    Coverage coverage;
};

}  // namespace

TEST_F(SimulationTest, SeedsHoldEveryInvariant) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto outcome = run({.seed = seed});
        EXPECT_EQ(outcome.steps, steps_per_seed(StoreKind::Sqlite));
        EXPECT_FALSE(outcome.broken)
            << "seed " << seed << ": " << outcome.broken->check << ": " << outcome.broken->detail;
    }
}

TEST_F(SimulationTest, SeedsHoldEveryInvariantOnDynamoDb) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Plan plan{.seed = seed,
                        .steps = steps_per_seed(StoreKind::Dynamodb),
                        .store = StoreKind::Dynamodb};
        const auto outcome = run(plan);
        EXPECT_FALSE(outcome.broken)
            << "seed " << seed << ": " << outcome.broken->check << ": " << outcome.broken->detail;
        EXPECT_EQ(run(plan).trace_hash, outcome.trace_hash) << seed;
    }
}

TEST_F(SimulationTest, SeedReplaysIdentically) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        EXPECT_EQ(run({.seed = seed}).trace_hash, run({.seed = seed}).trace_hash) << seed;
    }
    EXPECT_NE(run({.seed = 1}).trace_hash, run({.seed = 2}).trace_hash);
}

TEST_F(SimulationTest, TraceTellsWhatTheHashIsOf) {
    std::string first;
    std::string second;
    const auto hash = workshop.run({.seed = 3}, coverage, [&](auto line) { first += line; });
    workshop.run({.seed = 3}, coverage, [&](auto line) { second += line; });

    EXPECT_EQ(first, second);
    EXPECT_EQ(hash.trace_hash, run({.seed = 3}).trace_hash);
    EXPECT_NE(first.find("a process lives"), std::string::npos);
}

TEST(SimulationCatalogueTest, NamesEveryFailpointOfTheSource) {
    auto planted = names_in_source("FAILPOINT");
    // Letters move no money: their crashes are for the tests of the outbox.
    std::erase_if(planted, [](const auto& name) {
        return name.starts_with("mail.") || name.starts_with("backup.") ||
               name.starts_with("restore.");
    });

    EXPECT_EQ(std::set<std::string>(failpoints().begin(), failpoints().end()), planted);
}

TEST(SimulationCatalogueTest, NamesEveryMutantOfTheSource) {
    std::set<std::string> known;
    for (const auto& mutant : mutants()) known.insert(std::string(mutant.name));

    auto planted = names_in_source("MUTANT");
    // These are about the wire, not the books: tests/security, tests/fuzz and the tests of the
    // user pool have to notice them.
    std::erase_if(planted, [](const auto& name) {
        return name.starts_with("http.") || name.starts_with("parse.") ||
               name.starts_with("forged.") || name.starts_with("cognito.");
    });

    EXPECT_EQ(known, planted);
}

}  // namespace imagify::sim
