#include "usecases/log_in.hpp"

#include "usecases/rate_limited.hpp"

namespace imagify {
namespace {

bool has_code(const Result<LoggedIn>& outcome, std::string_view code) {
    return !outcome && outcome.error().code == code;
}

}  // namespace

// What a log-in is counted by; empty keys: it is not.
struct LogIn::Guess {
    std::string place;
    std::string account;
};

Task<Result<LoggedIn>> LogIn::run(LoginAttempt attempt) const {
    Result<LoginRecord> record = fail(ErrorKind::NotFound, "account.not_found");
    const auto parsed = Email::parse(attempt.email);
    // What is no address counts as one, and is never kept: it may be long.
    attempt.email = parsed ? parsed->text() : "";
    if (parsed) {
        record = co_await parts_.credentials.find_login(*parsed);
        if (!record && record.error().kind != ErrorKind::NotFound) {
            co_return std::unexpected(record.error());
        }
    }
    const auto* known = record ? &*record : nullptr;
    const auto guess = co_await admit(attempt, known);
    if (!guess) co_return std::unexpected(guess.error());
    auto outcome = co_await check(attempt, known);
    co_await settle(*guess, outcome);
    co_return outcome;
}

Task<Result<LogIn::Guess>> LogIn::admit(const LoginAttempt& attempt,
                                        const LoginRecord* record) const {
    Guess guess;
    if (attempt.client.network.empty()) co_return guess;
    const auto device = record == nullptr
                            ? std::nullopt
                            : parts_.devices.device_of(record->id, attempt.client.device_token);
    guess.place = "login|" + attempt.email + '|' + (device ? *device : attempt.client.network);
    const auto use = co_await parts_.limits.guess(guess.place);
    if (!use.allowed) co_return rate_limited(use);
    if (device) co_return guess;
    guess.account = attempt.email;
    const auto shared = co_await parts_.limits.take(kUnknownDevices, guess.account);
    if (shared.allowed) co_return guess;
    co_await parts_.limits.uncount_guess(guess.place);
    co_return rate_limited(shared);
}

Task<void> LogIn::settle(const Guess& guess, const Result<LoggedIn>& outcome) const {
    if (guess.place.empty()) co_return;
    // An overloaded server or store has checked nothing; the first step of two gives nothing away.
    const bool failed =
        has_code(outcome, "auth.bad_credentials") || has_code(outcome, "auth.otp_invalid");
    if (failed) co_return;
    if (outcome) {
        co_await parts_.limits.forget_guesses(guess.place);
    } else {
        co_await parts_.limits.uncount_guess(guess.place);
    }
    if (!guess.account.empty()) co_await parts_.limits.give_back(kUnknownDevices, guess.account);
}

Task<Result<LoggedIn>> LogIn::check(const LoginAttempt& attempt, const LoginRecord* record) const {
    auto session = parts_.provider == nullptr ? co_await open_by_password(attempt, record)
                                              : co_await open_by_provider(attempt);
    if (!session) {
        auto error = session.error();
        // Nobody is logged in yet, so it is not "forbidden".
        if (error.kind == ErrorKind::Forbidden) error.kind = ErrorKind::Unauthenticated;
        co_return std::unexpected(std::move(error));
    }
    auto account = co_await parts_.accounts.find_account(session->user_id);
    if (!account) co_return std::unexpected(account.error());
    co_return parts_.begin_session.hand_out(*session, std::move(*account));
}

Task<Result<Session>> LogIn::open_by_password(const LoginAttempt& attempt,
                                              const LoginRecord* record) const {
    const auto& given = attempt.credentials;
    const auto matches = co_await parts_.confirm_identity.password_matches(record, given.password);
    if (!matches) co_return std::unexpected(matches.error());
    if (!*matches) co_return fail(ErrorKind::Unauthenticated, "auth.bad_credentials");
    auto factor = co_await parts_.confirm_identity.check_factor(*record, given.otp);
    if (!factor) co_return std::unexpected(factor.error());
    auto session = parts_.begin_session.propose(record->id, attempt.client);
    const auto opened = co_await parts_.sessions.open_session(session, std::move(*factor));
    if (!opened) co_return std::unexpected(opened.error());
    co_return session;
}

Task<Result<Session>> LogIn::open_by_provider(const LoginAttempt& attempt) const {
    const auto bad = fail(ErrorKind::Unauthenticated, "auth.bad_credentials");
    const auto email = Email::parse(attempt.email);
    if (!email) co_return bad;
    auto known = co_await parts_.provider->log_in(*email, attempt.credentials.password,
                                                  attempt.credentials.otp);
    if (!known) co_return std::unexpected(known.error());
    const auto account = co_await parts_.admit_person.run(std::move(known->person));
    if (!account && account.error().code == "account.deleted") {
        // The end of the account did not reach the provider, so it does now.
        const auto removed = co_await parts_.provider->remove(std::move(known->grant));
        if (!removed) co_return std::unexpected(removed.error());
        co_return bad;
    }
    if (!account) co_return std::unexpected(account.error());
    auto session = parts_.begin_session.propose(account->id, attempt.client);
    const auto opened = co_await parts_.sessions.open_session(session, {});
    if (!opened) co_return std::unexpected(opened.error());
    co_return session;
}

}  // namespace imagify
