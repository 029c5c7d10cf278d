#include "contract/store/dynamo_under_test.hpp"

#include <cstdlib>
#include <random>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "support/dynamo_rig.hpp"
#include "support/fake_dynamo/endpoint.hpp"

namespace imagify::testing {
namespace {

// The test's clock tells what is stored; waiting between attempts does not move it.
class PatientClock final : public Clock {
public:
    explicit PatientClock(const Clock& clock) : clock_(clock) {}
    TimePoint now() const override { return clock_.now(); }
    std::chrono::steady_clock::time_point steady_now() const override {
        return clock_.steady_now() + waited_;
    }
    Task<void> sleep_for(std::chrono::milliseconds duration) override {
        waited_ += duration;
        co_return;
    }

private:
    const Clock& clock_;
    std::chrono::milliseconds waited_{0};
};

class DynamoUnderTest : public StoreUnderTest {
public:
    AccountStore& accounts() override { return store(); }
    SessionStore& sessions() override { return store(); }
    CredentialStore& credentials() override { return store(); }
    MailOutbox& outbox() override { return store(); }
    OrderStore& orders() override { return store(); }
    GenerationStore& generations() override { return store(); }
    LedgerStore& ledger() override { return store(); }
    RefundStore& refunds() override { return store(); }
    ReviewStore& reviews() override { return store(); }
    BackOffice& office() override { return store(); }
    StoreUpkeep& upkeep() override { return store(); }

protected:
    virtual Store& store() = 0;
};

void make_tables(DynamoRig& rig) {
    const auto made = run_task(rig.create_tables());
    if (!made) throw std::runtime_error(made.error().code + ": " + made.error().detail);
}

class FakeUnderTest final : public DynamoUnderTest {
public:
    FakeUnderTest(const Clock& clock, int fault_percent)
        : clock_(clock), database_([&clock] { return to_unix_ms(clock.now()); }) {
        make_tables(rig_);
        fault_percent_ = fault_percent;
        if (fault_percent == 0) return;
        database_.set_weather({.index_lag_ms = {},
                               .page_items = [this] { return std::optional(1 + draw() % 3); },
                               .leaves_unprocessed = [this] { return draw() % 4 == 0; }});
    }

protected:
    Store& store() override { return rig_.store(); }

private:
    std::size_t draw() { return dice_(); }

    dynamo::Fault fault() {
        if (draw() % 100 >= static_cast<std::size_t>(fault_percent_)) return dynamo::Fault::None;
        // A request that comes after its caller gave up may change what a test looks at.
        static constexpr std::array kFaults{
            dynamo::Fault::Conflict,   dynamo::Fault::Throttled,   dynamo::Fault::ErrorBefore,
            dynamo::Fault::ErrorAfter, dynamo::Fault::RequestLost, dynamo::Fault::AnswerLost,
            dynamo::Fault::AnswerLate, dynamo::Fault::RequestTwice};
        return kFaults[draw() % kFaults.size()];
    }

    PatientClock clock_;
    std::mt19937 dice_{7};
    int fault_percent_ = 0;
    SeededRandom random_{3};
    dynamo::Database database_;
    dynamo::Endpoint endpoint_{{.database = database_,
                                .fault = [this](std::string_view) { return fault(); },
                                .turn = {},
                                .clock = &clock_,
                                .lateness = {}}};
    DynamoRig rig_{
        {.http = endpoint_, .service_clock = clock_, .store_clock = clock_, .random = random_}};
};

std::string variable(const char* name, const char* fallback) {
    const auto* const value = std::getenv(name);
    return value == nullptr ? fallback : value;
}

class RealUnderTest final : public DynamoUnderTest {
public:
    explicit RealUnderTest(const Clock& clock) : clock_(clock) { make_tables(rig_); }

protected:
    Store& store() override { return rig_.store(); }

private:
    static dynamodb::Tables own_tables() {
        const auto prefix = "t" + std::to_string(std::random_device()()) + "-";
        dynamodb::Tables tables;
        for (auto* const table : {&tables.users, &tables.transactions, &tables.images}) {
            table->name.insert(0, prefix);
        }
        return tables;
    }

    PatientClock clock_;
    SystemClock system_clock_;
    SeededRandom random_{std::random_device()()};
    BeastHttpClient http_;
    DynamoRig rig_{{.http = http_,
                    .service_clock = system_clock_,
                    .store_clock = clock_,
                    .random = random_,
                    .endpoint = variable("IMAGIFY_TEST_DYNAMODB", ""),
                    .region = variable("AWS_REGION", "ap-southeast-1"),
                    .credentials = {variable("AWS_ACCESS_KEY_ID", "AKIDLOCAL"),
                                    variable("AWS_SECRET_ACCESS_KEY", "local-secret")},
                    .tables = own_tables()}};
};

}  // namespace

std::unique_ptr<StoreUnderTest> make_dynamo_fake(const Clock& clock) {
    return std::make_unique<FakeUnderTest>(clock, 0);
}

std::unique_ptr<StoreUnderTest> make_dynamo_in_foul_weather(const Clock& clock) {
    return std::make_unique<FakeUnderTest>(clock, 15);
}

std::unique_ptr<StoreUnderTest> make_dynamo_real(const Clock& clock) {
    return std::make_unique<RealUnderTest>(clock);
}

}  // namespace imagify::testing
