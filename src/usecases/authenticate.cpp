#include "usecases/authenticate.hpp"

namespace imagify {

Task<Result<Account>> Authenticate::run(std::string_view token) const {
    const auto claims = tokens_.verify(token);
    if (!claims) co_return std::unexpected(claims.error());
    auto account = co_await accounts_.find_account(claims->user_id);
    if (!account && account.error().kind == ErrorKind::NotFound) {
        co_return fail(ErrorKind::Unauthenticated, "auth.token_invalid", "account is gone");
    }
    if (account && account->session_epoch != claims->session_epoch) {
        co_return fail(ErrorKind::Unauthenticated, "auth.token_invalid", "session was ended");
    }
    co_return account;
}

}  // namespace imagify
