#include <gtest/gtest.h>

#include <cstdlib>

#include "adapters/http_client/beast_http_client.hpp"
#include "adapters/system/system_clock.hpp"
#include "support/dynamo_rig.hpp"
#include "support/fake_dynamo/database.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "unit/fake_dynamo/random_requests.hpp"

namespace imagify::testing::dynamo {
namespace {

namespace json = boost::json;

constexpr int kRequests = 3'000;

// Two answers that say the same become equal: sets and unordered lists sorted, messages removed.
void sort_lists(json::array& list) {
    std::ranges::sort(list, {}, [](const json::value& value) { return json::serialize(value); });
}

void make_comparable(json::value& value) {
    if (auto* const object = value.if_object()) {
        for (const auto* const type : {"SS", "NS", "BS"}) {
            if (auto* const set = object->if_contains(type)) sort_lists(set->as_array());
        }
        for (auto& member : *object) make_comparable(member.value());
        object->erase("message");
        object->erase("Message");
        object->erase("ConsumedCapacity");
        auto* const reason = object->if_contains("__type");
        if (reason != nullptr) {
            const std::string type(reason->as_string());
            *reason = type.substr(type.find('#') + 1);
        }
    } else if (auto* const array = value.if_array()) {
        for (auto& member : *array) make_comparable(member);
    }
}

std::string comparable(const RandomRequests::Request& request, unsigned status,
                       const std::string& body) {
    auto value = body.empty() ? json::value(json::object{}) : json::parse(body);
    make_comparable(value);
    auto& answer = value.as_object();
    const bool ordered = request.operation == "Query" && !request.body.contains("IndexName");
    if (answer.contains("Items") && !ordered) {
        std::ranges::sort(answer["Items"].as_array(), {},
                          [](const json::value& item) { return json::serialize(item.at("id")); });
    }
    // Which of several mistakes is told, and how, is DynamoDB Local's own affair.
    if (body.contains("ValidationE")) answer = {{"__type", "ValidationException"}};
    return std::to_string(status) + " " + json::serialize(answer);
}

// Members of an object may come in any order.
bool same(const std::string& fake, const std::string& real) {
    auto mine = json::parse(fake.substr(4));
    const auto theirs = json::parse(real.substr(4));
    // After a page that ends with the last item DynamoDB may name that item; the fake always does.
    if (!theirs.as_object().contains("LastEvaluatedKey")) {
        mine.as_object().erase("LastEvaluatedKey");
    }
    // Which of these two mistakes is told when a request has both is nobody's promise.
    const auto is_mistake = [](const std::string& answer) {
        return answer.contains("ValidationException") ||
               answer.contains("IdempotentParameterMismatchException");
    };
    if (is_mistake(fake) && is_mistake(real)) return true;
    return fake.substr(0, 3) == real.substr(0, 3) && mine == theirs;
}

std::string variable(const char* name) {
    const auto* const value = std::getenv(name);
    return value == nullptr ? "local" : value;
}

Task<void> compare(std::string endpoint, std::uint64_t seed, int& differences) {
    BeastHttpClient http;
    SystemClock clock;
    SeededRandom random;
    GivenCredentials credentials(variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
    aws::ServiceClient service(
        {.service = "dynamodb", .region = variable("AWS_REGION"), .endpoint = endpoint},
        {.http = http, .credentials = credentials, .clock = clock, .random = random});
    Database fake([] { return std::int64_t{0}; });
    RandomRequests requests(seed, "d" + std::to_string(std::random_device()()));
    std::map<std::string, int> outcomes;
    auto script = requests.tables();
    for (std::size_t i = 0; i < kRequests; ++i) {
        const auto request = i < script.size() ? script[i] : requests.next();
        const auto ours = fake.execute(request.operation, json::serialize(request.body));
        const auto theirs = co_await service.call_json("DynamoDB_20120810." + request.operation,
                                                       json::serialize(request.body));
        if (!theirs) {
            ADD_FAILURE() << theirs.error().code << " " << theirs.error().detail;
            co_return;
        }
        if (i < script.size()) continue;
        const auto mine = comparable(request, ours.status, ours.body);
        const auto real = comparable(request, theirs->status, theirs->body);
        ++outcomes[request.operation + (ours.status == 200 ? " ok" : " refused")];
        if (same(mine, real)) continue;
        if (++differences <= 5) {
            ADD_FAILURE() << "seed " << seed << " request " << i << " " << request.operation << " "
                          << json::serialize(request.body) << "\nfake: " << ours.status << ' '
                          << ours.body << "\nreal: " << theirs->status << ' ' << theirs->body;
        }
    }
    for (const auto& [outcome, count] : outcomes) EXPECT_GT(count, 0) << outcome;
}

TEST(FakeDynamoDifferential, AnswersAsDynamoDbLocalDoes) {
    const auto* const endpoint = std::getenv("IMAGIFY_TEST_DYNAMODB");
    if (endpoint == nullptr) GTEST_SKIP() << "IMAGIFY_TEST_DYNAMODB names no DynamoDB Local";
    int differences = 0;
    const auto* const seed = std::getenv("IMAGIFY_TEST_SEED");
    run_task(
        compare(endpoint, seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10), differences));
    EXPECT_EQ(differences, 0);
}

}  // namespace
}  // namespace imagify::testing::dynamo
