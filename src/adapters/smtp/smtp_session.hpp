#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "adapters/http_client/connection.hpp"
#include "adapters/http_client/tls_trust.hpp"
#include "adapters/smtp/smtp_commands.hpp"
#include "adapters/smtp/smtp_mailer.hpp"
#include "adapters/smtp/smtp_reply.hpp"

namespace imagify {

/// One conversation with the server. Runs on an executor that runs one thing at a time; what it
/// refers to outlives it.
class SmtpSession {
public:
    SmtpSession(boost::asio::any_io_executor executor, const SmtpSettings& settings,
                TlsTrust& trust);
    SmtpSession(const SmtpSession&) = delete;
    SmtpSession& operator=(const SmtpSession&) = delete;

    /// Connects, starts TLS, logs in. Errors: those of SmtpMailer::check.
    Task<Result<void>> open();

    /// Hands over one message, after `open`. Errors: those of SmtpMailer::send.
    Task<Result<void>> carry(std::string recipient, std::string message);

    /// Says good-bye; what the server answers does not matter.
    Task<void> leave();

    /// Ends whatever is waited for: the time for the whole letter is over.
    void expire();

private:
    /// What a refusal (5xx) of a command says about.
    enum class Blame { Setup, Letter };
    struct Command {
        std::string_view step;
        std::string line;
        int expected = 0;
        Blame blame = Blame::Setup;
        /// What to do about a refusal.
        std::string_view advice{};
    };

    bool is_unchecked() const;
    Task<Result<void>> connect();
    Task<Result<void>> start_tls();
    Task<Result<void>> greet();
    Task<Result<void>> log_in();
    Task<Result<void>> upgrade();
    Task<Result<SmtpReply>> ask(Command command);
    Task<Result<SmtpReply>> read_reply(std::string_view step);
    Result<SmtpReply> judge(const Command& command, SmtpReply reply) const;
    void abort();
    std::unexpected<Error> broken(std::string_view step, const boost::system::error_code& error);
    std::unexpected<Error> failure(std::string_view step, std::string_view reason) const;

    boost::asio::any_io_executor executor_;
    const SmtpSettings& settings_;
    TlsTrust& trust_;
    Connection connection_;
    SmtpReplyReader replies_;
    SmtpOffer offer_;
    /// Ends a wait that is not on the connection.
    std::function<void()> stop_waiting_;
    bool expired_ = false;
    /// Nothing can be said on the connection any more.
    bool is_broken_ = false;
};

}  // namespace imagify
