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

World::User* World::any_user(Dice& dice) {
    auto& user = users_[dice.below(users_.size())];
    return user.id.empty() || !alive() ? nullptr : &user;
}

}  // namespace imagify::sim
