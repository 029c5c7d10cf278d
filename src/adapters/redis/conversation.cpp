#include "adapters/redis/conversation.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/query.hpp>

#include "adapters/http_client/alarm.hpp"
#include "adapters/http_client/dial.hpp"
#include "adapters/http_client/idle_connections.hpp"

namespace imagify::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 4'096;
constexpr std::size_t kReplyMaxBytes = std::size_t{64} * 1024;

}  // namespace

Conversation::Conversation(asio::any_io_executor executor, Parts parts)
    : executor_(std::move(executor)), parts_(std::move(parts)) {}

Task<Result<Reply>> Conversation::run(std::vector<std::string> words) {
    auto& idle =
        asio::use_service<IdleConnections>(asio::query(executor_, asio::execution::context));
    const Alarm limit(executor_, steady_clock::now() + parts_.settings.time_limit,
                      [this] { expire(); });
    connection_ = idle.take(parts_.connection_key);
    auto reply = co_await exchange_again(command_text(words));
    if (reply && !expired_) {
        idle.put(parts_.connection_key, std::move(connection_),
                 steady_clock::now() + parts_.settings.keep_idle);
    }
    co_return reply;
}

Task<Result<Reply>> Conversation::exchange_again(std::string command) {
    if (connection_) {
        auto reply = co_await exchange(command);
        if (reply || expired_) co_return reply;
    }
    if (auto opened = co_await open(); !opened) co_return std::unexpected(opened.error());
    co_return co_await exchange(std::move(command));
}

Task<Result<void>> Conversation::open() {
    const auto& server = parts_.settings.server;
    connection_ = std::make_unique<Connection>(executor_);
    Dial dial(executor_, *connection_);
    stop_waiting_ = [&dial] { dial.stop(); };
    const auto unreached = co_await dial.run(server.host, server.port);
    stop_waiting_ = nullptr;
    if (unreached || expired_) co_return failure(dial.step(), unreached);
    if (server.tls) {
        const auto context = parts_.trust.context();
        if (!context) co_return failure(context.error().detail);
        const auto refused = co_await connection_->handshake(**context, server.host);
        if (refused || expired_) co_return failure("TLS", refused);
    }
    co_return co_await introduce();
}

Task<Result<void>> Conversation::introduce() {
    const auto& server = parts_.settings.server;
    std::vector<std::vector<std::string>> commands;
    if (!server.password.empty()) {
        commands.push_back({"AUTH"});
        if (!server.user.empty()) commands.back().push_back(server.user);
        commands.back().push_back(server.password.reveal());
    }
    if (server.database != 0) commands.push_back({"SELECT", std::to_string(server.database)});
    for (const auto& command : commands) {
        const auto reply = co_await exchange(command_text(command));
        if (!reply) co_return std::unexpected(reply.error());
        if (reply->kind != Reply::Kind::Error) continue;
        co_return failure(command.front() +
                          " refused: check user, password and database in "
                          "REDIS_URL");
    }
    co_return Result<void>{};
}

Task<Result<Reply>> Conversation::exchange(std::string command) {
    const auto unsent = co_await connection_->write(command, {});
    if (unsent || expired_) co_return failure("send", unsent);
    ReplyReader reader;
    std::array<char, kReadBytes> buffer;
    for (std::size_t total = 0; total < kReplyMaxBytes;) {
        const auto [error, length] = co_await connection_->read_some(asio::buffer(buffer));
        if (error || expired_) co_return failure("read", error);
        total += length;
        reader.feed({buffer.data(), length});
        if (auto reply = reader.next()) co_return std::move(*reply);
        if (reader.broken()) co_return failure("what answered is no Redis");
    }
    co_return failure("a reply over 64 KiB");
}

void Conversation::expire() {
    expired_ = true;
    if (stop_waiting_) stop_waiting_();
    if (connection_) connection_->close();
}

std::unexpected<Error> Conversation::failure(std::string_view step,
                                             const boost::system::error_code& error) const {
    auto detail = parts_.settings.server.name() + ": " + std::string(step);
    if (expired_) {
        detail +=
            ": no answer within " + std::to_string(parts_.settings.time_limit.count()) + " ms";
    } else if (error) {
        detail += ": " + error.message();
    }
    return fail(ErrorKind::Unavailable, "redis.unavailable", std::move(detail));
}

}  // namespace imagify::redis
