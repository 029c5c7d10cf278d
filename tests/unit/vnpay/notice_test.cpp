#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "adapters/vnpay/signature.hpp"
#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::vnpay {
namespace {

class NoticeTest : public ::testing::Test {
protected:
    static Fields paid_fields() {
        return {{"vnp_Amount", "25000000"},
                {"vnp_BankCode", "NCB"},
                {"vnp_BankTranNo", "VNP14226112"},
                {"vnp_CardType", "ATM"},
                {"vnp_OrderInfo", "Imagify basic: 100 credits"},
                {"vnp_PayDate", "20260115100712"},
                {"vnp_ResponseCode", "00"},
                {"vnp_TmnCode", kTestTerminal},
                {"vnp_TransactionNo", "14226112"},
                {"vnp_TransactionStatus", "00"},
                {"vnp_TxnRef", kTestReference}};
    }
    static std::string query_of(const Fields& fields) { return signed_query(kTestSecret, fields); }
    static std::string query_with(std::string name, std::string value) {
        auto fields = paid_fields();
        fields.insert_or_assign(std::move(name), std::move(value));
        return query_of(fields);
    }
    bool is_genuine(std::string_view query) const { return gateway_.verify(query).has_value(); }

    FakeHttpClient http_;
    FakeClock clock_;
    SeededRandom random_;
    VnpayGateway gateway_{test_config(), http_, clock_, random_};
};

std::vector<std::string> split(const std::string& query) {
    std::vector<std::string> pieces;
    std::size_t from = 0;
    for (std::size_t to = 0; to != std::string::npos; from = to + 1) {
        to = query.find('&', from);
        pieces.push_back(query.substr(from, to - from));
    }
    return pieces;
}

std::string join(const std::vector<std::string>& pieces) {
    std::string query;
    for (const auto& piece : pieces) query += (query.empty() ? "" : "&") + piece;
    return query;
}

/// What a query says: its fields, with the signature in lower case.
std::optional<Fields> meaning(std::string_view query) {
    auto fields = parse_form(query, kFieldPrefix);
    if (!fields || !fields->contains(kSecureHash)) return fields;
    auto& hash = fields->at(std::string(kSecureHash));
    std::ranges::transform(hash, hash.begin(), [](unsigned char c) { return std::tolower(c); });
    return fields;
}

TEST_F(NoticeTest, TellsWhatWasPaid) {
    const auto notice = gateway_.verify(query_of(paid_fields()));

    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->order_id.text(), kTestReference);
    EXPECT_EQ(notice->amount, Vnd{250'000});
    EXPECT_EQ(notice->state, PaymentState::Paid);
    EXPECT_EQ(notice->failure, PaymentFailure::None);
    EXPECT_EQ(notice->gateway_transaction, "14226112");
    EXPECT_EQ(notice->bank_code, "NCB");
    EXPECT_EQ(notice->evidence, canonical(paid_fields()));
    EXPECT_FALSE(notice->evidence.contains(kSecureHash));
}

TEST_F(NoticeTest, AnyFlippedBitIsRefusedUnlessItChangesNothing) {
    const auto query = query_of(paid_fields());
    const auto original = meaning(query);
    std::size_t harmless = 0;
    for (std::size_t i = 0; i < query.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            auto tampered = query;
            tampered[i] = static_cast<char>(static_cast<unsigned char>(query[i]) ^ (1U << bit));
            if (meaning(tampered) == original) {
                ++harmless;
            } else {
                EXPECT_FALSE(is_genuine(tampered)) << tampered;
            }
        }
    }
    // Only the case of hex digits, in the hash and in the escape %3A, carries no meaning.
    const auto hash = query.substr(query.size() - 128);
    const auto letters =
        std::ranges::count_if(hash, [](unsigned char c) { return std::isalpha(c); });
    EXPECT_EQ(harmless, static_cast<std::size_t>(letters) + 1);
}

TEST_F(NoticeTest, ADroppedParameterIsRefused) {
    const auto pieces = split(query_of(paid_fields()));
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto fewer = pieces;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(is_genuine(join(fewer))) << pieces[i];
    }
}

TEST_F(NoticeTest, ADoubledParameterIsRefused) {
    const auto query = query_of(paid_fields());
    for (const auto& piece : split(query)) {
        EXPECT_FALSE(is_genuine(query + "&" + piece)) << piece;
        EXPECT_FALSE(is_genuine(piece.substr(0, piece.find('=')) + "=&" + query)) << piece;
    }
}

TEST_F(NoticeTest, AnotherOrderOfParametersIsFine) {
    auto pieces = split(query_of(paid_fields()));
    std::ranges::reverse(pieces);

    EXPECT_TRUE(is_genuine(join(pieces)));
}

TEST_F(NoticeTest, ARecasedNameIsRefused) {
    for (const auto& piece : split(query_of(paid_fields()))) {
        for (std::size_t i = 0; i < piece.find('='); ++i) {
            auto pieces = split(query_of(paid_fields()));
            auto& target = *std::ranges::find(pieces, piece);
            if (std::isalpha(static_cast<unsigned char>(target[i])) == 0) continue;
            target[i] = static_cast<char>(target[i] ^ 0x20);
            EXPECT_FALSE(is_genuine(join(pieces))) << target;
        }
    }
}

TEST_F(NoticeTest, AnAddedFieldIsRefusedButAForeignParameterIsNot) {
    const auto query = query_of(paid_fields());

    EXPECT_FALSE(is_genuine(query + "&vnp_Extra=1"));
    EXPECT_TRUE(is_genuine(query + "&utm_source=mail&fbclid=%zz"));
    EXPECT_TRUE(is_genuine(query + "&vnp_SecureHashType=HmacSHA512"));
}

TEST_F(NoticeTest, GarbageIsRefused) {
    for (const std::string_view query : {"", "&", "=", "vnp_SecureHash=", "%", "vnp_SecureHash"}) {
        const auto notice = gateway_.verify(query);
        ASSERT_FALSE(notice.has_value()) << query;
        EXPECT_EQ(notice.error().code, "payment.bad_signature");
    }
    EXPECT_FALSE(is_genuine(std::string(kMaxQueryBytes, 'x') + "&" + query_of(paid_fields())));
}

TEST_F(NoticeTest, AnotherTerminalIsRefusedThoughSignedWithOurSecret) {
    EXPECT_FALSE(is_genuine(query_with("vnp_TmnCode", "OTHERTMN")));
    EXPECT_FALSE(is_genuine(query_with("vnp_TmnCode", "")));
    EXPECT_FALSE(is_genuine(query_with("vnp_TmnCode", "testtmn1")));
}

TEST_F(NoticeTest, AGenuineNoticeWithAnOddAmountMatchesNoOrder) {
    for (const char* const amount :
         {"", "0", "-25000000", "025000000", "25000050", "2.5e7", "1000000000000", "25000000 "}) {
        const auto notice = gateway_.verify(query_with("vnp_Amount", amount));
        ASSERT_TRUE(notice.has_value()) << amount;
        EXPECT_EQ(notice->amount, Vnd{0}) << amount;
    }
}

TEST_F(NoticeTest, AGenuineNoticeWithoutReferenceNamesNoOrder) {
    const auto notice = gateway_.verify(query_with("vnp_TxnRef", ""));

    ASSERT_TRUE(notice.has_value());
    EXPECT_TRUE(notice->order_id.empty());
}

TEST_F(NoticeTest, ACancelledPaymentHasNoTransaction) {
    auto fields = paid_fields();
    fields["vnp_ResponseCode"] = "24";
    fields["vnp_TransactionStatus"] = "02";
    fields["vnp_TransactionNo"] = "0";

    const auto notice = gateway_.verify(query_of(fields));

    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->state, PaymentState::Failed);
    EXPECT_EQ(notice->failure, PaymentFailure::Cancelled);
    EXPECT_EQ(notice->gateway_transaction, "");
}

TEST_F(NoticeTest, WithoutAStatusNothingIsPaid) {
    const auto notice = gateway_.verify(query_with("vnp_TransactionStatus", ""));

    ASSERT_TRUE(notice.has_value());
    EXPECT_EQ(notice->state, PaymentState::Pending);
}

TEST_F(NoticeTest, BothSecretsCountDuringAChange) {
    auto config = test_config();
    config.previous_hash_secret = config.hash_secret;
    config.hash_secret = Secret{"NEWSECRET"};
    const VnpayGateway changing{config, http_, clock_, random_};

    EXPECT_TRUE(changing.verify(signed_query(kTestSecret, paid_fields())).has_value());
    EXPECT_TRUE(changing.verify(signed_query(Secret{"NEWSECRET"}, paid_fields())).has_value());
    EXPECT_FALSE(changing.verify(signed_query(Secret{"THIRD"}, paid_fields())).has_value());
    EXPECT_FALSE(gateway_.verify(signed_query(Secret{}, paid_fields())).has_value());
}

}  // namespace
}  // namespace imagify::vnpay
