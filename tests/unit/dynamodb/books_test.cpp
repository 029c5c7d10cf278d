#include "adapters/dynamodb/books.hpp"

#include "unit/dynamodb/dynamo_fixture.hpp"

namespace imagify::testing {
namespace {

using dynamodb::Books;
using dynamodb::Item;

constexpr const char* kUser = "u_1";
constexpr const char* kOrder = "o1";
constexpr const char* kPicture = "g1";

// Books that balance: a gift, a paid order, a picture, a refund, a second payment.
class BooksTest : public ::testing::Test {
protected:
    void SetUp() override {
        books.add_user({{"userId", kUser},
                        {"email", "an@example.vn"},
                        {"credits", std::int64_t{163}},
                        {"held", std::int64_t{1}},
                        {"ledgerSeq", std::int64_t{5}},
                        {"openOrders", dynamodb::TextSet{{"o2"}}},
                        {"sessionEpoch", std::int64_t{1}}});
        books.add_user({{"userId", dynamodb::email_key("an@example.vn")}, {"owner", kUser}});
        books.add_user({{"userId", "u_2"},
                        {"email", "deleted:u_2"},
                        {"sessionEpoch", std::int64_t{2}},
                        {"deletedAt", std::int64_t{1}}});
        post("grant", kUser, 5);
        post("purchase", kOrder, 100);
        post("capture", kPicture, -1);
        post("refund", "r1", -40);
        post("adjust", "review:7", 100);
        books.add_transaction(order(kOrder, "refunded", "111").set("paidAt", std::int64_t{1}));
        books.add_transaction(order("o2", "pending", ""));
        books.add_transaction({{"transactionId", "R#r1"},
                               {"refundId", "r1"},
                               {"orderId", kOrder},
                               {"owner", kUser},
                               {"credits", std::int64_t{40}},
                               {"state", "done"},
                               {"actor", "x"}});
        books.add_transaction({{"transactionId", "V#7"},
                               {"reviewId", std::int64_t{7}},
                               {"orderId", kOrder},
                               {"reason", "paid_twice"},
                               {"resolution", "approve"}});
        books.add_image({{"imageId", kPicture},
                         {"owner", kUser},
                         {"state", "ready"},
                         {"sha256", "aa"},
                         {"price", std::int64_t{1}}});
        books.add_image({{"imageId", "g2"},
                         {"owner", kUser},
                         {"state", "pending"},
                         {"price", std::int64_t{1}}});
    }

    static Item order(const std::string& id, const std::string& status, const std::string& number) {
        return {{"transactionId", id},
                {"userId", kUser},
                {"planId", "basic"},
                {"credits", std::int64_t{100}},
                {"status", status},
                {"amountVnd", std::int64_t{250'000}},
                {"gatewayTransaction", number}};
    }
    void post(const std::string& kind, const std::string& ref, std::int64_t delta) {
        balance_ += delta;
        books.add_transaction({{"transactionId", "L#" + kind + '#' + ref},
                               {"owner", kUser},
                               {"kind", kind},
                               {"ref", ref},
                               {"delta", delta},
                               {"balanceAfter", balance_},
                               {"seq", ++seq_}});
    }
    std::set<std::string> broken() const {
        std::set<std::string> invariants;
        for (const auto& violation : check_books(books)) {
            invariants.insert(violation.invariant.substr(0, violation.invariant.find(' ')));
        }
        return invariants;
    }

    Books books;

private:
    std::int64_t balance_ = 0;
    std::int64_t seq_ = 0;
};

TEST_F(BooksTest, BalancedOnesBreakNothing) {
    for (const auto& violation : check_books(books)) {
        ADD_FAILURE() << violation.invariant << " " << violation.subject << " " << violation.detail;
    }
}

struct Plant {
    const char* name;
    void (*plant)(Books& books);
    const char* invariant;
};

class PlantedFault : public BooksTest, public ::testing::WithParamInterface<Plant> {};

TEST_P(PlantedFault, IsFound) {
    GetParam().plant(books);

    EXPECT_TRUE(broken().contains(GetParam().invariant));
}

Item& account(Books& books) { return books.accounts.at(kUser); }
Item& entry(Books& books, const char* key) { return books.ledger.at(key); }

constexpr auto kPlants = std::to_array<Plant>({
    {"CreditsTooMany", [](Books& books) { account(books).set("credits", std::int64_t{164}); },
     "I1"},
    {"CreditsNegative",
     [](Books& books) {
         account(books).set("credits", std::int64_t{-1}).set("held", std::int64_t{165});
     },
     "I2"},
    {"HeldForNothing",
     [](Books& books) {
         account(books).set("credits", std::int64_t{162}).set("held", std::int64_t{2});
     },
     "I2"},
    {"EntryLost", [](Books& books) { books.ledger.erase("L#grant#u_1"); }, "I3"},
    {"EntryWithAnotherBalance",
     [](Books& books) { entry(books, "L#capture#g1").set("balanceAfter", std::int64_t{1}); }, "I3"},
    {"EntriesMiscounted", [](Books& books) { account(books).set("ledgerSeq", std::int64_t{6}); },
     "I3"},
    {"EntryUnderAnotherKey", [](Books& books) { entry(books, "L#grant#u_1").set("ref", "u_9"); },
     "I3"},
    {"PurchaseLost", [](Books& books) { books.ledger.erase("L#purchase#o1"); }, "I4"},
    {"PurchaseWithoutPayment", [](Books& books) { books.orders.at(kOrder).erase("paidAt"); }, "I4"},
    {"PaymentUsedTwice",
     [](Books& books) { books.orders.at("o2").set("gatewayTransaction", "111"); }, "I4"},
    {"RefundLost", [](Books& books) { books.refunds.clear(); }, "I4"},
    {"RefundNotTaken", [](Books& books) { books.ledger.erase("L#refund#r1"); }, "I4"},
    {"RefundStateOfNoOrder", [](Books& books) { books.orders.at(kOrder).set("status", "paid"); },
     "I4"},
    {"SecondPaymentWithoutAWord",
     [](Books& books) { books.reviews.at(7).set("resolution", "dismiss"); }, "I4"},
    {"OpenOrderForgotten", [](Books& books) { account(books).erase("openOrders"); }, "I4"},
    {"PictureForFree", [](Books& books) { books.ledger.erase("L#capture#g1"); }, "I6"},
    {"PictureWithoutBytes", [](Books& books) { books.generations.at(kPicture).erase("sha256"); },
     "I6"},
    {"FailedButCharged",
     [](Books& books) { books.generations.at(kPicture).set("state", "failed"); }, "I6"},
    {"AddressTwice", [](Books& books) { books.accounts.at("u_2").set("email", "an@example.vn"); },
     "I12"},
    {"AddressUnguarded", [](Books& books) { books.people.clear(); }, "I12"},
    {"GiftPromisedAgain", [](Books& books) { account(books).set("giftPending", std::int64_t{5}); },
     "I12"},
    {"DeletedWithName", [](Books& books) { books.accounts.at("u_2").set("name", "An"); }, "I12"},
    {"DeletedWithSessions",
     [](Books& books) { books.add_user({{"userId", "access#u_2"}, {"owner", "u_2"}}); }, "I12"},
    {"DeletedWithLink",
     [](Books& books) { books.add_user({{"userId", "link#l_1"}, {"owner", "u_2"}}); }, "I12"},
    {"DeletedWithPicture",
     [](Books& books) {
         books.add_image({{"imageId", "g3"}, {"owner", "u_2"}, {"state", "failed"}});
     },
     "I12"},
    {"HoldOfNobody", [](Books& books) { books.generations.at("g2").set("owner", "u_9"); },
     "references"},
});

INSTANTIATE_TEST_SUITE_P(Books, PlantedFault, ::testing::ValuesIn(kPlants),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace imagify::testing
