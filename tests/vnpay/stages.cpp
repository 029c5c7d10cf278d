#include "vnpay/stages.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <set>

#include "vnpay/answer_cases.hpp"
#include "vnpay/genuine.hpp"
#include "vnpay/notice_cases.hpp"
#include "vnpay/refund_stage.hpp"

namespace imagify::testing {
namespace {

constexpr int kRoundsWithControls = 2;
// What remembers is compared row by row this often: the count of commits could be blind.
constexpr int kRoundsPerComparison = 4;

const std::set<std::string>& reviewed_statuses() {
    static const std::set<std::string> statuses = {"04", "05", "06", "07", "09", "10", "20"};
    return statuses;
}

const std::set<std::string>& failed_statuses() {
    static const std::set<std::string> statuses = {"02", "08", "11"};
    return statuses;
}

// By docs/money.md and protocols A8, apart from src/adapters/vnpay/codes.cpp.
OrderStatus right_status(const std::string& code, const std::string& status) {
    if (code == "07" || reviewed_statuses().contains(status)) return OrderStatus::Review;
    if (status == "00") return code == "00" ? OrderStatus::Paid : OrderStatus::Pending;
    if (failed_statuses().contains(status) && code != "00") return OrderStatus::Failed;
    return OrderStatus::Pending;
}

OrderStatus right_status_of_answer(const std::string& code, const std::string& status) {
    if (code != "00") return OrderStatus::Pending;
    if (failed_statuses().contains(status)) return OrderStatus::Failed;
    return right_status("00", status);
}

class Player {
public:
    Player(const CorpusPlan& plan, Merchant& merchant, Examiner& examiner)
        : plan_(plan), merchant_(merchant), examiner_(examiner), dice_(plan.seed) {}

    void play() {
        spellings_and_replays();
        for (std::uint64_t i = 0; i < plan_.refunds; ++i) play_refund(merchant_, examiner_, dice_);
        examiner_.compare_all_rows();
        if (enough()) return;
        if (plan_.all_codes) all_codes();
        if (enough()) return;
        for (int round = 0; round == 0 || examiner_.total().cases < plan_.cases; ++round) {
            examiner_.with_controls = round < kRoundsWithControls;
            mutations();
            if (enough()) return;
            if (round % kRoundsPerComparison == 0) examiner_.compare_all_rows();
            progress();
        }
        examiner_.compare_all_rows();
    }

private:
    struct Sent {
        Order order;
        Case message;
    };

    Order fresh_order() {
        auto order = merchant_.open_order();
        examiner_.open_order(order);
        return order;
    }

    bool enough() const {
        return plan_.until_wrong &&
               (examiner_.total().wrong() > 0 || !examiner_.failures().empty());
    }

    void progress() const {
        if (!plan_.show_progress) return;
        std::fprintf(stderr, "\r%lu of %lu messages ",
                     static_cast<unsigned long>(examiner_.total().cases),
                     static_cast<unsigned long>(plan_.cases));
    }

    Sent genuine(std::size_t index) {
        auto order = fresh_order();
        const auto& reference = order.id.text();
        if (index % 4 == 3) {
            const auto subject = paid_answer(reference, order.amount.amount, dice_);
            auto json = spell_answer(second::Answer::Query, subject.fields, dice_);
            return {std::move(order),
                    {"genuine", Channel::QueryAnswer, Truth::Genuine, std::move(json)}};
        }
        const auto subject = paid_notice(reference, order.amount.amount, dice_);
        auto query = spell_notice(subject.fields, dice_);
        return {std::move(order), {"genuine", Channel::Notice, Truth::Genuine, std::move(query)}};
    }

    // Each order is told of once, some after a failed try or after our own clock gave it up; then
    // everything that was ever sent comes again, at several later times.
    void spellings_and_replays() {
        std::vector<Sent> sent;
        for (std::size_t i = 0; i < plan_.genuine; ++i) {
            examiner_.with_controls = i < 50;
            auto next = genuine(i);
            if (i % 5 == 1) sent.push_back(failed_try(next.order));
            if (i % 5 == 2) {
                merchant_.expire(next.order.id);
                examiner_.open_order(next.order);  // The database changed: by us.
            }
            examiner_.show(next.message, next.order);
            sent.push_back(std::move(next));
            if (i % 256 == 0) progress();
        }
        examiner_.compare_all_rows();
        for (const auto later : {std::chrono::minutes(5), std::chrono::minutes(60 * 24),
                                 std::chrono::minutes(60 * 24 * 400)}) {
            merchant_.clock.advance(later);
            dice_.shuffle(sent);
            for (std::size_t i = 0; i < sent.size(); ++i) {
                examiner_.with_controls = i < 50;
                replay(sent[i]);
            }
            examiner_.compare_all_rows();
        }
    }

    Sent failed_try(const Order& order) {
        auto subject = paid_notice(order.id.text(), order.amount.amount, dice_);
        subject.fields = with(subject.fields, "vnp_ResponseCode", "24");
        subject.fields = with(subject.fields, "vnp_TransactionStatus", "02");
        subject.fields = with(subject.fields, "vnp_TransactionNo", "0");
        Case message{"failed try", Channel::Notice, Truth::Unproven,
                     spell_notice(subject.fields, dice_), "00"};
        examiner_.show(message, order);
        return {order, std::move(message)};
    }

    void replay(const Sent& sent) {
        auto message = sent.message;
        message.family = message.truth == Truth::Genuine ? "replay" : "replay of a failed try";
        message.reply = "02";
        examiner_.show(message, sent.order);
        if (message.channel != Channel::Notice) return;
        message.channel = Channel::Return;
        examiner_.show(message, sent.order);
    }

    void all_codes() {
        codes(Channel::Notice, right_status);
        codes(Channel::QueryAnswer, right_status_of_answer);
    }

    void codes(Channel channel, OrderStatus (*right)(const std::string&, const std::string&)) {
        auto order = fresh_order();
        for (int pair = 0; pair < 10'000; ++pair) {
            const auto code = fmt::format("{:02}", pair / 100);
            const auto status = fmt::format("{:02}", pair % 100);
            examiner_.with_controls = pair < 200 || pair % 100 == 0;
            const auto expected = right(code, status);
            show_codes(channel, order, code, status, expected == OrderStatus::Paid);
            if (merchant_.order(order.id.text()).status != expected) {
                examiner_.report(fmt::format("codes {}/{} made the order {}", code, status,
                                             to_text(merchant_.order(order.id.text()).status)));
            }
            if (expected != OrderStatus::Pending) order = fresh_order();
        }
        examiner_.compare_all_rows();
        progress();
    }

    void show_codes(Channel channel, const Order& order, const std::string& code,
                    const std::string& status, bool paid) {
        const auto& reference = order.id.text();
        const bool notice = channel == Channel::Notice;
        auto fields = notice ? paid_notice(reference, order.amount.amount, dice_).fields
                             : paid_answer(reference, order.amount.amount, dice_).fields;
        fields = with(fields, "vnp_ResponseCode", code);
        fields = with(fields, "vnp_TransactionStatus", status);
        examiner_.show({.family = "code x status",
                        .channel = channel,
                        .truth = paid ? Truth::Genuine : Truth::Unproven,
                        .bytes = notice ? second::notice(kOurSecret, fields)
                                        : second::answer(kOurSecret, second::Answer::Query, fields),
                        .reply = "00"},
                       order);
    }

    void mutations() {
        const auto other = fresh_order().id.text();
        for (const auto channel : {Channel::Notice, Channel::Return}) {
            const auto order = fresh_order();
            NoticeCases(paid_notice(order.id.text(), order.amount.amount, dice_), other, channel,
                        dice_, [&](const Case& message) { examiner_.show(message, order); })
                .send_all();
            if (enough()) return;
        }
        struct Kind {
            Channel channel;
            Subject (*make)(const std::string&, std::int64_t, Dice&);
        };
        for (const auto& [channel, make] :
             {Kind{Channel::QueryAnswer, &paid_answer}, Kind{Channel::RefundAnswer, &refund_answer},
              Kind{Channel::RefundQuery, &refund_told}}) {
            const auto order = fresh_order();
            const auto subject = make(order.id.text(), order.amount.amount, dice_);
            AnswerCases(subject, other, channel, dice_, [&](const Case& message) {
                examiner_.show(message, order);
            }).send_all();
        }
    }

    const CorpusPlan& plan_;
    Merchant& merchant_;
    Examiner& examiner_;
    Dice dice_;
};

}  // namespace

void play_corpus(const CorpusPlan& plan, Merchant& merchant, Examiner& examiner) {
    Player(plan, merchant, examiner).play();
    if (plan.show_progress) std::fprintf(stderr, "\r\n");
}

}  // namespace imagify::testing
