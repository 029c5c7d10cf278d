#include "usecases/admit_person.hpp"

#include "base/log.hpp"

namespace imagify {
namespace {

constexpr std::string_view kPrefix = "u_";

}  // namespace

UserId user_id_of(std::string_view subject) {
    return UserId(ulid_of_uuid(kPrefix, subject).value_or(""));
}

std::string subject_of(const UserId& user) { return uuid_of_ulid(user.text(), kPrefix); }

Task<Result<Account>> AdmitPerson::run(ProvidedPerson person) const {
    const auto email = Email::parse(person.email);
    if (!email) co_return fail(ErrorKind::Conflict, "account.email_invalid");
    auto account =
        co_await find_or_create(user_id_of(person.subject), *email, std::move(person.name));
    if (!account) co_return account;
    // A deleted account keeps its id and loses its address.
    if (!Email::parse(account->email)) co_return fail(ErrorKind::Forbidden, "account.deleted");
    const bool proves =
        person.email_verified && !account->email_verified && account->email == email->text();
    if (!proves) co_return account;
    auto proved = co_await parts_.credentials.prove_email(account->id, *email, parts_.clock.now());
    if (!proved) co_return std::unexpected(proved.error());
    log_event(LogLevel::Info, "account.verified", {{"userId", account->id.text()}});
    co_return std::move(proved->account);
}

Task<Result<Account>> AdmitPerson::find_or_create(const UserId& id, Email email,
                                                  std::string name) const {
    auto found = co_await parts_.accounts.find_account(id);
    if (found || found.error().kind != ErrorKind::NotFound) co_return found;
    if (name_problem(name)) name.clear();
    auto made =
        co_await parts_.accounts.create_account({.id = id,
                                                 .email = email,
                                                 .name = std::move(name),
                                                 .password_hash = std::string(kNoPasswordHash),
                                                 .gift = {},
                                                 .gift_pending = parts_.gift,
                                                 .email_marks = parts_.email_marks.marks_of(email),
                                                 .created_at = parts_.clock.now()});
    if (made) {
        log_event(LogLevel::Info, "account.admitted", {{"userId", id.text()}});
        co_return made;
    }
    if (made.error().kind != ErrorKind::Conflict) co_return made;
    // Another request saw the person first, unless the address is somebody else's.
    auto theirs = co_await parts_.accounts.find_account(id);
    if (!theirs && theirs.error().kind == ErrorKind::NotFound) co_return made;
    co_return theirs;
}

}  // namespace imagify
