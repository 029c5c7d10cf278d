#include "adapters/cognito/jwks.hpp"

#include <boost/json.hpp>

#include "adapters/cognito/json_text.hpp"
#include "base/base64url.hpp"
#include "base/log.hpp"
#include "base/mutant.hpp"

namespace imagify::cognito {
namespace {

namespace json = boost::json;

constexpr std::size_t kSetMaxBytes = std::size_t{64} * 1024;
constexpr std::size_t kMaxKeys = 32;
constexpr std::size_t kMaxKidBytes = 200;
constexpr std::chrono::seconds kFetchLimit{3};

// RFC 7517, 4.2 to 4.4: what is not said does not restrict.
bool may_be(const json::object& object, std::string_view name, std::string_view value) {
    return !object.contains(name) || text_of(object, name) == value;
}

std::optional<RsaKey> read_key(const json::object& object) {
    const bool fits = text_of(object, "kty") == "RSA" && may_be(object, "use", "sig") &&
                      may_be(object, "alg", "RS256");
    if (!fits) return std::nullopt;
    const auto modulus = base64url_decode(text_of(object, "n"));
    const auto exponent = base64url_decode(text_of(object, "e"));
    if (!modulus || !exponent) return std::nullopt;
    return RsaKey::from(*modulus, *exponent);
}

}  // namespace

Result<KeysById> parse_key_set(std::string_view text) {
    const auto bad = [](std::string why) {
        return fail(ErrorKind::BadUpstream, "identity.bad_keys", std::move(why));
    };
    json::error_code failed;
    const auto parsed = json::parse(text, failed);
    const auto* const set = failed ? nullptr : parsed.if_object();
    const auto* const list = set == nullptr ? nullptr : set->if_contains("keys");
    if (list == nullptr || !list->is_array()) return bad("no key set");
    KeysById keys;
    for (const auto& item : list->get_array()) {
        const auto* const object = item.if_object();
        if (object == nullptr || keys.size() == kMaxKeys) continue;
        const auto kid = text_of(*object, "kid");
        const auto key =
            kid.empty() || kid.size() > kMaxKidBytes ? std::nullopt : read_key(*object);
        if (key) keys.emplace(kid, *key);
    }
    if (keys.empty()) return bad("no RS256 key in the set");
    return keys;
}

// Whoever fetches; the others wait until it ends, however it ends.
class Jwks::Turn {
public:
    explicit Turn(Jwks& keys) : keys_(keys) {}
    ~Turn() { keys_.end_fetch(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Jwks& keys_;
};

std::optional<RsaKey> Jwks::known(std::string_view kid) const {
    const auto found = keys_.find(kid);
    return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

bool Jwks::begin_fetch(std::string_view kid) {
    const std::scoped_lock lock(mutex_);
    const auto now = clock_.steady_now();
    const bool wanted = !keys_.contains(kid) || now >= fetched_at_ + kKeysKept;
    const bool too_soon =
        asked_at_ && now < *asked_at_ + kKeysAskedAgain && !MUTANT("cognito.keys_asked_always");
    if (!wanted || too_soon || fetching_) return false;
    asked_at_ = now;
    fetching_ = true;
    return true;
}

void Jwks::end_fetch() {
    std::vector<Resume> waiting;
    {
        const std::scoped_lock lock(mutex_);
        fetching_ = false;
        waiting.swap(waiting_);
    }
    for (auto& resume : waiting) resume();
}

Task<void> Jwks::wait_for_fetch() {
    co_await suspend([this](Resume resume) {
        std::unique_lock lock(mutex_);
        if (fetching_) {
            waiting_.push_back(std::move(resume));
        } else {
            lock.unlock();
            resume();
        }
    });
}

Task<Result<std::optional<RsaKey>>> Jwks::find(std::string kid) {
    if (begin_fetch(kid)) {
        const Turn turn(*this);
        co_await fetch();
    } else {
        bool waits = false;
        {
            const std::scoped_lock lock(mutex_);
            waits = fetching_ && !keys_.contains(kid);
        }
        if (waits) co_await wait_for_fetch();
    }
    const std::scoped_lock lock(mutex_);
    if (keys_.empty()) {
        co_return fail(ErrorKind::Unavailable, "identity.unavailable", "no keys from " + url_);
    }
    co_return known(kid);
}

Task<void> Jwks::fetch() {
    ++fetches_;
    const auto answer = co_await http_.send({.url = url_,
                                             .deadline = clock_.steady_now() + kFetchLimit,
                                             .body_limit_bytes = kSetMaxBytes});
    auto keys =
        answer && answer->status == 200
            ? parse_key_set(answer->body)
            : Result<KeysById>(fail(ErrorKind::Unavailable, "identity.unavailable",
                                    answer ? "status " + std::to_string(answer->status)
                                           : answer.error().code + ' ' + answer.error().detail));
    if (!keys) {
        log_event(LogLevel::Warning, "identity.keys_not_fetched",
                  {{"url", url_}, {"why", keys.error().detail}});
        co_return;
    }
    const std::scoped_lock lock(mutex_);
    keys_ = std::move(*keys);
    fetched_at_ = clock_.steady_now();
}

}  // namespace imagify::cognito
