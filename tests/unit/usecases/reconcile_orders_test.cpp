#include "usecases/reconcile_orders.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

/// One order, and what was asked of the store.
class FakeOrders final : public OrderStore {
public:
    Task<Result<Order>> create_order(NewOrder wanted) override { co_return wanted.order; }
    Task<Result<Order>> find_order(OrderId) override { co_return order; }
    Task<Result<Order>> find_order_of(UserId, OrderId) override { co_return order; }
    Task<Result<Settlement>> settle_order(PaymentProof proof) override {
        if (settle_fault) co_return std::unexpected(*settle_fault);
        settled.push_back(proof.gateway_transaction);
        due.clear();
        co_return Settlement::Credited;
    }
    Task<Result<Marking>> mark_order(OrderMark mark) override {
        if (mark_fault) co_return std::unexpected(*mark_fault);
        marked.push_back(mark);
        due.clear();
        co_return Marking::Changed;
    }
    Task<Result<Page<Order>>> list_orders(UserId, PageRequest) override { co_return Page<Order>{}; }
    Task<Result<std::vector<DueOrder>>> due_orders(TimePoint, std::size_t limit) override {
        limits.push_back(limit);
        if (due_fault) co_return std::unexpected(*due_fault);
        co_return due;
    }
    Task<Result<void>> schedule_check(OrderId, std::optional<TimePoint> next) override {
        scheduled.push_back(next);
        co_return Result<void>{};
    }

    Order order;
    std::vector<DueOrder> due;
    std::optional<Error> due_fault;
    std::optional<Error> settle_fault;
    std::optional<Error> mark_fault;
    std::vector<std::string> settled;
    std::vector<OrderMark> marked;
    std::vector<std::optional<TimePoint>> scheduled;
    std::vector<std::size_t> limits;
};

class FakeGateway final : public PaymentGateway {
public:
    std::string pay_url(const Order&) const override { return ""; }
    Result<PaymentNotice> verify(std::string_view) const override {
        return fail(ErrorKind::Unauthenticated, "payment.bad_signature");
    }
    Task<Result<PaymentNotice>> query(Order) override { co_return answer; }
    Task<Result<RefundNotice>> refund(Order, Refund) override { co_return no_refunds(); }
    Task<Result<RefundNotice>> query_refund(Order, Refund) override { co_return no_refunds(); }
    bool may_send_again(const Refund&) const override { return false; }
    GatewayReply acknowledge(NoticeOutcome) const override { return {}; }

    static std::unexpected<Error> no_refunds() {
        return fail(ErrorKind::Timeout, "payment.timeout");
    }

    Result<PaymentNotice> answer = fail(ErrorKind::Timeout, "payment.timeout");
};

class NoEvents final : public Events {
public:
    void publish(const UserId&, Change) override { ++published; }
    Task<std::unique_ptr<Subscription>> subscribe(UserId) override { co_return nullptr; }
    int published = 0;
};

}  // namespace

class ReconcileOrdersTest : public ::testing::Test {
protected:
    ReconcileOrdersTest() {
        orders.order = {.id = OrderId("o1"),
                        .user_id = UserId("u_1"),
                        .plan_id = "basic",
                        .credits = {100},
                        .amount = {250'000},
                        .created_at = clock.now(),
                        .expires_at = clock.now() + 15min};
        orders.due = {{.order = orders.order, .checks = 0}};
    }

    void say(PaymentState state) {
        gateway.answer = PaymentNotice{.order_id = orders.order.id,
                                       .amount = orders.order.amount,
                                       .state = state,
                                       .failure = PaymentFailure::None,
                                       .gateway_transaction = "14226112",
                                       .bank_code = "NCB",
                                       .evidence = "signed"};
    }
    Reconciled run() { return run_task(reconcile.run()).value(); }

    FakeClock clock;
    FakeOrders orders;
    FakeGateway gateway;
    NoEvents events;
    SettlePayment settle_payment{
        {.gateway = gateway, .orders = orders, .events = events, .clock = clock}};
    ReconcileOrders reconcile{
        {.gateway = gateway, .orders = orders, .settle_payment = settle_payment, .clock = clock}};
};

TEST(ReconcileScheduleTest, IsTheScheduleOfTheBrief) {
    const std::vector<std::chrono::minutes> expected = {5min, 20min, 60min, 6h,   24h,  48h,
                                                        72h,  96h,   120h,  144h, 168h, 192h};

    EXPECT_TRUE(std::ranges::equal(kReconcileSchedule, expected));
    EXPECT_TRUE(std::ranges::is_sorted(kReconcileSchedule));
}

TEST_F(ReconcileOrdersTest, SilentGatewayIsAskedAgainAtEveryStepOfTheScheduleThenAPerson) {
    const auto made = orders.order.created_at;
    const auto last = static_cast<int>(kReconcileSchedule.size()) - 1;

    for (int checks = 0; checks < last; ++checks) {
        orders.due = {{.order = orders.order, .checks = checks}};
        EXPECT_EQ(run().unanswered, 1);
        ASSERT_TRUE(orders.scheduled.back()) << checks;
        EXPECT_EQ(*orders.scheduled.back() - made,
                  kReconcileSchedule[static_cast<std::size_t>(checks) + 1]);
        EXPECT_TRUE(orders.marked.empty());
    }
    orders.due = {{.order = orders.order, .checks = last}};
    run();

    EXPECT_FALSE(orders.scheduled.back());
    ASSERT_EQ(orders.marked.size(), 1U);
    EXPECT_EQ(orders.marked[0].status, OrderStatus::Review);
    EXPECT_EQ(orders.marked[0].failure, PaymentFailure::Unsettled);
}

TEST_F(ReconcileOrdersTest, PaymentThatIsFoundIsCreditedAndNotAskedAboutAgain) {
    say(PaymentState::Paid);

    const auto counts = run();

    EXPECT_EQ(counts.asked, 1);
    EXPECT_EQ(counts.settled, 1);
    EXPECT_EQ(counts.unanswered, 0);
    EXPECT_EQ(orders.settled, std::vector<std::string>{"14226112"});
    EXPECT_TRUE(orders.scheduled.empty());
    EXPECT_EQ(events.published, 1);
}

TEST_F(ReconcileOrdersTest, FailureThatIsFoundIsRecorded) {
    say(PaymentState::Failed);

    EXPECT_EQ(run().settled, 1);

    ASSERT_EQ(orders.marked.size(), 1U);
    EXPECT_EQ(orders.marked[0].status, OrderStatus::Failed);
    EXPECT_TRUE(orders.settled.empty());
}

TEST_F(ReconcileOrdersTest, FailedOrderIsAskedAboutUntilTheGatewaySaysSoAfterTheWindow) {
    say(PaymentState::Failed);

    run();
    ASSERT_EQ(orders.scheduled.size(), 1U);
    EXPECT_EQ(orders.scheduled[0], orders.order.created_at + 20min);
    orders.order.status = OrderStatus::Failed;
    orders.due = {{.order = orders.order, .checks = 1}};
    clock.advance(20min);
    run();

    // Our clock may have jumped over the window: once after it is not enough.
    ASSERT_EQ(orders.scheduled.size(), 2U);
    EXPECT_EQ(orders.scheduled[1], orders.order.created_at + 60min);
    orders.due = {{.order = orders.order, .checks = 2}};
    clock.advance(40min);
    run();

    ASSERT_EQ(orders.scheduled.size(), 3U);
    EXPECT_FALSE(orders.scheduled[2]);
}

TEST_F(ReconcileOrdersTest, FailedOrderThatWasPaidWithAnotherCardIsCredited) {
    orders.order.status = OrderStatus::Failed;
    orders.due = {{.order = orders.order, .checks = 0}};
    say(PaymentState::Paid);

    EXPECT_EQ(run().settled, 1);

    EXPECT_EQ(orders.settled, std::vector<std::string>{"14226112"});
}

TEST_F(ReconcileOrdersTest, OrderThatExpiredIsAskedAboutOnceMore) {
    gateway.answer = fail(ErrorKind::NotFound, "payment.not_found");
    clock.advance(20min);

    run();
    ASSERT_EQ(orders.scheduled.size(), 1U);
    EXPECT_TRUE(orders.scheduled[0]);
    orders.order.status = OrderStatus::Expired;
    orders.due = {{.order = orders.order, .checks = 2}};
    run();

    ASSERT_EQ(orders.scheduled.size(), 2U);
    EXPECT_FALSE(orders.scheduled[1]);
}

TEST_F(ReconcileOrdersTest, ChecksThatWereMissedAreLeftOut) {
    clock.advance(7h);

    run();

    EXPECT_EQ(orders.scheduled,
              (std::vector<std::optional<TimePoint>>{orders.order.created_at + 24h}));
}

TEST_F(ReconcileOrdersTest, OrderStaysDueUntilAPersonHasIt) {
    orders.due = {{.order = orders.order, .checks = 11}};
    orders.mark_fault = Error{.kind = ErrorKind::Unavailable, .code = "server.unavailable"};

    run();

    EXPECT_TRUE(orders.scheduled.empty());
}

TEST_F(ReconcileOrdersTest, PendingPaymentIsAskedAboutAgain) {
    say(PaymentState::Pending);

    const auto counts = run();

    EXPECT_EQ(counts.settled + counts.unanswered + counts.expired, 0);
    EXPECT_EQ(orders.scheduled.size(), 1U);
    EXPECT_TRUE(orders.settled.empty());
    EXPECT_TRUE(orders.marked.empty());
}

TEST_F(ReconcileOrdersTest, PaymentThatTheStoreCannotTakeNowStaysDue) {
    say(PaymentState::Paid);
    orders.settle_fault = Error{.kind = ErrorKind::Unavailable, .code = "server.unavailable"};

    EXPECT_EQ(run().settled, 0);

    EXPECT_TRUE(orders.scheduled.empty());
    EXPECT_TRUE(orders.marked.empty());
}

TEST_F(ReconcileOrdersTest, UnknownPaymentExpiresFiveMinutesAfterItsTimeAndNotBefore) {
    gateway.answer = fail(ErrorKind::NotFound, "payment.not_found");

    clock.advance(20min - 1ms);
    EXPECT_EQ(run().expired, 0);
    EXPECT_TRUE(orders.marked.empty());
    clock.advance(1ms);
    EXPECT_EQ(run().expired, 1);

    ASSERT_EQ(orders.marked.size(), 1U);
    EXPECT_EQ(orders.marked[0].status, OrderStatus::Expired);
    EXPECT_EQ(orders.marked[0].failure, PaymentFailure::Timeout);
}

TEST_F(ReconcileOrdersTest, OneRoundTakesAtMost100Orders) {
    orders.due.clear();

    EXPECT_EQ(run().asked, 0);

    EXPECT_EQ(orders.limits, std::vector<std::size_t>{100});
}

TEST_F(ReconcileOrdersTest, FaultOfTheStoreIsHandedOut) {
    orders.due_fault = Error{.kind = ErrorKind::Unavailable, .code = "server.unavailable"};

    const auto result = run_task(reconcile.run());

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Unavailable);
}

}  // namespace imagify::testing
