#include <array>

#include "adapters/vnpay/signature.hpp"
#include "sim/world.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;
using vnpay::signed_query;

constexpr auto kForgeries = std::to_array<std::string_view>(
    {"unsigned", "signed by another", "altered amount", "other terminal", "doubled field",
     "shortened signature", "altered reference"});

const Secret kForgerSecret{"a secret that is not the bank's"};

std::string replaced(std::string text, std::string_view from, const std::string& to) {
    const auto at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace

// A message that says that some order is paid, and is not genuine.
std::string World::forged_query(Dice& dice, std::string& how) {
    const auto& orders = model_.books().orders;
    auto target = orders.begin();
    std::advance(target, static_cast<std::ptrdiff_t>(dice.below(orders.size())));
    const Message message{.reference = target->first,
                          .word = Word::Paid,
                          .amount_vnd = target->second.amount_vnd,
                          .transaction = words(99'000'000 + dice.below(1'000'000))};
    auto fields = Bank::notice_fields(message, dice);
    const auto kind = dice.below(kForgeries.size());
    how = kForgeries[kind];
    env_.coverage.count(words("forgery: ", how));
    const auto genuine = signed_query(kBankSecret, fields);
    switch (kind) {
        case 0: return vnpay::canonical(fields);
        case 1: return signed_query(kForgerSecret, fields);
        case 2: return replaced(genuine, "vnp_Amount=", "vnp_Amount=1");
        case 3: fields["vnp_TmnCode"] = "OTHERTMN"; return signed_query(kBankSecret, fields);
        case 4: return genuine + "&vnp_TxnRef=" + message.reference;
        case 5: return genuine.substr(0, genuine.size() - 1 - dice.below(127));
        default: return replaced(genuine, message.reference, "X" + message.reference.substr(1));
    }
}

void World::forge(Dice dice) {
    if (!alive() || model_.books().orders.empty()) return;
    std::string how;
    const auto query = forged_query(dice, how);
    const auto digest = model_.books().digest;
    call<NoticeOutcome>(
        process_->settle_payment().run(query),
        [this, how, digest](NoticeOutcome outcome, bool) {
            env_.expect(outcome == NoticeOutcome::BadSignature, "I10 forged changes nothing",
                        words(how, " was answered ", static_cast<int>(outcome)));
            env_.expect(model_.books().digest == digest, "I10 forged changes nothing", how);
        },
        [] {});
}

void World::forge_return(Dice dice) {
    if (!alive() || model_.books().orders.empty()) return;
    std::string how;
    const auto query = forged_query(dice, how);
    const auto digest = model_.books().digest;
    call<Result<ReturnView>>(
        process_->check_return().run(query),
        [this, how, digest](const Result<ReturnView>& reply, bool) {
            env_.expect(reply && !reply->order, "I10 forged changes nothing",
                        words("return ", how, " was believed"));
            env_.expect(model_.books().digest == digest, "I10 forged changes nothing", how);
        },
        [] {});
}

// Genuine messages that should not exist, but have.
void World::odd_notice(Dice dice) {
    const auto& orders = model_.books().orders;
    if (orders.empty()) return;
    auto target = orders.begin();
    std::advance(target, static_cast<std::ptrdiff_t>(dice.below(orders.size())));
    Message message{.reference = target->first,
                    .word = Word::Paid,
                    .amount_vnd = target->second.amount_vnd,
                    .transaction = words(77'000'000 + dice.below(1'000'000))};
    static constexpr auto kNames = std::to_array<std::string_view>(
        {"another amount", "failed, another amount", "contradicts itself", "unknown order",
         "another order's transaction", "wrongly suspected"});
    const auto kind = dice.below(kNames.size());
    switch (kind) {
        case 0: message.amount_vnd += dice.permille(500) ? 1 : -1; break;
        case 1:
            message.amount_vnd += 1'000;
            message.word = Word::Failed;
            break;
        case 2: message.word = Word::Pending; break;
        case 3: message.reference = "NOSUCHORDER"; break;
        case 4:
            for (const auto& [id, row] : orders) {
                if (row.status == "paid" && id != target->first) {
                    message.transaction = row.transaction;
                }
            }
            if (message.transaction.starts_with("77")) return;
            break;
        default: message.word = Word::Suspected; break;
    }
    env_.coverage.count(words("odd notice: ", kNames[kind]));
    post(std::move(message), 0ms);
}

// A process without the lease wants to charge a hold.
void World::foreign_capture(Dice dice) {
    const auto id = any_picture(dice, "pending");
    if (!id) return;
    env_.coverage.count("foreign capture");
    call<Result<Balance>>(
        process_->store().capture({.id = GenerationId(*id),
                                   .lease = "p_foreign",
                                   .picture = {.mime = "image/png",
                                               .sha256 = "foreign",
                                               .color = "#000000",
                                               .engine = "foreign"},
                                   .now = env_.scheduler.now()}),
        [this, id = *id](const Result<Balance>& reply, bool excused) {
            if (reply) return env_.fail("capture needs the lease", id);
            if (reply.error().kind != ErrorKind::Conflict) {
                check_error(reply.error(), excused, "foreign capture");
            }
        },
        [] {});
}

}  // namespace imagify::sim
