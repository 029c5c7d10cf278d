#include "sim/world.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

}  // namespace

void World::paint(Dice dice) {
    auto* user = any_user(dice);
    if (user == nullptr) return;
    const auto name = words("picture click ", ++last_click_);
    Picture picture{.user = user->id,
                    .name = name,
                    .prompt = name,
                    .keyed = dice.permille(700),
                    .wait = std::chrono::seconds(dice.permille(500) ? 0 : dice.between(1, 25))};
    if (picture.keyed && dice.permille(200)) {
        env_.coverage.count("double click");
        send_picture(picture);
    }
    if (picture.keyed && dice.permille(100)) {
        env_.coverage.count("same key, other body");
        auto other = picture;
        other.prompt += " other body";
        after(std::chrono::milliseconds(dice.between(0, 30'000)), "same key, other prompt",
              [this, other] { send_picture(other); });
    }
    send_picture(std::move(picture));
}

void World::retry_picture(Picture picture) {
    if (--picture.tries <= 0) return;
    if (!picture.keyed) picture.name = picture.prompt = words("picture click ", ++last_click_);
    env_.coverage.count("picture retried");
    after(std::chrono::milliseconds(chance_.between(500, 20'000)), "picture again",
          [this, picture = std::move(picture)] { send_picture(picture); });
}

void World::send_picture(Picture picture) {
    if (!alive()) return retry_picture(std::move(picture));
    model_.wants_picture(picture.name, picture.prompt, picture.user.text());
    ImageRequest request{
        .user_id = picture.user, .order = {.prompt = picture.prompt}, .wait = picture.wait};
    if (picture.keyed) {
        request.key = {
            .route = "generate-image", .key = picture.name, .fingerprint = picture.prompt};
    }
    call<Result<ImageAnswer>>(
        process_->generate_image().run(std::move(request)),
        [this, picture](const Result<ImageAnswer>& reply, bool excused) {
            picture_answered(picture, reply, excused);
        },
        [this, picture] { retry_picture(picture); });
}

void World::picture_answered(const Picture& picture, const Result<ImageAnswer>& reply,
                             bool excused) {
    const auto& rows = model_.books().generations;
    if (!reply) {
        const auto& code = reply.error().code;
        env_.coverage.count(words("picture refused: ", code));
        // Nobody can tell any more what a deleted account had made.
        const bool was_made = model_.was_made(picture.name) || model_.is_gone(picture.user.text());
        if (code == "idempotency.mismatch") {
            return env_.expect(was_made, "I9 same key, same resource", "a mismatch with nothing");
        }
        if (code == "credits.insufficient") return;
        if (code == "idempotency.in_flight") {
            return env_.expect(picture.keyed, "I9 same key, same resource", "in flight, no key");
        }
        if (code == "account.not_found") {
            return env_.expect(model_.is_gone(picture.user.text()), "I8 nothing is forgotten",
                               picture.user.text());
        }
        // Its owner deleted it while the answer was on its way, or asks for it again.
        if (code == "image.not_found") {
            return env_.expect(was_made, "I8 nothing is forgotten", picture.name);
        }
        check_error(reply.error(), excused, picture.name);
        return retry_picture(picture);
    }
    const auto& generation = reply->generation;
    const auto row = rows.find(generation.id.text());
    if (row == rows.end()) {
        return env_.fail("I8 the reply is true", words("picture of ", picture.name));
    }
    const bool same_words =
        row->second.prompt == picture.prompt || model_.is_gone(picture.user.text());
    env_.expect(row->second.user == picture.user.text() && same_words, "I9 same key, same resource",
                words(picture.name, " got ", generation.id.text()));
    env_.expect(generation.state != GenerationState::Ready || row->second.state == "ready",
                "I8 the reply is true", words(generation.id.text(), " is ", row->second.state));
    const auto [known, first] = answers_.try_emplace(picture.name, generation.id.text());
    const auto now_ms = to_unix_ms(env_.scheduler.now());
    const auto kept = std::exchange(answered_ms_[picture.name], now_ms) > now_ms - 47 * 3'600'000;
    if (first || !kept) {
        known->second = generation.id.text();
    } else {
        env_.coverage.count("picture replayed");
        env_.expect(known->second == generation.id.text(), "I9 same key, same resource",
                    words(picture.name, " got another picture"));
    }
    // The answer was lost on its way.
    if (picture.keyed && chance_.permille(100)) retry_picture(picture);
}

std::optional<std::string> World::any_picture(Dice& dice, std::string_view state) {
    std::vector<std::string> ids;
    for (const auto& [id, row] : model_.books().generations) {
        if (state.empty() || row.state == state) ids.push_back(id);
    }
    if (ids.empty() || !alive()) return std::nullopt;
    return ids[dice.below(ids.size())];
}

void World::cancel(Dice dice, bool stranger) {
    auto id = any_picture(dice, dice.permille(800) ? "pending" : "");
    if (!id) return;
    const auto before = model_.books().generations.at(*id);
    const UserId owner(stranger ? "u_nobody" : before.user);
    if (!stranger) model_.wants_cancel(*id);
    call<Result<Generation>>(
        process_->cancel_image().run(owner, GenerationId(*id)),
        [this, id = *id, stranger](const Result<Generation>& reply, bool excused) {
            const auto& rows = model_.books().generations;
            const auto row = rows.find(id);
            if (stranger) {
                return env_.expect(!reply && reply.error().kind == ErrorKind::NotFound,
                                   "I11 nobody acts for another", words("cancel of ", id));
            }
            if (reply) {
                env_.expect(row != rows.end() && row->second.state == to_text(reply->state) &&
                                reply->state != GenerationState::Held,
                            "I8 the reply is true", words("cancel of ", id));
            } else if (reply.error().kind == ErrorKind::NotFound) {
                env_.expect(row == rows.end() || row->second.deleted, "I8 the reply is true",
                            words("cancel of ", id, ": not found"));
            } else {
                check_error(reply.error(), excused, "cancel");
            }
        },
        [] {});
}

void World::remove(Dice dice, bool stranger) {
    auto id = any_picture(dice, dice.permille(700) ? "ready" : "");
    if (!id) return;
    const auto before = model_.books().generations.at(*id);
    const UserId owner(stranger ? "u_nobody" : before.user);
    if (!stranger) model_.wants_deletion(*id);
    call<Result<void>>(
        process_->store().delete_generation(owner, GenerationId(*id), env_.scheduler.now()),
        [this, id = *id, stranger](const Result<void>& reply, bool excused) {
            const auto& rows = model_.books().generations;
            const auto row = rows.find(id);
            const bool gone = row == rows.end() || row->second.deleted;
            if (reply) {
                return env_.expect(gone && !stranger, "I8 the reply is true",
                                   words("deletion of ", id));
            }
            if (reply.error().kind == ErrorKind::NotFound) {
                return env_.expect(gone || stranger, "I8 the reply is true",
                                   words("deletion of ", id, ": not found"));
            }
            if (reply.error().kind != ErrorKind::Conflict) {
                check_error(reply.error(), excused, "delete");
            }
        },
        [] {});
}

}  // namespace imagify::sim
