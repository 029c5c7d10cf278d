#include "usecases/authenticate.hpp"

#include "base/mutant.hpp"

namespace imagify {
namespace {

std::unexpected<Error> refuse(std::string why) {
    return fail(ErrorKind::Unauthenticated, "auth.token_invalid", std::move(why));
}

}  // namespace

Task<Result<Identity>> Authenticate::run(std::string_view token) const {
    auto claims = parts_.tokens.verify(token);
    if (claims) co_return co_await by_session(std::move(*claims));
    if (parts_.provider == nullptr) co_return std::unexpected(claims.error());
    co_return co_await by_provider(std::string(token));
}

Task<Result<Identity>> Authenticate::by_session(TokenClaims claims) const {
    auto account = co_await parts_.sessions.find_session(claims.user_id, claims.session_id,
                                                         parts_.clock.now());
    if (!account && account.error().kind != ErrorKind::NotFound) {
        co_return std::unexpected(account.error());
    }
    if (!account || account->session_epoch != claims.session_epoch) {
        co_return refuse("session was ended");
    }
    co_return Identity{.account = std::move(*account), .session = claims.session_id};
}

Task<Result<Identity>> Authenticate::by_provider(std::string token) const {
    const auto claims = co_await parts_.provider->verify(token);
    if (!claims) co_return std::unexpected(claims.error());
    auto account = co_await parts_.accounts.find_account(user_id_of(claims->subject));
    if (!account && account.error().kind == ErrorKind::NotFound) {
        auto person = co_await parts_.provider->person_of(std::move(token));
        if (!person) co_return std::unexpected(person.error());
        if (person->subject != claims->subject) co_return refuse("another person");
        account = co_await parts_.admit_person.run(std::move(*person));
    }
    if (!account && account.error().kind == ErrorKind::Unavailable) {
        co_return std::unexpected(account.error());
    }
    // A deleted account keeps its id and loses its address.
    if (!account || !Email::parse(account->email)) co_return refuse("no account");
    const bool ended = claims->authenticated_at <= account->sessions_ended_at;
    if (ended && !MUTANT("cognito.log_ins_never_end")) co_return refuse("log-ins were ended");
    co_return Identity{.account = std::move(*account), .session = {}};
}

}  // namespace imagify
