#include "sim/world.hpp"

namespace imagify::sim {

using namespace std::chrono_literals;

void World::register_user(std::size_t index, int tries) {
    auto& user = users_[index];
    const auto again = [this, index, tries] {
        if (tries > 0) after(2s, "register", [=, this] { register_user(index, tries - 1); });
    };
    if (!alive()) return again();
    model_.wants_account(user.email, outside_.gift.count);
    // The same address in another spelling.
    const auto email = chance_.permille(300) ? words("U", index, "@Example.VN") : user.email;
    call<Result<LoggedIn>>(
        process_->register_account().run({.email = email, .password = "a long pass phrase"}),
        [this, index, again](const Result<LoggedIn>& reply, bool excused) {
            auto& registered = users_[index];
            forget_gone(registered);
            const auto& rows = model_.books().users;
            if (reply) {
                const auto row = rows.find(reply->account.id.text());
                env_.expect(row != rows.end() && row->second.email == registered.email,
                            "I8 the reply is true", "account of a 201");
                env_.expect(!std::exchange(registered.welcomed, true), "I12 e-mail unique",
                            registered.email);
            } else if (reply.error().code == "account.email_taken") {
                env_.coverage.count("e-mail taken");
            } else {
                check_error(reply.error(), excused, "register");
            }
            for (const auto& [id, row] : rows) {
                if (row.email == registered.email) registered.id = UserId(id);
            }
            if (registered.id.empty()) again();
        },
        again);
}

// Deleted, even if the answer never came: nobody can act for it any more.
void World::forget_gone(User& user) {
    if (model_.is_gone(user.id.text())) user = {.email = user.email, .id = {}};
}

World::User* World::any_user(Dice& dice) {
    auto& user = users_[dice.below(users_.size())];
    forget_gone(user);
    return user.id.empty() || !alive() ? nullptr : &user;
}

void World::leave(Dice dice) {
    const auto* user = any_user(dice);
    if (user == nullptr) return;
    const auto id = user->id;
    model_.wants_goodbye(id.text());
    call<Result<void>>(
        process_->delete_account().run(id, SpentFactor{}),
        [this, id](const Result<void>& reply, bool excused) {
            if (reply) {
                return env_.expect(model_.is_gone(id.text()), "I8 the reply is true",
                                   words("deletion of ", id.text()));
            }
            env_.coverage.count(words("deletion refused: ", reply.error().code));
            if (reply.error().kind == ErrorKind::NotFound) {
                return env_.expect(model_.is_gone(id.text()), "I8 nothing is forgotten", id.text());
            }
            if (reply.error().kind != ErrorKind::Conflict) {
                check_error(reply.error(), excused, "deletion");
            }
        },
        [] {});
}

}  // namespace imagify::sim
