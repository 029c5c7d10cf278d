#pragma once

namespace imagify::redis {

// Times are milliseconds. Each script touches one key, so that a cluster can run them too, and is
// atomic. The moment comes from whoever asks: a clock that is off by a little counts a little off.

/// ARGV: now, window, interval. Yields allowed, and when the bucket is full again.
/// The generic cell rate algorithm of MemoryLimits::take.
inline constexpr const char* kTakeScript = R"lua(
local now, window, interval = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = tonumber(redis.call('GET', KEYS[1]) or '0')
if full < now then full = now end
if full > now + window then full = now + window end
local allowed = 0
if full + interval <= now + window then
  allowed = 1
  full = full + interval
end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', string.format('%.0f', window))
return {allowed, full}
)lua";

/// ARGV: interval, window.
inline constexpr const char* kGiveBackScript = R"lua(
local full = redis.call('GET', KEYS[1])
if not full then return {0} end
local less = tonumber(full) - tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', less), 'PX', ARGV[2])
return {1}
)lua";

/// ARGV: now, kept, free guesses, longest delay. Yields allowed, guesses, the wait.
inline constexpr const char* kGuessScript = R"lua(
local now, kept = tonumber(ARGV[1]), tonumber(ARGV[2])
local free, longest = tonumber(ARGV[3]), tonumber(ARGV[4])
local kept_values = redis.call('HMGET', KEYS[1], 'guesses', 'last', 'next')
local guesses = tonumber(kept_values[1] or '0')
local last = tonumber(kept_values[2] or '0')
local next = tonumber(kept_values[3] or '0')
if last + kept < now or last > now then guesses = 0 end
if guesses >= free and next > now then return {0, guesses, next - now} end
guesses = guesses + 1
local delay = 0
if guesses >= free then
  delay = math.min(longest, 1000 * 2 ^ math.min(guesses - free, 10))
end
redis.call('HSET', KEYS[1], 'guesses', guesses, 'last', string.format('%.0f', now),
           'next', string.format('%.0f', now + delay))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', kept))
return {1, guesses, delay}
)lua";

/// ARGV: free guesses, longest delay.
inline constexpr const char* kUncountScript = R"lua(
local kept_values = redis.call('HMGET', KEYS[1], 'guesses', 'last')
if not kept_values[1] then return {0} end
local free, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
local guesses = math.max(0, tonumber(kept_values[1]) - 1)
local delay = 0
if guesses >= free then
  delay = math.min(longest, 1000 * 2 ^ math.min(guesses - free, 10))
end
redis.call('HSET', KEYS[1], 'guesses', guesses,
           'next', string.format('%.0f', tonumber(kept_values[2]) + delay))
return {1}
)lua";

/// Forgets a key.
inline constexpr const char* kForgetScript = R"lua(
return {redis.call('DEL', KEYS[1])}
)lua";

}  // namespace imagify::redis
