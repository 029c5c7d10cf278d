#include <algorithm>

#include "sim/world.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

// VNPAY calls at most ten times, five minutes apart, until it hears 00 or 02.
constexpr int kMostCalls = 10;
constexpr std::chrono::milliseconds kCallAgain = 5min;

}  // namespace

// The bank does something with a payment: tells our server, and sends the browser back.
void World::attempt(const std::string& reference, Word word,
                    std::chrono::milliseconds notice_delay) {
    auto* payment = bank_.find(reference);
    const auto message = bank_.attempt(*payment, word);
    post(message, notice_delay);
    if (chance_.permille(600)) {
        const auto query = Bank::signed_notice(message, chance_);
        const auto delay = std::chrono::milliseconds(chance_.between(0, 4'000));
        after(delay, "browser comes back",
              [this, query, reloads = static_cast<int>(chance_.below(3))] {
                  come_back(query, reloads);
              });
    }
}

void World::post(Message message, std::chrono::milliseconds delay) {
    auto letter = std::make_shared<Letter>();
    letter->query = Bank::signed_notice(message, chance_);
    letter->message = std::move(message);
    auto* payment = bank_.find(letter->message.reference);
    if (payment != nullptr && !payment->stale && env_.faults.hits(Fault::NoticesAllLost)) {
        letter->doomed = payment->silent = true;
    }
    delay += std::chrono::milliseconds(chance_.between(0, 3'000));
    if (env_.faults.hits(Fault::NoticeLate)) delay += std::chrono::minutes(chance_.between(1, 90));
    const auto send = [this, letter] { deliver(letter); };
    after(delay, words("notice: ", to_text(letter->message.word)), send);
    if (env_.faults.hits(Fault::NoticeConcurrent)) after(delay, "notice, a copy with it", send);
    if (env_.faults.hits(Fault::NoticeRepeated)) {
        after(delay + std::chrono::milliseconds(chance_.between(0, 600'000)), "notice, repeated",
              send);
    }
}

void World::deliver_again(const std::shared_ptr<Letter>& letter) {
    const auto* payment = bank_.find(letter->message.reference);
    const bool owed = payment != nullptr && payment->stale &&
                      std::ranges::count(payment->taken, letter->message.transaction) > 0;
    if (letter->calls >= kMostCalls && !owed) return;
    after(kCallAgain, "notice again", [this, letter] { deliver(letter); });
}

void World::deliver(const std::shared_ptr<Letter>& letter) {
    ++letter->calls;
    if (letter->doomed || !alive() || env_.faults.hits(Fault::NoticeLost)) {
        return deliver_again(letter);
    }
    model_.told(letter->message);
    call<NoticeOutcome>(
        process_->settle_payment().run(letter->query),
        [this, letter](NoticeOutcome outcome, bool excused) {
            model_.heard(letter->message, outcome, excused);
            const auto reply = process_->gateway().acknowledge(outcome).body;
            env_.say(words("our reply: ", reply));
            const bool taken =
                reply.contains(R"("RspCode":"00")") || reply.contains(R"("RspCode":"02")");
            if (!taken || env_.faults.hits(Fault::NoticeReplyLost)) deliver_again(letter);
        },
        [this, letter] { deliver_again(letter); });
}

void World::come_back(const std::string& query, int reloads) {
    if (!alive()) return;
    if (reloads > 0) {
        env_.coverage.count("return reloaded");
        after(std::chrono::milliseconds(chance_.between(0, 8'000)), "browser reloads",
              [this, query, reloads] { come_back(query, reloads - 1); });
    }
    call<Result<ReturnView>>(
        process_->check_return().run(query),
        [this](const Result<ReturnView>& reply, bool excused) {
            if (!reply) return check_error(reply.error(), excused, "return");
            if (!reply->order) return env_.fail("I8 the reply is true", "a genuine return refused");
            const auto row = model_.books().orders.find(reply->order->id.text());
            env_.expect(
                row != model_.books().orders.end() &&
                    (reply->order->status != OrderStatus::Paid || row->second.status == "paid"),
                "I8 the reply is true", "a return says more than the books");
        },
        [] {});
}

}  // namespace imagify::sim
