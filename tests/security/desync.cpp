#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "security/corpus.hpp"
#include "security/desync_cases.hpp"
#include "security/loopback.hpp"
#include "security/target.hpp"
#include "security/wire_reading.hpp"

namespace imagify::testing {
namespace {

// What a proxy in front would send next, for somebody else.
const std::string kNextCustomer = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

constexpr std::array<std::string_view, 4> kTierNames{"compliant", "acceptable", "ambiguous",
                                                     "severe"};

// What is wrong with the answers to a case and the next customer's request; empty when nothing is.
std::string fault_of(const WireCase& wire_case, const Returned& returned) {
    const auto statuses = returned.statuses();
    if (returned.hung) return "the connection did not end";
    if (std::ranges::any_of(statuses, [](auto status) { return status >= 500; })) return "a 5xx";
    if (!wire_case.served) {
        if (statuses.size() != 1) return fmt::format("{} answers instead of 1", statuses.size());
        if (statuses[0] / 100 != 4) return fmt::format("served with {}", statuses[0]);
        if (!returned.bytes.contains("Connection: close")) return "the connection stays open";
        return {};
    }
    if (statuses.size() != 2) return fmt::format("{} answers instead of 2", statuses.size());
    if (returned.bytes.contains("\"code\":\"request.")) return "refused";
    return statuses[1] == 200 ? "" : "the next request is not answered with 200";
}

std::size_t count_faults(std::uint16_t port, const std::vector<WireCase>& cases, bool tell) {
    std::size_t faults = 0;
    for (const auto& wire_case : cases) {
        const auto fault = fault_of(wire_case, exchange_one(port, wire_case.bytes + kNextCustomer));
        if (fault.empty()) continue;
        ++faults;
        if (tell) fmt::print("  {}: {}: {}\n", wire_case.what, fault, printable(wire_case.bytes));
    }
    return faults;
}

// The second reading of the tests must say the same, or one of the two is wrong.
bool reads_alike(const WireCase& wire_case) {
    const auto fates = read_wire(wire_case.bytes + kNextCustomer);
    const bool refused = !fates.empty() && fates.front() == Fate::Refused;
    return refused != wire_case.served && fates.size() == (wire_case.served ? 2U : 1U);
}

// Ways to be lenient that other servers had; each has to be noticed.
constexpr auto kLenient = std::to_array<std::string_view>(
    {"http.bare_line_feed", "http.body_unread", "http.folded_field", "http.last_length",
     "http.length_beside_chunks", "http.space_before_colon"});

void play_lenient(std::string_view mutant, const std::vector<WireCase>& cases, Verdicts& verdicts) {
    const Target target({"IMAGIFY_MUTANT=" + std::string(mutant)});
    const auto noticed = count_faults(target.port(), cases, false);
    verdicts.expect(noticed > 0,
                    fmt::format("desync: planted {}, {} times noticed", mutant, noticed));
}

}  // namespace

CorpusReport play_desync(const CorpusPlan& plan, Verdicts& verdicts) {
    const auto cases = desync_cases();
    CorpusReport report{.cases = cases.size(), .notes = {}};
    std::array<unsigned, kTierNames.size()> tiers{};
    for (const auto& wire_case : cases) {
        ++tiers[static_cast<std::size_t>(wire_case.tier)];
        if (reads_alike(wire_case)) continue;
        ++report.findings;
        fmt::print("  {}: read otherwise by the tests' own reader\n", wire_case.what);
    }
    const Target target;
    report.findings += count_faults(target.port(), cases, true);
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        report.notes += fmt::format("{}{} {}", i == 0 ? "" : ", ", tiers[i], kTierNames[i]);
    }
    const auto planted = plan.choose(1, kLenient.size(), kLenient.size());
    for (std::size_t i = 0; i < planted; ++i) play_lenient(kLenient[i], cases, verdicts);
    return report;
}

}  // namespace imagify::testing
