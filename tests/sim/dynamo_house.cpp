#include <stdexcept>

#include "sim/dynamo_books.hpp"
#include "sim/store_house.hpp"
#include "support/dynamo_rig.hpp"
#include "support/fake_dynamo/endpoint.hpp"
#include "support/run_task.hpp"

namespace imagify::sim {
namespace {

using namespace std::chrono_literals;
namespace dynamo = testing::dynamo;

// The longest that an index is behind here.
constexpr std::int64_t kLongestLagMs = 1'500;
// A request that comes late does so after at most so many others.
constexpr std::size_t kLatest = 12;

// What the fake is told to do for each of our faults.
struct Row {
    Fault fault;
    dynamo::Fault order;
};
constexpr auto kWireFaults = std::to_array<Row>({
    {Fault::DynamoConflict, dynamo::Fault::Conflict},
    {Fault::DynamoThrottled, dynamo::Fault::Throttled},
    {Fault::DynamoErrorBefore, dynamo::Fault::ErrorBefore},
    {Fault::DynamoErrorAfter, dynamo::Fault::ErrorAfter},
    {Fault::DynamoRequestLost, dynamo::Fault::RequestLost},
    {Fault::DynamoAnswerLost, dynamo::Fault::AnswerLost},
    {Fault::DynamoAnswerLate, dynamo::Fault::AnswerLate},
    {Fault::DynamoRequestLate, dynamo::Fault::RequestLate},
    {Fault::DynamoRequestTwice, dynamo::Fault::RequestTwice},
});

class OpenedDynamo final : public OpenedStore {
public:
    OpenedDynamo(HttpClient& http, Scheduler& scheduler, Random& random)
        : rig_({.http = http,
                .service_clock = scheduler,
                .store_clock = scheduler,
                .random = random}) {}
    Store& store() override { return rig_.store(); }

private:
    testing::DynamoRig rig_;
};

class DynamoHouse final : public StoreHouse {
public:
    explicit DynamoHouse(Env& env)
        : env_(env),
          dice_(env.seed, "dynamodb"),
          database_([&env] { return to_unix_ms(env.scheduler.bank_now()); }),
          books_(database_),
          endpoint_({.database = database_,
                     .fault = [this](std::string_view) { return draw_fault(); },
                     .turn = [this] { return turn(); },
                     .clock = &env.scheduler,
                     .lateness = [this] { return 1 + dice_.below(kLatest); }}) {
        make_tables();
        database_.set_weather(
            {.index_lag_ms = [this] { return draw_lag(); },
             .page_items = [this] { return draw_page(); },
             .leaves_unprocessed = [this] { return env_.faults.hits(Fault::DynamoUnprocessed); }});
    }

    std::unique_ptr<OpenedStore> open(Random& random) override {
        return std::make_unique<OpenedDynamo>(endpoint_, env_.scheduler, random);
    }
    bool changed() override { return books_.changed(); }
    Books read() override { return books_.read(); }
    void settle() override { endpoint_.deliver_late_requests(); }
    Habits habits() const override {
        return {.lags = true, .delivers_late = true, .deletes_in_steps = true};
    }

private:
    // Before the world begins: no time passes and nothing fails.
    void make_tables() {
        dynamo::Endpoint quiet({.database = database_});
        DiceRandom random(dice_);
        testing::DynamoRig rig({.http = quiet,
                                .service_clock = env_.scheduler,
                                .store_clock = env_.scheduler,
                                .random = random});
        const auto made = testing::run_task(rig.create_tables());
        if (!made) throw std::runtime_error(made.error().detail);
    }

    dynamo::Fault draw_fault() {
        for (const auto& [fault, order] : kWireFaults) {
            if (env_.faults.hits(fault)) return order;
        }
        return dynamo::Fault::None;
    }

    // Others run before a request arrives, and now and then before its answer does.
    Task<void> turn() {
        waits_ = !waits_ || dice_.permille(300);
        if (waits_) co_await env_.scheduler.wait(0ms, "dynamodb");
    }

    std::int64_t draw_lag() {
        return env_.faults.hits(Fault::DynamoIndexLags) ? dice_.between(1, kLongestLagMs) : 0;
    }

    std::optional<std::size_t> draw_page() {
        if (!env_.faults.hits(Fault::DynamoPageCut)) return std::nullopt;
        return 1 + dice_.below(3);
    }

    Env& env_;
    Dice dice_;
    dynamo::Database database_;
    DynamoBooks books_;
    dynamo::Endpoint endpoint_;
    bool waits_ = false;
};

}  // namespace

std::unique_ptr<StoreHouse> make_dynamo_house(Env& env) {
    return std::make_unique<DynamoHouse>(env);
}

}  // namespace imagify::sim
