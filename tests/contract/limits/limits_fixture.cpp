#include "contract/limits/limits_fixture.hpp"

#include "adapters/dynamodb/dynamo_limits.hpp"
#include "adapters/in_process/memory_limits.hpp"
#include "adapters/redis/redis_limits.hpp"
#include "adapters/system/system_clock.hpp"
#include "support/dynamo_rig.hpp"
#include "support/fake_dynamo/endpoint.hpp"
#include "support/redis_process.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {
namespace {

class MemoryUnderTest final : public LimitsUnderTest {
public:
    explicit MemoryUnderTest(const Clock& clock) : limits_(clock) {}
    Limits& limits() override { return limits_; }

private:
    MemoryLimits limits_;
};

class RedisUnderTest final : public LimitsUnderTest {
public:
    explicit RedisUnderTest(const Clock& clock)
        : client_({.server = redis::parse_redis_url(server_.url()).value(),
                   .time_limit = std::chrono::seconds(10)},
                  clock),
          meanwhile_(clock),
          limits_({.client = client_, .clock = clock, .meanwhile = meanwhile_}) {}
    Limits& limits() override { return limits_; }
    bool is_up() override { return server_.is_up(); }
    bool was_itself() override { return limits_.counted_alone() == 0 && meanwhile_.size() == 0; }

private:
    RedisProcess server_;
    redis::RedisClient client_;
    MemoryLimits meanwhile_;
    redis::RedisLimits limits_;
};

class DynamoUnderTest final : public LimitsUnderTest {
public:
    explicit DynamoUnderTest(const Clock& clock)
        : database_([&clock] { return to_unix_ms(clock.now()); }),
          meanwhile_(clock),
          limits_({.client = rig_.client(),
                   .users = dynamodb::Tables().users,
                   .clock = clock,
                   .meanwhile = meanwhile_}) {
        up_ = run_task(rig_.create_tables()).has_value();
    }
    Limits& limits() override { return limits_; }
    bool is_up() override { return up_; }
    bool was_itself() override { return limits_.counted_alone() == 0 && meanwhile_.size() == 0; }

private:
    bool up_ = false;
    SystemClock service_clock_;
    SeededRandom random_;
    dynamo::Database database_;
    dynamo::Endpoint endpoint_{{.database = database_}};
    DynamoRig rig_{{.http = endpoint_,
                    .service_clock = service_clock_,
                    .store_clock = service_clock_,
                    .random = random_}};
    MemoryLimits meanwhile_;
    dynamodb::DynamoLimits limits_;
};

template <class T>
std::unique_ptr<LimitsUnderTest> make(const Clock& clock) {
    return std::make_unique<T>(clock);
}

}  // namespace

std::vector<LimitsKind> limits_kinds() {
    return {{"Memory", make<MemoryUnderTest>},
            {"Redis", make<RedisUnderTest>},
            {"Dynamo", make<DynamoUnderTest>}};
}

void PrintTo(const LimitsKind& kind, std::ostream* out) { *out << kind.name; }

INSTANTIATE_TEST_SUITE_P(EveryKind, LimitsContract, ::testing::ValuesIn(limits_kinds()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace imagify::testing
