#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cognito/rsa_key.hpp"
#include "base/clock.hpp"
#include "base/suspend.hpp"
#include "ports/http_client.hpp"

namespace imagify::cognito {

/// Keys by their `kid`.
using KeysById = std::map<std::string, RsaKey, std::less<>>;

/// The RS256 keys of a JSON Web Key Set (RFC 7517); others in it are skipped.
/// Errors: BadUpstream `identity.bad_keys` when there is not one, or it is no key set.
Result<KeysById> parse_key_set(std::string_view text);

/// An unknown `kid` asks for the keys again, but not more often than this.
inline constexpr std::chrono::seconds kKeysAskedAgain{10};
/// So a key that was withdrawn dies.
inline constexpr std::chrono::hours kKeysKept{1};

/// The keys of a user pool, fetched when they are needed and kept. While they cannot be fetched the
/// former ones go on. However many ask at once, one fetches. Safe from several threads; outlives
/// every Task it returns.
class Jwks {
public:
    /// `url` is the pool's /.well-known/jwks.json. The others outlive this.
    Jwks(HttpClient& http, const Clock& clock, std::string url)
        : http_(http), clock_(clock), url_(std::move(url)) {}

    /// The key of that name, or nothing when the pool has none.
    /// Errors: Unavailable `identity.unavailable` when no keys were ever fetched.
    Task<Result<std::optional<RsaKey>>> find(std::string kid);

    /// How often they were asked for.
    std::int64_t fetches() const { return fetches_.load(); }

private:
    using Instant = std::chrono::steady_clock::time_point;
    class Turn;

    std::optional<RsaKey> known(std::string_view kid) const;
    bool begin_fetch(std::string_view kid);
    void end_fetch();
    Task<void> wait_for_fetch();
    Task<void> fetch();

    HttpClient& http_;
    const Clock& clock_;
    std::string url_;
    mutable std::mutex mutex_;
    KeysById keys_;
    std::optional<Instant> asked_at_;
    Instant fetched_at_{};
    bool fetching_ = false;
    std::vector<Resume> waiting_;
    std::atomic<std::int64_t> fetches_ = 0;
};

}  // namespace imagify::cognito
