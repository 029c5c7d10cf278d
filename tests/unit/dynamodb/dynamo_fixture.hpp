#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include "support/dynamo_rig.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_dynamo/endpoint.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"

namespace imagify::testing {

/// A store on a DynamoDB in memory whose faults the test writes down.
class DynamoTest : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(run_task(rig.create_tables())); }

    /// The next requests of that operation meet these faults, in order; then all is well.
    void script(const std::string& operation, std::deque<dynamo::Fault> faults);
    std::size_t asked(const std::string& operation) const;

    Account make_account(const std::string& email = "an@example.vn", Credits gift = {5});
    Result<HoldOutcome> hold(const UserId& user, const std::string& lease = "p_1");
    Result<void> remove(const UserId& user);
    std::vector<Violation> violations();

    dynamodb::TableClient& client() { return rig.client(); }
    dynamodb::DynamoStore& store() { return rig.store(); }

    FakeClock clock;
    SeededRandom random;
    dynamodb::Tables tables;
    dynamo::Database database{[this] { return to_unix_ms(clock.now()); }};
    std::map<std::string, std::deque<dynamo::Fault>> faults_of;
    std::map<std::string, std::size_t> asked_for;
    dynamo::Endpoint endpoint{
        {.database = database, .fault = [this](std::string_view name) { return next(name); }}};
    DynamoRig rig{
        {.http = endpoint, .service_clock = clock, .store_clock = clock, .random = random}};

private:
    dynamo::Fault next(std::string_view operation);
};

}  // namespace imagify::testing
