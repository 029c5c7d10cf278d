#include "vnpay/refund_stage.hpp"

#include <fmt/format.h>

#include "vnpay/genuine.hpp"

namespace imagify::testing {
namespace {

using second::Answer;

class RefundPlay {
public:
    RefundPlay(Merchant& merchant, Examiner& examiner, Dice& dice)
        : merchant_(merchant), examiner_(examiner), dice_(dice), order_(merchant.open_order()) {
        examiner_.open_order(order_);
    }

    void play() {
        const auto paid = paid_notice(reference(), order_.amount.amount, dice_);
        number_ = value_of(paid.fields, "vnp_TransactionNo");
        const Case notice{"replay after refund", Channel::Notice, Truth::Genuine,
                          spell_notice(paid.fields, dice_), ""};
        examiner_.show(notice, order_);
        open();
        lie();
        replay(notice);
        const bool done = dice_.one_in(2);
        end(done);
        replay(notice);
        merchant_.clock.advance(std::chrono::hours(24 * 30));
        replay(notice);
        merchant_.let_gateway_answer(told("02", "00", order_.amount.amount));
        expect(!merchant_.run(merchant_.tend_refunds().check(merchant_.order(reference()))),
               "a closed refund was closed again");
        expect_status(done ? OrderStatus::Refunded : OrderStatus::Paid, "afterwards");
    }

private:
    const std::string& reference() const { return order_.id.text(); }

    // What querydr says of the refund.
    std::string told(const char* type, const char* status, std::int64_t amount) {
        auto fields = refund_told(reference(), amount, dice_).fields;
        fields = with(fields, "vnp_TransactionType", type);
        fields = with(fields, "vnp_TransactionStatus", status);
        return second::answer(kOurSecret, Answer::Query, fields);
    }

    std::vector<std::string> forged(Answer kind, second::Pairs fields) {
        auto other = with(fields, "vnp_TxnRef", reference() + "1");
        auto mangled = second::answer(kOurSecret, kind, fields);
        mangled[mangled.size() - 3] = mangled[mangled.size() - 3] == '0' ? '1' : '0';
        return {second::to_json(fields),
                second::answer("another secret", kind, fields),
                second::answer(kOurSecret, kind, other),
                second::answer(kOurSecret, kind, with(fields, "vnp_TmnCode", "TESTTMN2")),
                mangled,
                ""};
    }

    // A refused refund gives the credits back: a forged refusal must not.
    void open() {
        const auto fields = refund_answer(reference(), order_.amount.amount, dice_).fields;
        const auto refusals = forged(Answer::Refund, with(fields, "vnp_ResponseCode", "95"));
        merchant_.let_gateway_answer(refusals[dice_.roll(refusals.size())]);
        const auto opened = merchant_.run(merchant_.tend_refunds().refund(
            order_.id, std::nullopt,
            {.actor = "operator", .note = "the customer asked", .now = merchant_.clock.now()}));
        expect(opened && opened->state == RefundState::Open, "the refund was not opened");
        examiner_.expect_change(-order_.credits.count);
        expect_status(OrderStatus::Refunding, "after a forged refusal");
    }

    void lie() {
        const auto fields = refund_told(reference(), order_.amount.amount, dice_).fields;
        for (const char* status : {"00", "09"}) {
            for (const auto& body :
                 forged(Answer::Query, with(fields, "vnp_TransactionStatus", status))) {
                check(body, "after a forged answer");
            }
        }
        check(told("02", "00", order_.amount.amount - 1), "after another refund's end");
        check(told("02", "05", order_.amount.amount), "while it is on its way");
        check(told("02", "06", order_.amount.amount), "while it is at the bank");
        merchant_.let_gateway_answer(std::nullopt);
    }

    void check(const std::string& body, const char* when) {
        merchant_.let_gateway_answer(body);
        merchant_.run(merchant_.tend_refunds().check(merchant_.order(reference())));
        expect_status(OrderStatus::Refunding, when);
        expect(merchant_.credits() == examiner_.expected_credits(), "a lie moved credits");
    }

    void end(bool done) {
        merchant_.let_gateway_answer(told("02", done ? "00" : "09", order_.amount.amount));
        const auto closed =
            merchant_.run(merchant_.tend_refunds().check(merchant_.order(reference())));
        const auto state = done ? RefundState::Done : RefundState::Rejected;
        expect(closed && closed->state == state, "the genuine end was not believed");
        examiner_.expect_change(done ? 0 : order_.credits.count);
        expect(merchant_.credits() == examiner_.expected_credits(), "the balance is wrong");
    }

    void replay(Case message) {
        examiner_.show(message, order_);
        message.channel = Channel::Return;
        examiner_.show(message, order_);
        auto answer = paid_answer(reference(), order_.amount.amount, dice_);
        answer.fields = with(answer.fields, "vnp_TransactionNo", number_);
        examiner_.show({"replay after refund", Channel::QueryAnswer, Truth::Genuine,
                        spell_answer(Answer::Query, answer.fields, dice_), ""},
                       order_);
    }

    void expect_status(OrderStatus right, const char* when) {
        const auto status = merchant_.order(reference()).status;
        expect(status == right, fmt::format("{} the order is {}", when, to_text(status)));
    }

    void expect(bool holds, const std::string& what) {
        if (!holds) examiner_.report("refund: " + what);
    }

    Merchant& merchant_;
    Examiner& examiner_;
    Dice& dice_;
    Order order_;
    std::string number_;
};

}  // namespace

void play_refund(Merchant& merchant, Examiner& examiner, Dice& dice) {
    RefundPlay(merchant, examiner, dice).play();
}

}  // namespace imagify::testing
