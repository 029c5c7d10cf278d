#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "ports/account_store.hpp"
#include "ports/back_office.hpp"
#include "ports/generation_store.hpp"
#include "ports/ledger_store.hpp"
#include "ports/order_store.hpp"
#include "ports/refund_store.hpp"
#include "ports/review_store.hpp"
#include "ports/store_upkeep.hpp"

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
    /// Simulation only: awaited around each commit; see Turn in writer.hpp.
    std::function<Task<void>()> turn{};
};

/// Numbers for /metrics.
struct StoreCounts {
    std::uint64_t writes = 0;
    std::uint64_t commits = 0;
};

/// Every store port on one SQLite file, so that one method may touch several tables in one
/// transaction. One writer with group commit, readers on their own connections; reads run inside
/// the caller (a look-up by key takes microseconds).
class SqliteStore final : public AccountStore,
                          public OrderStore,
                          public GenerationStore,
                          public LedgerStore,
                          public RefundStore,
                          public ReviewStore,
                          public BackOffice,
                          public StoreUpkeep {
public:
    /// Opens the file, makes or migrates the schema.
    /// Errors: Conflict `store.in_use` (another process holds the instance lock); Unavailable
    /// `store.unavailable` with a detail that says what to do.
    static Result<std::unique_ptr<SqliteStore>> open(StoreOptions options);
    ~SqliteStore() override;

    Task<Result<Account>> create_account(NewAccount account) override;
    Task<Result<Account>> find_account(UserId id) override;
    Task<Result<LoginRecord>> find_login(Email email) override;
    Task<Result<Account>> update_profile(UserId id, ProfileChange change) override;
    Task<Result<std::int64_t>> bump_session_epoch(UserId id) override;

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

    Task<Result<BusinessFigures>> figures() override;
    Task<Result<Page<Account>>> list_accounts(std::string text, PageRequest page) override;
    Task<Result<Page<OrderRecord>>> list_order_records(OrderFilter filter,
                                                       PageRequest page) override;
    Task<Result<OrderRecord>> find_order_record(OrderId id) override;
    Task<Result<std::vector<NoticeRecord>>> notices_of(OrderId id) override;
    Task<Result<Page<AuditEntry>>> list_audit(PageRequest page) override;
    Task<Result<Account>> set_role(Email email, Role role, OperatorAct act) override;

    Task<Result<void>> check_writable() override;
    Task<Result<void>> forget_expired(TimePoint now) override;
    Task<Result<std::vector<Violation>>> verify() override;
    Task<Result<std::vector<ChargedPicture>>> charged_pictures(GenerationId after,
                                                               std::size_t limit) override;

    StoreCounts counts() const;

    /// Commits what waits and takes no more writes. For shutdown, before the event loops end.
    void stop();

private:
    struct State;
    explicit SqliteStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace imagify::sqlite
