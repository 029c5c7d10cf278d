#include <array>

#include "sim/world.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

// Tells which request made an order: payer addresses are kept with it.
std::string address_of(int number) {
    return words("10.", number / 65536, ".", number / 256 % 256, ".", number % 256);
}

std::chrono::milliseconds seconds_between(Dice& dice, int low, int high) {
    return std::chrono::milliseconds(dice.between(low * 1'000, high * 1'000));
}

}  // namespace

void World::buy(Dice dice) {
    auto* user = any_user(dice);
    if (user == nullptr) return;
    Click click{.user = user->id,
                .name = words("order click ", ++last_click_),
                .keyed = dice.permille(800),
                .plan = dice.permille(500) ? "tiny" : "basic",
                .address = address_of(last_click_)};
    if (click.keyed && dice.permille(200)) {
        env_.coverage.count("double click");
        send_order(click);
    }
    if (click.keyed && dice.permille(100)) {
        env_.coverage.count("same key, other body");
        auto other = click;
        other.plan = click.plan == "tiny" ? "basic" : "tiny";
        other.address = address_of(1'000'000 + last_click_);
        after(seconds_between(dice, 0, 30), "same key, other plan",
              [this, other] { send_order(other); });
    }
    if (dice.permille(100)) {
        env_.coverage.count("two tabs");
        auto other = click;
        other.name += " other tab";
        other.address = address_of(2'000'000 + last_click_);
        send_order(other);
    }
    send_order(std::move(click));
}

void World::retry_order(Click click) {
    if (--click.tries <= 0) return;
    if (!click.keyed) {
        // Without a key the second try is another order.
        click.name = words("order click ", ++last_click_);
        click.address = address_of(last_click_);
    }
    env_.coverage.count("order retried");
    const auto pause = seconds_between(chance_, 1, 20);
    after(pause, "order again", [this, click = std::move(click)] { send_order(click); });
}

void World::send_order(Click click) {
    if (!alive()) return retry_order(std::move(click));
    const auto plan = plans_.find(click.plan);
    model_.wants_order(click.name, click.address,
                       {.user = click.user.text(),
                        .credits = plan->credits.count,
                        .amount_vnd = plan->price.amount});
    PaymentRequest request{
        .user_id = click.user, .plan_id = click.plan, .client_address = click.address};
    if (click.keyed) {
        request.key = {.route = "pay-vnpay", .key = click.name, .fingerprint = click.plan};
    }
    call<Result<StartedPayment>>(
        process_->start_payment().run(std::move(request)),
        [this, click](const Result<StartedPayment>& reply, bool excused) {
            order_answered(click, reply, excused);
        },
        [this, click] { retry_order(click); });
}

void World::order_answered(const Click& click, const Result<StartedPayment>& reply, bool excused) {
    if (!reply) {
        if (reply.error().code == "idempotency.mismatch") {
            env_.coverage.count("mismatch refused");
            return env_.expect(model_.was_made(click.name), "I9 same key, same resource",
                               "a mismatch with nothing");
        }
        if (reply.error().code == "account.not_found") {
            return env_.expect(model_.is_gone(click.user.text()), "I8 nothing is forgotten",
                               click.user.text());
        }
        check_error(reply.error(), excused, click.name);
        return retry_order(click);
    }
    const auto& order = reply->order;
    const auto row = model_.books().orders.find(order.id.text());
    if (row == model_.books().orders.end()) {
        return env_.fail("I8 the reply is true", words("order ", order.id.text(), " of a 201"));
    }
    const auto plan = plans_.find(click.plan);
    env_.expect(row->second.user == click.user.text() &&
                    row->second.amount_vnd == plan->price.amount && order.plan_id == click.plan,
                "I9 same key, same resource", words(click.name, " got ", order.id.text()));
    const auto now_ms = to_unix_ms(env_.scheduler.now());
    const auto [known, first] = answers_.try_emplace(click.name, reply->payment_url);
    const auto kept = std::exchange(answered_ms_[click.name], now_ms) > now_ms - 47 * 3'600'000;
    if (!first && kept && click.keyed) {
        env_.coverage.count("order replayed");
        env_.expect(known->second == reply->payment_url, "I9 same key, same address",
                    words(click.name, " got another address"));
    }
    if (first) visit_bank(reply->payment_url);
}

void World::visit_bank(const std::string& pay_url) {
    constexpr std::array<unsigned, 10> kManners = {34, 8, 8, 8, 12, 8, 9, 6, 4, 3};
    const auto manner = chance_.weighted(kManners);
    after(seconds_between(chance_, 1, 60), "bank's page", [this, pay_url, manner] {
        const auto* payment = bank_.open(pay_url);
        if (payment != nullptr) behave(payment->reference, manner);
    });
}

// What a customer does on the bank's page.
void World::behave(const std::string& reference, std::size_t manner) {
    static constexpr auto kNames = std::to_array<std::string_view>(
        {"pays", "cancels", "goes away", "pays late", "changes the card", "pays twice",
         "is suspected, then cleared", "pays, stale failure follows", "is suspected, then refused",
         "pays, is reversed"});
    env_.coverage.count(words("customer ", kNames[manner]));
    const auto soon = seconds_between(chance_, 1, 90);
    const auto later = soon + seconds_between(chance_, 5, 600);
    const auto then = [&](std::chrono::milliseconds delay, Word word) {
        after(delay, words("bank: ", to_text(word)),
              [this, reference, word] { attempt(reference, word, 0ms); });
    };
    switch (manner) {
        case 0: return then(soon, Word::Paid);
        case 1: {
            // Some leave the page open until long after it has closed.
            const auto idle = seconds_between(chance_, 1'200, 3'000);
            return then(chance_.permille(300) ? idle : soon, Word::Failed);
        }
        case 2: return;
        case 3:
            bank_.find(reference)->word = Word::Pending;
            return then(soon + seconds_between(chance_, 300, 5'400), Word::Paid);
        case 4: then(soon, Word::Failed); return then(later, Word::Paid);
        case 5: then(soon, Word::Paid); return then(later, Word::Paid);
        case 6: then(soon, Word::Suspected); return then(later, Word::Paid);
        case 7:
            after(soon, "bank: failed, told late",
                  [this, reference] { attempt(reference, Word::Failed, 15min); });
            return then(soon + 1s, Word::Paid);
        case 8: then(soon, Word::Suspected); return then(later, Word::Failed);
        default: return then(soon, Word::Reversed);
    }
}

}  // namespace imagify::sim
