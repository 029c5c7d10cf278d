#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "security/attacked_api.hpp"
#include "security/guessing_people.hpp"

namespace imagify::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr auto kVictim = "victim@example.vn";
// G24 and G43 of the project's goals.
constexpr std::uint64_t kFromOnePlace = 100;
constexpr std::uint64_t kFromManyPlaces = 500;
constexpr std::uint64_t kGiftsOfANetwork = 10;

seconds retry_after(const Answer& answer) {
    const std::string text(answer.headers.get("Retry-After"));
    std::int64_t count = 1;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return seconds(std::max<std::int64_t>(1, count));
}

std::string address(std::uint64_t place) {
    return fmt::format("100.{}.{}.7", 64 + place / 250, place % 250);
}

/// Guesses for a virtual day from `places` addresses, each as often as it may; yields how many
/// passwords were compared.
std::uint64_t guess_for_a_day(GuessedApi& api, std::uint64_t places,
                              const std::function<void()>& meanwhile) {
    const auto before = api.compared();
    const auto end = api.clock.now() + hours(24);
    std::uint64_t turn = 0;
    std::uint64_t refused_in_a_row = 0;
    while (api.clock.now() < end) {
        const auto answer =
            api.log_in_from(address(turn++ % places), kVictim, fmt::format("guess {}", turn));
        if (answer.status != 429) {
            refused_in_a_row = 0;
            continue;
        }
        // Three other places may still be let in.
        if (++refused_in_a_row < std::min<std::uint64_t>(places, 4)) continue;
        refused_in_a_row = 0;
        meanwhile();
        api.clock.advance(retry_after(answer));
    }
    return api.compared() - before;
}

void guess(Findings& findings, std::string& notes) {
    for (const auto [places, most] :
         {std::pair{std::uint64_t{1}, kFromOnePlace}, {std::uint64_t{1'000}, kFromManyPlaces}}) {
        GuessedApi api;
        const auto device = api.device_of_owner(kVictim);
        std::uint64_t visits = 0;
        std::uint64_t compared_for_owner = 0;
        const auto compared = guess_for_a_day(api, places, [&] {
            if (++visits % 10 != 0) return;
            const auto before = api.compared();
            const auto owner = api.log_in_from("203.0.113.9", kVictim, kOwnersPassword, device);
            findings.expect(owner.status == 200,
                            fmt::format("owner with a known browser: {}", owner.status));
            compared_for_owner += api.compared() - before;
        });
        const auto guesses = compared - compared_for_owner;
        findings.expect(guesses <= most, fmt::format("{} guesses from {} places", guesses, places));
        findings.expect(visits >= 10, "the owner hardly came by");
        notes += fmt::format("{} of {} guesses from {} place{}, ", guesses, most, places,
                             places == 1 ? "" : "s");
    }
}

// A stranger who shows cookies of his own or of another account is no known browser.
void borrow_devices(Findings& findings) {
    GuessedApi api;
    api.device_of_owner(kVictim);
    const auto strangers = api.device_of_owner("stranger@example.vn");
    const auto before = api.compared();
    for (int i = 0; i < 200; ++i) {
        auto forged = strangers;
        forged[forged.size() / 2] = static_cast<char>('a' + i % 26);
        api.log_in_from("198.51.100.7", kVictim, fmt::format("guess {}", i),
                        i % 2 == 0 ? strangers : forged);
    }
    findings.expect(api.compared() - before <= 5, "a borrowed device cookie brought guesses");
}

void farm(Findings& findings, std::string& notes) {
    for (const auto gift_time : {GiftTime::Registration, GiftTime::Verification}) {
        GuessedApi api(gift_time);
        std::uint64_t spendable = 0;
        const auto end = api.clock.now() + hours(24);
        for (int person = 0; person < 1'000 && api.clock.now() < end;) {
            const auto email = fmt::format("farm{}@example.vn", person);
            const auto answer = api.register_from(fmt::format("192.0.2.{}", person % 250), email);
            if (answer.status == 429) {
                api.clock.advance(retry_after(answer));
                continue;
            }
            ++person;
            spendable += api.credits(answer.text("token")) > 0 ? 1U : 0U;
        }
        const auto most = gift_time == GiftTime::Registration ? kGiftsOfANetwork : 0;
        findings.expect(spendable <= most, fmt::format("{} gifts to one network", spendable));
        notes += fmt::format("{} gifts, ", spendable);
    }
}

}  // namespace

CorpusReport play_guessing(const CorpusPlan&, Verdicts& verdicts) {
    Findings findings;
    std::string notes;
    guess(findings, notes);
    borrow_devices(findings);
    farm(findings, notes);
    {
        // The same day without the limits that have to be there.
        GuessedApi api;
        api.without_limits();
        api.device_of_owner(kVictim);
        const auto before = api.compared();
        for (std::uint64_t i = 0; i < 600; ++i) {
            api.log_in_from("127.0.0.1", kVictim, fmt::format("guess {}", i));
        }
        verdicts.expect(api.compared() - before > kFromManyPlaces,
                        "guessing notices that there are no limits");
    }
    return {.cases = findings.cases(), .findings = findings.count(), .notes = notes};
}

}  // namespace imagify::testing
