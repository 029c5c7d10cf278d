#include <gtest/gtest.h>

#include "domain/account.hpp"
#include "domain/generation.hpp"
#include "domain/ledger_entry.hpp"

namespace imagify {

// What is stored and sent must read back: a renamed word would strand every row.
TEST(StoredWordsTest, GenerationStatesReadBack) {
    EXPECT_EQ(to_text(GenerationState::Held), "pending");
    EXPECT_EQ(to_text(GenerationState::Ready), "ready");
    EXPECT_EQ(to_text(GenerationState::Failed), "failed");
    EXPECT_EQ(to_text(GenerationState::Cancelled), "cancelled");
    for (const auto state : {GenerationState::Held, GenerationState::Ready, GenerationState::Failed,
                             GenerationState::Cancelled}) {
        EXPECT_EQ(parse_generation_state(to_text(state)), state);
    }
    EXPECT_FALSE(parse_generation_state("held"));
    EXPECT_FALSE(parse_generation_state(""));
}

TEST(StoredWordsTest, LedgerKindsReadBack) {
    for (const auto kind : {LedgerKind::Grant, LedgerKind::Purchase, LedgerKind::Capture,
                            LedgerKind::Refund, LedgerKind::Adjust}) {
        EXPECT_EQ(parse_ledger_kind(to_text(kind)), kind);
    }
    EXPECT_EQ(to_text(LedgerKind::Purchase), "purchase");
    EXPECT_EQ(to_text(LedgerKind::Capture), "capture");
}

TEST(StoredWordsTest, LocalesAndRolesReadBackAndNothingElseIsTaken) {
    EXPECT_EQ(parse_locale(to_text(Locale::Vietnamese)), Locale::Vietnamese);
    EXPECT_EQ(parse_locale(to_text(Locale::English)), Locale::English);
    EXPECT_EQ(parse_role(to_text(Role::User)), Role::User);
    EXPECT_EQ(parse_role(to_text(Role::Admin)), Role::Admin);
    for (const auto* text : {"", "VI", "vn", "Admin", "root", "admin "}) {
        EXPECT_FALSE(parse_locale(text)) << text;
        EXPECT_FALSE(parse_role(text)) << text;
    }
}

TEST(StoredWordsTest, HoldOutlivesThePainterByTheTimeItTakesToStore) {
    EXPECT_EQ(kHoldDeadline, std::chrono::seconds(90));
    EXPECT_GT(kHoldDeadline, kGenerationLimit);
}

}  // namespace imagify
