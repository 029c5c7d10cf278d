#pragma once

#include "contract/store/store_fixture.hpp"

namespace imagify::testing {

/// The store on DynamoDB in memory.
std::unique_ptr<StoreUnderTest> make_dynamo_fake(const Clock& clock);

/// The same in foul weather: conflicts, throttling, server errors, requests and answers lost, late
/// or twice, pages cut short. Whatever has an outcome must have the right one.
std::unique_ptr<StoreUnderTest> make_dynamo_in_foul_weather(const Clock& clock);

/// The store on the DynamoDB that IMAGIFY_TEST_DYNAMODB names, with tables of its own.
std::unique_ptr<StoreUnderTest> make_dynamo_real(const Clock& clock);

}  // namespace imagify::testing
