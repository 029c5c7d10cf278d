#include "adapters/dynamodb/dynamo_limits.hpp"

#include "adapters/aws/digest.hpp"
#include "adapters/dynamodb/items.hpp"

namespace imagify::dynamodb {
namespace {

using std::chrono::seconds;

constexpr std::chrono::hours kGuessesKept{24};
constexpr int kTries = 8;

// Keys name people and networks: only hashes of them are kept.
std::string rule_key(const LimitRule& rule, const std::string& key) {
    return "rl#" + aws::hex(aws::sha256(std::string(rule.name) + '|' + key));
}

std::string guess_key(const std::string& key) {
    return "rl#" + aws::hex(aws::sha256("guess|" + key));
}

seconds round_up(TimePoint::duration wait) { return std::chrono::ceil<seconds>(wait); }

TimePoint::duration interval_of(const LimitRule& rule) {
    return TimePoint::duration(rule.window) / rule.quota;
}

// The generic cell rate algorithm: `until` is when a full bucket would be full again.
struct Step {
    TimePoint until;
    Condition condition;
    bool allowed = true;
};

Step first_step(const LimitRule& rule, TimePoint now) {
    return {.until = now + interval_of(rule),
            .condition = any_of({absent("until"), at_most("until", to_unix_ms(now))})};
}

// What follows from a bucket that is not full: `until` is its present one.
Step next_step(const LimitRule& rule, TimePoint now, TimePoint until) {
    const auto unchanged = equals("until", to_unix_ms(until));
    // A clock that went back must not keep anybody out for longer than a window.
    const auto full_at = std::clamp(until, now, now + rule.window);
    const auto next = full_at + interval_of(rule);
    if (next > now + rule.window) {
        return {.until = full_at, .condition = unchanged, .allowed = false};
    }
    return {.until = next, .condition = unchanged};
}

LimitUse use_of(const LimitRule& rule, const Step& step, TimePoint now) {
    const auto interval = interval_of(rule);
    if (!step.allowed) {
        return {.allowed = false,
                .retry_after = round_up(step.until + interval - rule.window - now)};
    }
    const auto remaining = (now + rule.window - step.until) / interval;
    return {.remaining = remaining,
            .retry_after = remaining > 0 ? seconds{} : round_up(step.until - now) / rule.quota};
}

}  // namespace

struct DynamoLimits::Guesses {
    std::int64_t count = 0;
    TimePoint last{};
    TimePoint until{};

    static Guesses of(const std::optional<Item>& item) {
        if (!item) return {};
        return {.count = item->number("guesses"),
                .last = item->time("last"),
                .until = item->time("until")};
    }
};

Task<LimitUse> DynamoLimits::take(LimitRule rule, std::string key) {
    const auto now = parts_.clock.now();
    const auto item_key = rule_key(rule, key);
    auto step = first_step(rule, now);
    TimePoint present{};
    for (int attempt = 1; attempt <= kTries; ++attempt) {
        // A refusal changes nothing, but for a bucket that a clock left in the far future.
        if (!step.allowed && step.until == present) co_return use_of(rule, step, now);
        Update update;
        update.set("until", step.until).set(kTtlAttribute, ttl_at(step.until + rule.window));
        const auto written = co_await parts_.client.write(
            change(parts_.users, item_key, std::move(update), step.condition));
        if (!written) break;
        if (written->applied) co_return use_of(rule, step, now);
        if (!written->item) {
            step = first_step(rule, now);
            continue;
        }
        present = written->item->time("until");
        step = present <= now ? first_step(rule, now) : next_step(rule, now, present);
    }
    ++alone_;
    co_return co_await parts_.meanwhile.take(rule, std::move(key));
}

Task<void> DynamoLimits::give_back(LimitRule rule, std::string key) {
    Update update;
    update.add("until", -interval_of(rule).count());
    const auto written = co_await parts_.client.write(
        change(parts_.users, rule_key(rule, key), std::move(update), exists("until")));
    if (written) co_return;
    ++alone_;
    co_await parts_.meanwhile.give_back(rule, std::move(key));
}

// False when somebody else guessed meanwhile, or the table does not answer.
Task<bool> DynamoLimits::keep(const std::string& key, const std::optional<Item>& before,
                              Guesses guesses) {
    const auto version = before ? before->number("ver") : 0;
    auto unchanged = before ? equals("ver", version) : absent(parts_.users.key);
    const auto kept = co_await parts_.client.write(
        put(parts_.users,
            {{parts_.users.key, key},
             {"ver", version + 1},
             {"guesses", guesses.count},
             {"last", to_unix_ms(guesses.last)},
             {"until", to_unix_ms(guesses.until)},
             {kTtlAttribute, ttl_at(guesses.last + kGuessesKept + kLongestDelay)}},
            std::move(unchanged)));
    co_return kept && kept->applied;
}

Task<LimitUse> DynamoLimits::guess(std::string key) {
    const auto item_key = guess_key(key);
    for (int attempt = 1; attempt <= kTries; ++attempt) {
        const auto now = parts_.clock.now();
        const auto item = co_await parts_.client.get(parts_.users, item_key);
        if (!item) break;
        auto guesses = Guesses::of(*item);
        if (guesses.last + kGuessesKept < now || guesses.last > now) guesses.count = 0;
        if (guesses.count >= kFreeGuesses && guesses.until > now) {
            co_return LimitUse{.allowed = false, .retry_after = round_up(guesses.until - now)};
        }
        ++guesses.count;
        guesses.last = now;
        const auto delay = delay_after(guesses.count);
        guesses.until = now + delay;
        if (co_await keep(item_key, *item, guesses)) {
            co_return LimitUse{.remaining = std::max<std::int64_t>(0, kFreeGuesses - guesses.count),
                               .retry_after = delay};
        }
        co_await parts_.client.back_off(attempt);
    }
    ++alone_;
    co_return co_await parts_.meanwhile.guess(std::move(key));
}

Task<void> DynamoLimits::uncount_guess(std::string key) {
    const auto item_key = guess_key(key);
    for (int attempt = 1; attempt <= kTries; ++attempt) {
        const auto item = co_await parts_.client.get(parts_.users, item_key);
        if (!item) break;
        auto guesses = Guesses::of(*item);
        if (!*item || guesses.count == 0) co_return;
        --guesses.count;
        guesses.until = guesses.last + delay_after(guesses.count);
        if (co_await keep(item_key, *item, guesses)) co_return;
        co_await parts_.client.back_off(attempt);
    }
    ++alone_;
    co_await parts_.meanwhile.uncount_guess(std::move(key));
}

Task<void> DynamoLimits::forget_guesses(std::string key) {
    co_await parts_.client.write(erase(parts_.users, guess_key(key)));
    // Guesses of a time without the table are forgotten too.
    co_await parts_.meanwhile.forget_guesses(std::move(key));
}

}  // namespace imagify::dynamodb
