#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "ports/account_store.hpp"
#include "ports/back_office.hpp"
#include "ports/credential_store.hpp"
#include "ports/generation_store.hpp"
#include "ports/ledger_store.hpp"
#include "ports/order_store.hpp"
#include "ports/refund_store.hpp"
#include "ports/review_store.hpp"
#include "ports/store_upkeep.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {

/// A store under test, whatever it is made of.
struct StoreUnderTest {
    virtual ~StoreUnderTest() = default;
    virtual AccountStore& accounts() = 0;
    virtual SessionStore& sessions() = 0;
    virtual CredentialStore& credentials() = 0;
    virtual MailOutbox& outbox() = 0;
    virtual OrderStore& orders() = 0;
    virtual GenerationStore& generations() = 0;
    virtual LedgerStore& ledger() = 0;
    virtual RefundStore& refunds() = 0;
    virtual ReviewStore& reviews() = 0;
    virtual BackOffice& office() = 0;
    virtual StoreUpkeep& upkeep() = 0;
};

/// A way to make a store; the suite runs on each.
struct StoreKind {
    const char* name;
    std::unique_ptr<StoreUnderTest> (*make)(const Clock& clock);
};

/// Every adapter, and how it may run.
std::vector<StoreKind> store_kinds();

void PrintTo(const StoreKind& kind, std::ostream* out);

/// One suite for every adapter: what the ports promise. Every test ends with balanced books.
class StoreContract : public ::testing::TestWithParam<StoreKind> {
protected:
    void SetUp() override { store = GetParam().make(clock); }
    void TearDown() override;

    Account make_account(const std::string& email = "an@example.vn", Credits gift = {5});
    Order make_order(const UserId& user, std::optional<IdempotencyKey> key = {});
    Result<HoldOutcome> hold(const UserId& user, std::optional<IdempotencyKey> key = {});
    /// An order that is paid.
    Order make_paid_order(const UserId& user, const std::string& number = "14226112");
    OperatorAct act(const std::string& note = "a note");
    PaymentProof proof_of(const Order& order, const std::string& number = "14226112");
    Balance balance_of(const UserId& user);
    StoredPicture picture();

    FakeClock clock;
    SeededRandom random;
    std::unique_ptr<StoreUnderTest> store;
};

}  // namespace imagify::testing
