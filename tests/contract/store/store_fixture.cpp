#include "contract/store/store_fixture.hpp"

#include <cstdlib>

#include "adapters/sqlite/sqlite_store.hpp"
#include "contract/store/dynamo_under_test.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {
namespace {

class SqliteUnderTest final : public StoreUnderTest {
public:
    SqliteUnderTest(const Clock& clock, sqlite::StoreMode mode) {
        auto opened = sqlite::SqliteStore::open(
            {.file = folder_.path() / "imagify.db", .mode = mode, .clock = &clock});
        if (!opened) throw std::runtime_error(opened.error().detail);
        store_ = std::move(*opened);
    }
    AccountStore& accounts() override { return *store_; }
    SessionStore& sessions() override { return *store_; }
    CredentialStore& credentials() override { return *store_; }
    MailOutbox& outbox() override { return *store_; }
    OrderStore& orders() override { return *store_; }
    GenerationStore& generations() override { return *store_; }
    LedgerStore& ledger() override { return *store_; }
    RefundStore& refunds() override { return *store_; }
    ReviewStore& reviews() override { return *store_; }
    BackOffice& office() override { return *store_; }
    StoreUpkeep& upkeep() override { return *store_; }

private:
    TempFolder folder_;
    std::unique_ptr<sqlite::SqliteStore> store_;
};

template <sqlite::StoreMode mode>
std::unique_ptr<StoreUnderTest> make_sqlite(const Clock& clock) {
    return std::make_unique<SqliteUnderTest>(clock, mode);
}

}  // namespace

void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

void StoreContract::TearDown() {
    if (!store) return;
    const auto violations = run_task(store->upkeep().verify());
    ASSERT_TRUE(violations);
    for (const auto& violation : *violations) {
        ADD_FAILURE() << violation.invariant << ": " << violation.subject << ": "
                      << violation.detail;
    }
}

Account StoreContract::make_account(const std::string& email, Credits gift) {
    const auto account =
        run_task(store->accounts().create_account({.id = UserId(new_ulid("u_", clock, random)),
                                                   .email = *Email::parse(email),
                                                   .name = "An",
                                                   .password_hash = "hash",
                                                   .gift = gift,
                                                   .created_at = clock.now()}));
    EXPECT_TRUE(account);
    return *account;
}

Order StoreContract::make_order(const UserId& user, std::optional<IdempotencyKey> key) {
    const auto now = clock.now();
    const auto order = run_task(
        store->orders().create_order({.order = {.id = OrderId(new_ulid("", clock, random)),
                                                .user_id = user,
                                                .plan_id = "basic",
                                                .credits = {100},
                                                .amount = {250'000},
                                                .created_at = now,
                                                .expires_at = now + std::chrono::minutes(15),
                                                .client_address = "127.0.0.1",
                                                .gateway_locale = "vn"},
                                      .key = std::move(key),
                                      .first_check_at = now + std::chrono::minutes(5)}));
    EXPECT_TRUE(order);
    return *order;
}

Order StoreContract::make_paid_order(const UserId& user, const std::string& number) {
    const auto order = make_order(user);
    EXPECT_EQ(run_task(store->orders().settle_order(proof_of(order, number))),
              Settlement::Credited);
    return *run_task(store->orders().find_order(order.id));
}

OperatorAct StoreContract::act(const std::string& note) {
    return {.actor = "u_admin", .note = note, .now = clock.now()};
}

Result<HoldOutcome> StoreContract::hold(const UserId& user, std::optional<IdempotencyKey> key) {
    return run_task(store->generations().place_hold(
        {.generation = {.id = GenerationId(new_ulid("", clock, random)),
                        .user_id = user,
                        .order = {.prompt = "chợ nổi lúc bình minh"},
                        .price = kPicturePrice,
                        .created_at = clock.now(),
                        .deadline = clock.now() + kHoldDeadline,
                        .lease = "p_1"},
         .key = std::move(key)}));
}

PaymentProof StoreContract::proof_of(const Order& order, const std::string& number) {
    return {.order_id = order.id,
            .amount = order.amount,
            .gateway_transaction = number,
            .bank_code = "NCB",
            .now = clock.now(),
            .evidence = "vnp_TransactionNo=" + number};
}

Balance StoreContract::balance_of(const UserId& user) {
    const auto account = run_task(store->accounts().find_account(user));
    EXPECT_TRUE(account);
    return {.credits = account->credits, .held = account->held};
}

StoredPicture StoreContract::picture() {
    return {.mime = "image/png",
            .width_px = 1024,
            .height_px = 1024,
            .size_bytes = 7,
            .sha256 = std::string(64, 'a'),
            .color = "#102030",
            .engine = "demo"};
}

std::vector<StoreKind> store_kinds() {
    std::vector<StoreKind> kinds{{"GroupCommit", make_sqlite<sqlite::StoreMode::Server>},
                                 {"Inline", make_sqlite<sqlite::StoreMode::Simulation>},
                                 {"DynamoFake", make_dynamo_fake},
                                 {"DynamoFoul", make_dynamo_in_foul_weather}};
    if (std::getenv("IMAGIFY_TEST_DYNAMODB") != nullptr) {
        kinds.push_back({"DynamoReal", make_dynamo_real});
    }
    return kinds;
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, ::testing::ValuesIn(store_kinds()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace imagify::testing
