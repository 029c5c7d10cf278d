#pragma once

#include <memory>

#include "adapters/dynamodb/table_client.hpp"
#include "ports/store.hpp"

namespace imagify::dynamodb {

struct DynamoSettings {
    Tables tables{};
    /// How long `figures` are kept: counting reads every account and order.
    std::chrono::seconds figures_kept{60};
};

/// Every store port on three DynamoDB tables, for any number of processes at once. What is one
/// transaction in SQLite is one TransactWriteItems here; what it cannot hold (the end of an account
/// with many pictures) goes in steps that leave the books right after each one. Lists and due
/// queries are read through indexes, which may lag; nothing that decides about credits is.
class DynamoStore final : public Store {
public:
    /// `client` outlives this. The tables exist; see TableClient::create_tables.
    DynamoStore(TableClient& client, DynamoSettings settings);
    ~DynamoStore() override;

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
    Task<Result<void>> keep_alive(std::string lease, TimePoint now) override;
    Task<Result<void>> forget_expired(TimePoint now) override;
    Task<Result<std::vector<Violation>>> verify() override;
    Task<Result<std::vector<ChargedPicture>>> charged_pictures(GenerationId after,
                                                               std::size_t limit) override;

    /// `writes`: transactions and writes begun; `commits`: those that were not refused.
    StoreCounts counts() const override;

    void stop() override {}

    /// What its methods share.
    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace imagify::dynamodb
