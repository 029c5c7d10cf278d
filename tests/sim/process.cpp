#include "sim/process.hpp"

#include "base/ids.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;

// Few, so that the queue is full now and then.
constexpr LocalWorkQueue::Limits kQueueLimits{.running = 3, .waiting = 3};
// As src/app/server.cpp does; where nothing can be due yet, the simulation looks less often.
constexpr std::chrono::milliseconds kReapEvery = 5s;
constexpr std::chrono::milliseconds kReconcileEvery = 60s;
constexpr std::chrono::milliseconds kForgetEvery = 1h;

VnpayConfig gateway_config() {
    return {.tmn_code = kTerminal,
            .hash_secret = kBankSecret,
            .pay_url = "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
            .api_url = "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
            .return_url = "https://shop.example.vn/payment-result"};
}

}  // namespace

Process::Process(const Outside& outside)
    : env_(outside.env),
      lease_(new_ulid("p_", env_.scheduler, outside.random)),
      opened_(outside.house.open(outside.random)),
      store_(opened_->store()),
      line_(env_, outside.bank),
      gateway_(gateway_config(), line_, env_.scheduler, outside.random),
      events_(env_),
      limits_(env_.scheduler),
      begin_session_({.tokens = tokens_,
                      .devices = devices_,
                      .clock = env_.scheduler,
                      .random = outside.random}),
      issue_link_(env_.scheduler, outside.random),
      confirm_identity_({.credentials = store_,
                         .hasher = hasher_,
                         .hash_worker = worker_,
                         .factors = factors_,
                         .limits = limits_,
                         .accounts = store_}),
      first_painter_(env_, outside.paintings, "first"),
      second_painter_(env_, outside.paintings, "second"),
      roster_({&first_painter_, &second_painter_}, env_.scheduler),
      register_account_({.accounts = store_,
                         .hasher = hasher_,
                         .hash_worker = worker_,
                         .begin_session = begin_session_,
                         .issue_link = issue_link_,
                         .email_marks = email_marks_,
                         .limits = limits_,
                         .clock = env_.scheduler,
                         .random = outside.random,
                         .gift = outside.gift}),
      delete_account_({.credentials = store_,
                       .generations = store_,
                       .confirm_identity = confirm_identity_,
                       .issue_link = issue_link_,
                       .accounts = store_,
                       .email_marks = email_marks_,
                       .events = events_,
                       .clock = env_.scheduler}),
      start_payment_({.plans = outside.plans,
                      .orders = store_,
                      .gateway = gateway_,
                      .clock = env_.scheduler,
                      .random = outside.random}),
      settle_payment_(
          {.gateway = gateway_, .orders = store_, .events = events_, .clock = env_.scheduler}),
      check_return_({.gateway = gateway_,
                     .orders = store_,
                     .settle_payment = settle_payment_,
                     .clock = env_.scheduler}),
      reconcile_orders_({.gateway = gateway_,
                         .orders = store_,
                         .settle_payment = settle_payment_,
                         .clock = env_.scheduler}),
      paint_generation_({.generations = store_,
                         .blobs = outside.disk,
                         .painters = roster_,
                         .inspector = inspector_,
                         .worker = worker_,
                         .events = events_,
                         .clock = env_.scheduler}),
      queue_([this](GenerationId id) { return paint_generation_.run(std::move(id)); },
             kQueueLimits),
      generate_image_({.generations = store_,
                       .accounts = store_,
                       .painters = roster_,
                       .queue = queue_,
                       .events = events_,
                       .clock = env_.scheduler,
                       .random = outside.random,
                       .lease = lease_}),
      cancel_image_(store_, events_, env_.scheduler),
      tend_holds_({.generations = store_,
                   .blobs = outside.disk,
                   .events = events_,
                   .paint_generation = paint_generation_,
                   .clock = env_.scheduler,
                   .lease = lease_}),
      tend_refunds_({.gateway = gateway_,
                     .refunds = store_,
                     .events = events_,
                     .clock = env_.scheduler,
                     .random = outside.random}),
      grant_credits_(store_, events_, env_.scheduler),
      settle_review_(store_, events_, env_.scheduler),
      verify_books_({.store = store_,
                     .generations = store_,
                     .blobs = outside.disk,
                     .clock = env_.scheduler}) {}

Process::~Process() { env_.scheduler.drop_process_events(); }

void Process::spawn(Task<void> task) {
    boost::asio::co_spawn(io_, std::move(task), [](const std::exception_ptr& failure) {
        if (failure) std::rethrow_exception(failure);
    });
}

void Process::run_ready() {
    io_.restart();
    io_.poll();
}

void Process::start_background(std::function<void()> recovered) {
    spawn(tend_forever(std::move(recovered)));
    spawn(reconcile_forever());
    spawn(forget_forever());
}

Task<void> Process::tend_forever(std::function<void()> recovered) {
    co_await tend_holds_.recover();
    recovered();
    while (background_) {
        co_await tend_holds_.reap();
        co_await env_.scheduler.wait(kReapEvery, "reaper");
    }
}

Task<void> Process::reconcile_forever() {
    while (background_) {
        co_await reconcile_orders_.run();
        co_await tend_refunds_.run();
        co_await env_.scheduler.wait(kReconcileEvery, "reconciler");
    }
}

Task<void> Process::forget_forever() {
    while (background_) {
        co_await store_.forget_expired(env_.scheduler.now());
        co_await env_.scheduler.wait(kForgetEvery, "forgetter");
    }
}

}  // namespace imagify::sim
