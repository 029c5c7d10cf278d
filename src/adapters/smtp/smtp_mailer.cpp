#include "adapters/smtp/smtp_mailer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/http_client/alarm.hpp"
#include "adapters/mime/letter_writer.hpp"
#include "adapters/smtp/smtp_session.hpp"
#include "domain/account.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;

// A message and whom it is for; nobody when only the way is tried.
struct Load {
    std::string recipient;
    std::string message;
};

Task<Result<void>> converse(const SmtpSettings& settings, TlsTrust& trust, Load load) {
    const auto executor = co_await asio::this_coro::executor;
    SmtpSession session(executor, settings, trust);
    const Alarm limit(executor, std::chrono::steady_clock::now() + settings.whole_limit,
                      [&session] { session.expire(); });
    auto outcome = co_await session.open();
    if (outcome && !load.recipient.empty()) {
        outcome = co_await session.carry(std::move(load.recipient), std::move(load.message));
    }
    co_await session.leave();
    co_return outcome;
}

}  // namespace

struct SmtpMailer::State {
    SmtpSettings settings;
    const Clock& clock;
    TlsTrust trust{settings.ca_file};

    // A strand, so that an alarm never runs beside what it interrupts, whatever the caller runs on.
    Task<Result<void>> run(Load load) {
        const auto strand = asio::make_strand(co_await asio::this_coro::executor);
        co_return co_await asio::co_spawn(strand, converse(settings, trust, std::move(load)),
                                          asio::use_awaitable);
    }
};

SmtpMailer::SmtpMailer(SmtpSettings settings, const Clock& clock)
    : state_(std::make_unique<State>(std::move(settings), clock)) {}

SmtpMailer::~SmtpMailer() = default;

Task<Result<void>> SmtpMailer::send(Letter letter) {
    // Nothing but an address may come between "<" and ">".
    const auto recipient = Email::parse(letter.to);
    if (!recipient || recipient->text() != letter.to) {
        co_return fail(ErrorKind::Invalid, "mail.refused", "the recipient is no address");
    }
    auto message = write_letter(letter, state_->settings.from, state_->clock.now());
    co_return co_await state_->run({.recipient = letter.to, .message = std::move(message)});
}

Task<Result<void>> SmtpMailer::check() { return state_->run({}); }

}  // namespace imagify
