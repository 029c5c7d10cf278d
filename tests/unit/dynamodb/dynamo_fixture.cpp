#include "unit/dynamodb/dynamo_fixture.hpp"

#include "domain/prompt.hpp"

namespace imagify::testing {

dynamo::Fault DynamoTest::next(std::string_view operation) {
    const std::string name(operation);
    ++asked_for[name];
    auto& faults = faults_of[name];
    if (faults.empty()) return dynamo::Fault::None;
    const auto fault = faults.front();
    faults.pop_front();
    return fault;
}

void DynamoTest::script(const std::string& operation, std::deque<dynamo::Fault> faults) {
    faults_of[operation] = std::move(faults);
    asked_for[operation] = 0;
}

std::size_t DynamoTest::asked(const std::string& operation) const {
    const auto found = asked_for.find(operation);
    return found == asked_for.end() ? 0 : found->second;
}

Account DynamoTest::make_account(const std::string& email, Credits gift) {
    const auto account =
        run_task(store().create_account({.id = UserId(new_ulid("u_", clock, random)),
                                         .email = *Email::parse(email),
                                         .name = "An",
                                         .password_hash = "hash",
                                         .gift = gift,
                                         .created_at = clock.now()}));
    EXPECT_TRUE(account);
    return account.value_or(Account{});
}

Result<HoldOutcome> DynamoTest::hold(const UserId& user, const std::string& lease) {
    return run_task(
        store().place_hold({.generation = {.id = GenerationId(new_ulid("", clock, random)),
                                           .user_id = user,
                                           .order = {.prompt = "chợ nổi"},
                                           .price = kPicturePrice,
                                           .created_at = clock.now(),
                                           .deadline = clock.now() + kHoldDeadline,
                                           .lease = lease},
                            .key = {}}));
}

Result<void> DynamoTest::remove(const UserId& user) {
    return run_task(store().delete_account(
        {.user_id = user, .notice = MailId(new_ulid("m_", clock, random)), .now = clock.now()}));
}

std::vector<Violation> DynamoTest::violations() {
    const auto found = run_task(store().verify());
    EXPECT_TRUE(found);
    return found.value_or(std::vector<Violation>{});
}

}  // namespace imagify::testing
