#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "ports/store.hpp"

namespace imagify::sqlite {

/// How the store runs.
enum class StoreMode {
    Server,      ///< Writer thread with group commit; takes the instance lock.
    Simulation,  ///< Every write commits inside its caller; no lock. Also for commands beside a
                 ///< running server: SQLite lets one transaction write at a time.
    ReadOnly,    ///< For `imagify verify` beside a running server: writes are Unavailable.
};

struct StoreOptions {
    std::filesystem::path file;
    StoreMode mode = StoreMode::Server;
    /// Tells the time of heartbeats; outlives the store.
    const Clock* clock = nullptr;
    /// Leaves the log of changes to somebody who copies it, and then calls `restart_log`.
    bool log_is_shipped = false;
    /// Simulation only: awaited around each commit; see Turn in writer.hpp.
    std::function<Task<void>()> turn{};
};

/// Every store port on one SQLite file, so that one method may touch several tables in one
/// transaction. One writer with group commit, readers on their own connections; reads run inside
/// the caller (a look-up by key takes microseconds).
class SqliteStore final : public Store {
public:
    /// Opens the file, makes or migrates the schema.
    /// Errors: Conflict `store.in_use` (another process holds the instance lock); Unavailable
    /// `store.unavailable` with a detail that says what to do.
    static Result<std::unique_ptr<SqliteStore>> open(StoreOptions options);
    ~SqliteStore() override;

    Task<Result<Account>> create_account(NewAccount account) override;
    Task<Result<Account>> find_account(UserId id) override;
    Task<Result<Account>> update_profile(UserId id, ProfileChange change) override;

    Task<Result<void>> open_session(Session session, SpentFactor factor) override;
    Task<Result<Account>> find_session(UserId user, SessionId id, TimePoint now) override;
    Task<Result<std::vector<Session>>> list_sessions(UserId user, TimePoint now) override;
    Task<Result<void>> end_session(UserId user, SessionId id) override;
    Task<Result<void>> end_all_sessions(UserId user, TimePoint now) override;

    Task<Result<LoginRecord>> find_login(Email email) override;
    Task<Result<LoginRecord>> find_login_of(UserId id) override;
    Task<Result<void>> open_link(MailedLink mailed) override;
    Task<Result<void>> open_reset(Email email, MailedLink mailed) override;
    Task<Result<AccountLink>> find_link(LinkId id, TimePoint now) override;
    Task<Result<VerifiedEmail>> use_email_link(LinkId id, MailId notice, TimePoint now) override;
    Task<Result<VerifiedEmail>> prove_email(UserId user, Email email, TimePoint now) override;
    Task<Result<VerifiedEmail>> use_reset_link(LinkId id, std::string password_hash, MailId notice,
                                               TimePoint now) override;
    Task<Result<Account>> change_password(PasswordChange change) override;
    Task<Result<void>> keep_otp_secret(UserId user, std::string sealed) override;
    Task<Result<void>> enable_otp(UserId user, SpentFactor factor,
                                  std::vector<std::string> recovery_hashes, MailId notice,
                                  TimePoint now) override;
    Task<Result<void>> disable_otp(UserId user, SpentFactor factor, MailId notice,
                                   TimePoint now) override;
    Task<Result<std::vector<SealedOtp>>> sealed_otps(UserId after, std::size_t limit) override;
    Task<Result<void>> reseal_otp(SealedOtp before, std::string sealed) override;
    Task<Result<std::int64_t>> recovery_codes_left(UserId user) override;
    Task<Result<bool>> has_recovery_code(UserId user, std::string hash) override;
    Task<Result<void>> delete_account(Deletion deletion) override;

    Task<Result<Order>> create_order(NewOrder order) override;
    Task<Result<Order>> find_order(OrderId id) override;
    Task<Result<Order>> find_order_of(UserId owner, OrderId id) override;
    Task<Result<Settlement>> settle_order(PaymentProof proof) override;
    Task<Result<Marking>> mark_order(OrderMark mark) override;
    Task<Result<Page<Order>>> list_orders(UserId owner, PageRequest page) override;
    Task<Result<std::vector<DueOrder>>> due_orders(TimePoint now, std::size_t limit) override;
    Task<Result<void>> schedule_check(OrderId id, std::optional<TimePoint> next) override;

    Task<Result<HoldOutcome>> place_hold(NewHold hold) override;
    Task<Result<Balance>> capture(Capture capture) override;
    Task<Result<Balance>> release(Release release) override;
    Task<Result<void>> take_lease(GenerationId id, std::string lease) override;
    Task<Result<Generation>> find_generation_of(UserId owner, GenerationId id) override;
    Task<Result<Generation>> find_generation(GenerationId id) override;
    Task<Result<Page<Generation>>> list_generations(UserId owner, GenerationFilter filter,
                                                    PageRequest page) override;
    Task<Result<void>> delete_generation(UserId owner, GenerationId id, TimePoint now) override;
    Task<Result<std::vector<Generation>>> overdue_holds(TimePoint now, std::size_t limit) override;
    Task<Result<std::vector<Generation>>> orphaned_holds(std::string own_lease,
                                                         std::size_t limit) override;
    Task<Result<std::vector<GenerationId>>> deleted_generations(std::size_t limit) override;
    Task<Result<void>> purge_generation(GenerationId id) override;

    Task<Result<Page<LedgerEntry>>> list_entries(UserId owner, PageRequest page) override;
    Task<Result<LedgerEntry>> add_entry(ManualEntry entry) override;

    Task<Result<OpenedRefund>> open_refund(NewRefund refund) override;
    Task<Result<Refund>> close_refund(RefundEnd end) override;
    Task<Result<std::optional<Refund>>> refund_of(OrderId order) override;
    Task<Result<std::vector<DueRefund>>> due_refunds(TimePoint now, std::size_t limit) override;
    Task<Result<void>> schedule_refund_check(RefundId id, std::optional<TimePoint> next,
                                             TimePoint now) override;

    Task<Result<Page<ReviewItem>>> list_reviews(bool only_open, PageRequest page) override;
    Task<Result<std::vector<ReviewItem>>> reviews_of(OrderId order) override;
    Task<Result<SettledReview>> settle_review(ReviewSettlement settlement) override;

    Task<Result<BusinessFigures>> figures(TimePoint now) override;
    Task<Result<Page<Account>>> list_accounts(std::string text, PageRequest page) override;
    Task<Result<Page<OrderRecord>>> list_order_records(OrderFilter filter,
                                                       PageRequest page) override;
    Task<Result<OrderRecord>> find_order_record(OrderId id) override;
    Task<Result<std::vector<NoticeRecord>>> notices_of(OrderId id) override;
    Task<Result<Page<AuditEntry>>> list_audit(PageRequest page) override;
    Task<Result<Account>> set_role(Email email, Role role, OperatorAct act) override;
    Task<Result<void>> remove_otp(Email email, MailId notice, OperatorAct act) override;

    Task<Result<std::vector<OutboxMail>>> due_mails(TimePoint now, std::size_t limit) override;
    Task<Result<bool>> claim_mail(MailId id, TimePoint now, TimePoint until) override;
    Task<Result<void>> remove_mail(MailId id) override;
    Task<Result<void>> postpone_mail(MailId id, TimePoint next) override;

    Task<Result<void>> check_writable() override;
    /// Nothing: one process at a time has the file.
    Task<Result<void>> keep_alive(std::string lease, TimePoint now) override;
    Task<Result<void>> forget_expired(TimePoint now) override;
    Task<Result<std::vector<Violation>>> verify() override;
    Task<Result<std::vector<ChargedPicture>>> charged_pictures(GenerationId after,
                                                               std::size_t limit) override;

    StoreCounts counts() const override;

    /// Moves all changes from the log into the database and begins the log anew; writes wait for
    /// the end of that. `copy_rest` runs when the log is at its end and false from it stops
    /// everything. False, too, while somebody still reads old changes.
    bool restart_log(const std::function<bool()>& copy_rest);

    /// Commits what waits and takes no more writes.
    void stop() override;

private:
    struct State;
    explicit SqliteStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace imagify::sqlite
