#include "adapters/redis/redis_limits.hpp"

#include <openssl/evp.h>

#include <array>

#include "adapters/redis/limit_scripts.hpp"

namespace imagify::redis {
namespace {

constexpr std::chrono::milliseconds kGuessesKept = std::chrono::hours(24);

std::string sha1_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += kDigits[digest[i] >> 4U];
        hex += kDigits[digest[i] & 15U];
    }
    return hex;
}

std::string rule_key(const LimitRule& rule, const std::string& key) {
    return "imagify:limit:" + std::string(rule.name) + '|' + key;
}

std::string guess_key(const std::string& key) { return "imagify:guess:" + key; }

std::int64_t interval_ms(const LimitRule& rule) {
    return std::chrono::milliseconds(rule.window).count() / rule.quota;
}

std::int64_t window_ms(const LimitRule& rule) {
    return std::chrono::milliseconds(rule.window).count();
}

std::int64_t longest_ms() { return std::chrono::milliseconds(kLongestDelay).count(); }

std::chrono::seconds round_up(std::int64_t ms) {
    return std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(ms));
}

// Whole numbers, as each script yields them; nothing for anything else.
std::optional<std::vector<std::int64_t>> numbers_of(const Reply& reply, std::size_t count) {
    if (reply.kind != Reply::Kind::List || reply.items.size() != count) return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const auto& item : reply.items) {
        if (item.kind != Reply::Kind::Integer) return std::nullopt;
        numbers.push_back(item.integer);
    }
    return numbers;
}

}  // namespace

struct RedisLimits::Script {
    std::string text;
    /// How many numbers it yields.
    std::size_t yields = 0;
    std::string sha1 = sha1_hex(text);
};

Task<std::optional<std::vector<std::int64_t>>> RedisLimits::run(
    const Script& script, std::string key, std::vector<std::int64_t> arguments) {
    std::vector<std::string> words{"EVALSHA", script.sha1, "1", std::move(key)};
    for (const auto argument : arguments) words.push_back(std::to_string(argument));
    auto reply = co_await parts_.client.ask(words);
    const bool unknown =
        reply && reply->kind == Reply::Kind::Error && reply->text.starts_with("NOSCRIPT");
    if (unknown) {
        // Redis has forgotten it, or never had it.
        words[0] = "EVAL";
        words[1] = script.text;
        reply = co_await parts_.client.ask(std::move(words));
    }
    auto numbers = reply ? numbers_of(*reply, script.yields) : std::nullopt;
    if (!numbers) ++alone_;
    co_return numbers;
}

Task<LimitUse> RedisLimits::take(LimitRule rule, std::string key) {
    static const Script script{.text = kTakeScript, .yields = 2};
    const auto now = to_unix_ms(parts_.clock.now());
    const auto window = window_ms(rule);
    const auto interval = interval_ms(rule);
    const auto found = co_await run(script, rule_key(rule, key), {now, window, interval});
    if (!found) co_return co_await parts_.meanwhile.take(rule, std::move(key));
    const auto full_at = (*found)[1];
    if ((*found)[0] == 0) {
        co_return LimitUse{.allowed = false,
                           .retry_after = round_up(full_at + interval - window - now)};
    }
    const auto remaining = (now + window - full_at) / interval;
    co_return LimitUse{.remaining = remaining,
                       .retry_after = remaining > 0 ? std::chrono::seconds{}
                                                    : round_up(full_at - now) / rule.quota};
}

Task<void> RedisLimits::give_back(LimitRule rule, std::string key) {
    static const Script script{.text = kGiveBackScript, .yields = 1};
    const auto found =
        co_await run(script, rule_key(rule, key), {interval_ms(rule), window_ms(rule)});
    if (!found) co_await parts_.meanwhile.give_back(rule, std::move(key));
}

Task<LimitUse> RedisLimits::guess(std::string key) {
    static const Script script{.text = kGuessScript, .yields = 3};
    const auto now = to_unix_ms(parts_.clock.now());
    const auto found = co_await run(script, guess_key(key),
                                    {now, kGuessesKept.count(), kFreeGuesses, longest_ms()});
    if (!found) co_return co_await parts_.meanwhile.guess(std::move(key));
    const auto wait = round_up((*found)[2]);
    if ((*found)[0] == 0) co_return LimitUse{.allowed = false, .retry_after = wait};
    co_return LimitUse{.remaining = std::max<std::int64_t>(0, kFreeGuesses - (*found)[1]),
                       .retry_after = wait};
}

Task<void> RedisLimits::uncount_guess(std::string key) {
    static const Script script{.text = kUncountScript, .yields = 1};
    const auto found = co_await run(script, guess_key(key), {kFreeGuesses, longest_ms()});
    if (!found) co_await parts_.meanwhile.uncount_guess(std::move(key));
}

Task<void> RedisLimits::forget_guesses(std::string key) {
    static const Script script{.text = kForgetScript, .yields = 1};
    co_await run(script, guess_key(key), {});
    // Guesses of a time without Redis are forgotten too.
    co_await parts_.meanwhile.forget_guesses(std::move(key));
}

}  // namespace imagify::redis
