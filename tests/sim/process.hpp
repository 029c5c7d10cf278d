#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "adapters/in_process/local_work_queue.hpp"
#include "adapters/in_process/memory_limits.hpp"
#include "adapters/vnpay/vnpay_gateway.hpp"
#include "domain/plan.hpp"
#include "ports/password_hasher.hpp"
#include "ports/tokens.hpp"
#include "sim/bank_line.hpp"
#include "sim/blob_disk.hpp"
#include "sim/painters.hpp"
#include "sim/sim_events.hpp"
#include "sim/store_house.hpp"
#include "usecases/cancel_image.hpp"
#include "usecases/check_return.hpp"
#include "usecases/delete_account.hpp"
#include "usecases/generate_image.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/register_account.hpp"
#include "usecases/settle_by_hand.hpp"
#include "usecases/start_payment.hpp"
#include "usecases/tend_holds.hpp"
#include "usecases/tend_refunds.hpp"
#include "usecases/verify_books.hpp"

namespace imagify::sim {

/// A hash that costs nothing.
class CheapHasher final : public PasswordHasher {
public:
    std::string hash(std::string_view password) override { return std::string(password); }
    bool verify(std::string_view password, std::string_view hash) override {
        return password == hash;
    }
    const std::string& decoy() const override { return decoy_; }

private:
    std::string decoy_;
};

/// Tokens nobody checks: the simulation begins behind the log-in.
class NoTokens final : public Tokens {
public:
    IssuedToken issue(const Session&, std::int64_t) override { return {}; }
    Result<TokenClaims> verify(std::string_view) const override {
        return fail(ErrorKind::Unauthenticated, "auth.token_invalid");
    }
};

/// Devices that nobody remembers.
class NoDevices final : public DeviceTokens {
public:
    std::string issue(const UserId&) override { return {}; }
    std::optional<std::string> device_of(const UserId&, std::string_view) const override {
        return std::nullopt;
    }
};

/// Marks that are the addresses themselves.
class PlainMarks final : public EmailMarks {
public:
    std::vector<std::string> marks_of(const Email& email) const override { return {email.text()}; }
};

/// Second factors that nobody has.
class NoFactors final : public SecondFactors {
public:
    NewOtpSecret new_secret(const UserId&, std::string_view) override { return {}; }
    NewOtpSecret provided_secret(const UserId&, std::string_view, std::string_view,
                                 const Secret&) override {
        return {};
    }
    std::optional<Secret> grant_of(const UserId&, std::string_view) const override {
        return std::nullopt;
    }
    std::optional<OtpMatch> match(const UserId&, std::string_view,
                                  std::string_view) const override {
        return std::nullopt;
    }
    std::vector<std::string> new_recovery_codes() override { return {}; }
    std::string recovery_hash(std::string_view) const override { return {}; }
    std::optional<std::string> reseal(const UserId&, std::string_view) const override {
        return std::nullopt;
    }
};

/// What a process finds when it starts, and leaves behind when it dies.
struct Outside {
    Env& env;
    StoreHouse& house;
    BlobDisk& disk;
    Bank& bank;
    PaintingLog& paintings;
    Random& random;
    const PlanList& plans;
    Credits gift;
};

/// One life of the program: the real use cases on the real store and gateway. Destroying it is the
/// crash: whatever it was doing ends where it is.
class Process {
public:
    explicit Process(const Outside& outside);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    const std::string& lease() const { return lease_; }

    /// Starts what `imagify serve` does in the background; `recovered` hears that the holds of the
    /// process before are resolved.
    void start_background(std::function<void()> recovered);
    void stop_background() { background_ = false; }

    /// Starts a coroutine of the process; `done` hears what it yields.
    template <class T>
    void spawn(Task<T> task, std::function<void(T)> done) {
        boost::asio::co_spawn(io_, std::move(task),
                              [done = std::move(done)](const std::exception_ptr& failure, T value) {
                                  if (failure) std::rethrow_exception(failure);
                                  done(std::move(value));
                              });
    }
    void spawn(Task<void> task);

    /// Lets every coroutine go on that can. Throws what one of them throws.
    void run_ready();

    Store& store() { return store_; }
    VnpayGateway& gateway() { return gateway_; }
    RegisterAccount& register_account() { return register_account_; }
    DeleteAccount& delete_account() { return delete_account_; }
    StartPayment& start_payment() { return start_payment_; }
    SettlePayment& settle_payment() { return settle_payment_; }
    CheckReturn& check_return() { return check_return_; }
    ReconcileOrders& reconcile_orders() { return reconcile_orders_; }
    GenerateImage& generate_image() { return generate_image_; }
    CancelImage& cancel_image() { return cancel_image_; }
    TendHolds& tend_holds() { return tend_holds_; }
    TendRefunds& tend_refunds() { return tend_refunds_; }
    GrantCredits& grant_credits() { return grant_credits_; }
    SettleReview& settle_review() { return settle_review_; }
    VerifyBooks& verify_books() { return verify_books_; }

private:
    Task<void> tend_forever(std::function<void()> recovered);
    Task<void> reconcile_forever();
    Task<void> forget_forever();

    Env& env_;
    std::string lease_;
    std::unique_ptr<OpenedStore> opened_;
    Store& store_;
    BankLine line_;
    VnpayGateway gateway_;
    SimEvents events_;
    CheapHasher hasher_;
    NoTokens tokens_;
    NoDevices devices_;
    NoFactors factors_;
    PlainMarks email_marks_;
    Worker worker_{0, 0};
    MemoryLimits limits_;
    BeginSession begin_session_;
    IssueLink issue_link_;
    ConfirmIdentity confirm_identity_;
    FakeInspector inspector_;
    FakePainter first_painter_;
    FakePainter second_painter_;
    PainterRoster roster_;
    RegisterAccount register_account_;
    DeleteAccount delete_account_;
    StartPayment start_payment_;
    SettlePayment settle_payment_;
    CheckReturn check_return_;
    ReconcileOrders reconcile_orders_;
    PaintGeneration paint_generation_;
    LocalWorkQueue queue_;
    GenerateImage generate_image_;
    CancelImage cancel_image_;
    TendHolds tend_holds_;
    TendRefunds tend_refunds_;
    GrantCredits grant_credits_;
    SettleReview settle_review_;
    VerifyBooks verify_books_;
    bool background_ = true;
    /// Last: it ends first, and every coroutine with it.
    std::unique_ptr<boost::asio::io_context> context_ =
        std::make_unique<boost::asio::io_context>(1);
    boost::asio::io_context& io_ = *context_;
};

}  // namespace imagify::sim
