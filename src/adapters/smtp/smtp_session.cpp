#include "adapters/smtp/smtp_session.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>

#include "adapters/http_client/alarm.hpp"
#include "adapters/http_client/dial.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 4096;
// A letter that was taken does not wait long for a good-bye.
constexpr std::chrono::seconds kLeaveLimit{2};

// RFC 4954 and 5321: about the log-in or the order of commands, whatever command they answer.
bool is_about_setup(std::string_view step, const SmtpReply& reply) {
    constexpr std::array kCodes = {503, 530, 534, 535, 538};
    if (std::ranges::find(kCodes, reply.code) != kCodes.end()) return true;
    // RFC 3463: X.7.X is about what may be done, e.g. "relay access denied".
    return step == "RCPT" && !reply.lines.empty() && reply.lines.front().starts_with("5.7.");
}

}  // namespace

SmtpSession::SmtpSession(asio::any_io_executor executor, const SmtpSettings& settings,
                         TlsTrust& trust)
    : executor_(std::move(executor)), settings_(settings), trust_(trust), connection_(executor_) {}

bool SmtpSession::is_unchecked() const {
    return settings_.server.tls == SmtpTls::StartTls && settings_.server.is_loopback() &&
           settings_.ca_file.empty();
}

Task<Result<void>> SmtpSession::open() {
    if (auto made = co_await connect(); !made) co_return made;
    const auto greeting = co_await ask({.step = "greeting", .line = {}, .expected = 220});
    if (!greeting) co_return std::unexpected(greeting.error());
    if (auto greeted = co_await greet(); !greeted) co_return greeted;
    if (settings_.server.tls == SmtpTls::StartTls && (offer_.starttls || !is_unchecked())) {
        if (auto upgraded = co_await upgrade(); !upgraded) co_return upgraded;
    }
    if (settings_.server.user.empty()) co_return Result<void>{};
    co_return co_await log_in();
}

Task<Result<void>> SmtpSession::connect() {
    const Alarm limit(executor_, steady_clock::now() + settings_.connect_limit,
                      [this] { expire(); });
    Dial dial(executor_, connection_);
    stop_waiting_ = [&dial] { dial.stop(); };
    const auto error = co_await dial.run(settings_.server.host, settings_.server.port);
    stop_waiting_ = nullptr;
    if (error || expired_) co_return broken(dial.step(), error);
    if (settings_.server.tls == SmtpTls::StartTls) co_return Result<void>{};
    co_return co_await start_tls();
}

Task<Result<void>> SmtpSession::start_tls() {
    is_broken_ = true;  // Until TLS is there nothing can be said.
    boost::system::error_code error;
    if (is_unchecked()) {
        asio::ssl::context unchecked(asio::ssl::context::tls_client);
        error = co_await connection_.handshake(unchecked, settings_.server.host);
    } else {
        const auto context = trust_.context();
        if (!context) co_return failure("TLS", context.error().detail);
        error = co_await connection_.handshake(**context, settings_.server.host);
    }
    is_broken_ = error || expired_;
    if (!is_broken_) co_return Result<void>{};
    co_return failure("TLS", error.message() + " (SMTP_CA_FILE names the authorities to trust)");
}

Task<Result<void>> SmtpSession::greet() {
    const auto reply = co_await ask(
        {.step = "EHLO", .line = "EHLO " + std::string(settings_.from.domain()), .expected = 250});
    if (!reply) co_return std::unexpected(reply.error());
    offer_ = read_offer(*reply);
    co_return Result<void>{};
}

Task<Result<void>> SmtpSession::upgrade() {
    if (!offer_.starttls) {
        co_return failure("STARTTLS", "not offered: use smtps://, or a server that has it");
    }
    const auto ready = co_await ask({.step = "STARTTLS", .line = "STARTTLS", .expected = 220});
    if (!ready) co_return std::unexpected(ready.error());
    // What came before TLS would be believed as if it had come after it.
    if (replies_.has_rest()) co_return failure("STARTTLS", "bytes before TLS");
    {
        const Alarm limit(executor_, steady_clock::now() + settings_.connect_limit,
                          [this] { expire(); });
        if (auto started = co_await start_tls(); !started) co_return started;
    }
    co_return co_await greet();
}

Task<Result<void>> SmtpSession::log_in() {
    constexpr std::string_view kAdvice = "check user and password in SMTP_URL";
    const auto& server = settings_.server;
    if (!offer_.auth_plain && !offer_.auth_login) {
        co_return failure("AUTH", "neither PLAIN nor LOGIN is offered");
    }
    std::vector<Command> commands;
    if (offer_.auth_plain) {
        commands = {{.step = "AUTH",
                     .line = "AUTH PLAIN " + auth_plain_word(server.user, server.password),
                     .expected = 235}};
    } else {
        commands = {
            {.step = "AUTH", .line = "AUTH LOGIN", .expected = 334},
            {.step = "AUTH", .line = auth_login_word(server.user), .expected = 334},
            {.step = "AUTH", .line = auth_login_word(server.password.reveal()), .expected = 235}};
    }
    for (auto& command : commands) {
        command.advice = kAdvice;
        const auto reply = co_await ask(std::move(command));
        if (!reply) co_return std::unexpected(reply.error());
    }
    co_return Result<void>{};
}

Task<Result<void>> SmtpSession::carry(std::string recipient, std::string message) {
    std::vector<Command> commands = {
        {.step = "MAIL",
         .line = "MAIL FROM:<" + settings_.from.address + ">",
         .expected = 250,
         .advice = "the server must let us send as MAIL_FROM"},
        {.step = "RCPT",
         .line = "RCPT TO:<" + recipient + ">",
         .expected = 250,
         .blame = Blame::Letter},
        {.step = "DATA", .line = "DATA", .expected = 354, .blame = Blame::Letter}};
    for (auto& command : commands) {
        const auto reply = co_await ask(std::move(command));
        if (!reply) co_return std::unexpected(reply.error());
    }
    // A long letter on a slow line has the time of the whole.
    const auto error = co_await connection_.write(dot_stuffed(message), {});
    if (error || expired_) co_return broken("message", error);
    const Command end{.step = "message", .line = {}, .expected = 250, .blame = Blame::Letter};
    const auto reply = co_await ask(end);
    if (!reply) co_return std::unexpected(reply.error());
    co_return Result<void>{};
}

Task<void> SmtpSession::leave() {
    if (is_broken_) co_return;
    const auto bound = std::min<std::chrono::milliseconds>(settings_.reply_limit, kLeaveLimit);
    const Alarm limit(executor_, steady_clock::now() + bound, [this] { expire(); });
    co_await ask({.step = "QUIT", .line = "QUIT", .expected = 221});
    connection_.close();
}

void SmtpSession::expire() {
    expired_ = true;
    abort();
}

void SmtpSession::abort() {
    connection_.close();
    if (stop_waiting_) stop_waiting_();
}

// Sends the line, unless it is empty, and reads what the server says to it.
Task<Result<SmtpReply>> SmtpSession::ask(Command command) {
    if (expired_) co_return failure(command.step, {});
    const Alarm limit(executor_, steady_clock::now() + settings_.reply_limit, [this] { expire(); });
    if (!command.line.empty()) {
        const auto error = co_await connection_.write(command.line, "\r\n");
        if (error || expired_) co_return broken(command.step, error);
    }
    auto reply = co_await read_reply(command.step);
    if (!reply) co_return reply;
    co_return judge(command, std::move(*reply));
}

Task<Result<SmtpReply>> SmtpSession::read_reply(std::string_view step) {
    std::array<char, kReadBytes> bytes{};
    for (;;) {
        SmtpReply reply;
        const auto state = replies_.next(reply);
        if (state == SmtpReplyReader::State::Done) co_return reply;
        is_broken_ = is_broken_ || state == SmtpReplyReader::State::Malformed;
        if (is_broken_) co_return failure(step, "no SMTP reply");
        const auto [error, length] = co_await connection_.read_some(asio::buffer(bytes));
        if (error || expired_) co_return broken(step, error);
        replies_.add({bytes.data(), length});
    }
}

Result<SmtpReply> SmtpSession::judge(const Command& command, SmtpReply reply) const {
    const bool is_taken = command.expected == 250 ? reply.code / 10 == 25 && reply.is_positive()
                                                  : reply.code == command.expected;
    if (is_taken) return reply;
    const auto said = reply.for_log();
    if (command.blame == Blame::Letter && reply.is_permanent() &&
        !is_about_setup(command.step, reply)) {
        return fail(ErrorKind::Invalid, "mail.refused",
                    settings_.server.host + ": " + std::string(command.step) + ": " + said);
    }
    const auto advice = command.advice.empty() || !reply.is_permanent()
                            ? std::string()
                            : " (" + std::string(command.advice) + ")";
    return failure(command.step, said + advice);
}

std::unexpected<Error> SmtpSession::broken(std::string_view step,
                                           const boost::system::error_code& error) {
    is_broken_ = true;
    return failure(step, error.message());
}

std::unexpected<Error> SmtpSession::failure(std::string_view step, std::string_view reason) const {
    const auto detail = settings_.server.host + ": " + std::string(step);
    if (expired_) return fail(ErrorKind::Timeout, "mail.unavailable", detail + ": too slow");
    return fail(ErrorKind::Unavailable, "mail.unavailable", detail + ": " + std::string(reason));
}

}  // namespace imagify
