#include "adapters/redis/redis_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/redis/conversation.hpp"
#include "base/log.hpp"

namespace imagify::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

// Said at most so often, however many commands fail.
constexpr std::chrono::seconds kSaidAgain{10};

std::string next_client_name() {
    static std::atomic<unsigned> count{0};
    return "redis client " + std::to_string(count.fetch_add(1));
}

Task<Result<Reply>> converse(Conversation::Parts parts, std::vector<std::string> words) {
    Conversation conversation(co_await asio::this_coro::executor, std::move(parts));
    co_return co_await conversation.run(std::move(words));
}

}  // namespace

struct RedisClient::State {
    RedisSettings settings;
    const Clock& clock;
    TlsTrust trust{settings.ca_file};
    std::string name = next_client_name();
    std::atomic<std::int64_t> failures = 0;
    std::mutex mutex{};
    steady_clock::time_point rest_until{};
    std::optional<steady_clock::time_point> said_at{};

    bool rests() {
        const std::scoped_lock lock(mutex);
        return clock.steady_now() < rest_until;
    }

    void note_failure(const Error& error) {
        const auto now = clock.steady_now();
        {
            const std::scoped_lock lock(mutex);
            rest_until = now + settings.rest;
            if (said_at && now < *said_at + kSaidAgain) return;
            said_at = now;
        }
        log_event(LogLevel::Warning, "redis.unavailable", {{"why", error.detail}});
    }
};

RedisClient::RedisClient(RedisSettings settings, const Clock& clock)
    : state_(std::make_unique<State>(std::move(settings), clock)) {}

RedisClient::~RedisClient() = default;

const RedisServer& RedisClient::server() const { return state_->settings.server; }

std::int64_t RedisClient::failures() const { return state_->failures.load(); }

Task<Result<Reply>> RedisClient::ask(std::vector<std::string> words) {
    if (state_->rests()) {
        ++state_->failures;
        co_return fail(ErrorKind::Unavailable, "redis.unavailable",
                       server().name() + ": failed a moment ago");
    }
    // A strand, so that an alarm never runs beside what it interrupts, whatever the caller runs on.
    const auto strand = asio::make_strand(co_await asio::this_coro::executor);
    auto reply = co_await asio::co_spawn(
        strand,
        converse(
            {.settings = state_->settings, .trust = state_->trust, .connection_key = state_->name},
            std::move(words)),
        asio::use_awaitable);
    if (!reply) {
        ++state_->failures;
        state_->note_failure(reply.error());
    }
    co_return reply;
}

}  // namespace imagify::redis
