#include <fmt/format.h>

#include <array>
#include <random>
#include <set>

#include "adapters/local_identity/hs256_tokens.hpp"
#include "base/mutant.hpp"
#include "security/corpus.hpp"
#include "security/token_cases.hpp"
#include "support/fake_clock.hpp"
#include "support/jws.hpp"

namespace imagify::testing {
namespace {

constexpr std::size_t kCasesMin = 1'500;
// Each makes the verifier laxer in one way.
constexpr auto kPlanted =
    std::to_array<std::string_view>({"forged.any_header", "forged.any_form", "forged.any_life",
                                     "parse.token_expiry", "parse.unused_bits"});

/// The verifier in the middle of a change of secrets, and what a forger has.
struct Gate {
    FakeClock clock;
    std::string key = "a key of this corpus, with its 32 bytes and more";
    std::string former = "the key before it, which still counts for a while";
    Hs256Tokens tokens{Secret(key), clock, Secret(former)};
    std::int64_t now = to_unix_ms(clock.now()) / 1'000;

    TokenForge forge(bool with_former) const {
        return {.key = with_former ? former : key,
                .former_key = with_former ? key : former,
                .now = now};
    }
    bool takes(std::string_view token) const { return tokens.verify(token).has_value(); }
};

std::vector<TokenCase> hand_made(const Gate& gate) {
    std::vector<TokenCase> cases;
    std::set<std::string> seen;
    for (const bool with_former : {false, true}) {
        const auto forge = gate.forge(with_former);
        seen.insert(forge.genuine());
        const TakeCase take = [&](std::string what, std::string token) {
            if (seen.insert(token).second) cases.push_back({std::move(what), std::move(token)});
        };
        forge_headers(forge, take);
        forge_claims(forge, take);
        forge_forms(forge, take);
        forge_signatures(forge, take);
    }
    return cases;
}

/// How many are believed; `loud` names them.
std::uint64_t believed(const Gate& gate, const std::vector<TokenCase>& cases, bool loud) {
    std::uint64_t count = 0;
    for (const auto& [what, token] : cases) {
        if (!gate.takes(token)) continue;
        if (loud) fmt::print("believed: {}\n", what);
        ++count;
    }
    return count;
}

// Every byte of a genuine token changed to every other, dropped, and doubled; every truncation.
std::uint64_t believed_changes(const Gate& gate, const std::string& token, std::uint64_t& cases) {
    std::uint64_t count = 0;
    const auto show = [&](const std::string& changed) {
        ++cases;
        count += gate.takes(changed) ? 1U : 0U;
    };
    for (std::size_t i = 0; i < token.size(); ++i) {
        show(token.substr(0, i));
        show(token.substr(i + 1));
        show(token.substr(0, i) + token.substr(i + 1));
        if (i + 1 < token.size() && token[i] != token[i + 1]) {
            auto swapped = token;
            std::swap(swapped[i], swapped[i + 1]);
            show(swapped);
        }
        show(token.substr(0, i) + token[i] + token.substr(i));
        auto changed = token;
        for (int byte = 0; byte < 256; ++byte) {
            changed[i] = static_cast<char>(byte);
            if (changed != token) show(changed);
        }
    }
    return count;
}

std::uint64_t believed_at_random(const Gate& gate, const std::string& token, std::uint64_t rounds,
                                 std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uint64_t count = 0;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        auto changed = token;
        for (auto changes = random() % 3 + 1; changes > 0; --changes) {
            changed[random() % changed.size()] = static_cast<char>(random());
        }
        if (changed != token && gate.takes(changed)) ++count;
    }
    return count;
}

bool takes_what_is_genuine(const Gate& gate) {
    Hs256Tokens before(Secret(gate.former), gate.clock);
    Hs256Tokens after(Secret(gate.key), gate.clock);
    const auto session = new_session(UserId("u_1"), {}, SessionId("s_1"), gate.clock.now());
    return gate.takes(before.issue(session, 1).token) &&
           gate.takes(after.issue(session, 1).token) && gate.takes(gate.forge(false).genuine()) &&
           gate.takes(gate.forge(true).genuine()) && !before.verify(after.issue(session, 1).token);
}

}  // namespace

std::string TokenForge::claims(const std::string& name, const std::string& value) const {
    const auto moment = std::to_string(now);
    const std::pair<std::string, std::string> all[] = {
        {"iss", R"("imagify")"}, {"aud", R"("imagify-api")"},
        {"sub", R"("u_1")"},     {"iat", moment},
        {"nbf", moment},         {"exp", std::to_string(now + 60)},
        {"jti", R"("s_1")"},     {"epoch", "1"}};
    std::string text = "{";
    for (const auto& [claim, usual] : all) {
        const auto& chosen = claim == name ? value : usual;
        if (chosen.empty()) continue;
        if (text.size() > 1) text += ',';
        text += '"' + claim + "\":" + chosen;
    }
    return text + "}";
}

std::string TokenForge::token(const std::string& header, const std::string& payload) const {
    return with_signature(base64url(header) + "." + base64url(payload), key);
}

std::string TokenForge::genuine() const {
    return token(R"({"alg":"HS256","typ":"at+jwt"})", claims());
}

CorpusReport play_tokens(const CorpusPlan& plan, Verdicts& verdicts) {
    const Gate gate;
    verdicts.expect(takes_what_is_genuine(gate),
                    "tokens: genuine ones of both secrets are believed, the former signs nothing");
    const auto cases = hand_made(gate);
    CorpusReport report{.cases = cases.size(), .findings = 0, .notes = {}};
    report.findings = believed(gate, cases, true);
    verdicts.expect(cases.size() >= kCasesMin, fmt::format("tokens: {} forged by hand, {} believed",
                                                           cases.size(), report.findings));
    for (const bool former : {false, true}) {
        const auto token = gate.forge(former).genuine();
        report.findings += believed_changes(gate, token, report.cases);
        const auto rounds = plan.choose(1'000, 200'000, 5'000'000);
        report.findings += believed_at_random(gate, token, rounds, plan.seed);
        report.cases += rounds;
    }
    std::uint64_t unnoticed = 0;
    for (const auto planted : kPlanted) {
        plant_mutant(planted);
        const auto noticed = believed(gate, cases, false);
        plant_mutant("");
        if (noticed == 0) fmt::print("not noticed: {}\n", planted);
        unnoticed += noticed == 0 ? 1U : 0U;
    }
    verdicts.expect(unnoticed == 0,
                    fmt::format("tokens: each of {} laxer verifiers is noticed", kPlanted.size()));
    report.notes = fmt::format("{} by hand", cases.size());
    return report;
}

}  // namespace imagify::testing
