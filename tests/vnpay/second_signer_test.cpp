#include "vnpay/second_signer.hpp"

#include <gtest/gtest.h>

#include "unit/vnpay/vectors.hpp"
#include "vnpay/case.hpp"

namespace imagify::testing {
namespace {

using vnpay::vectors;

second::Pairs pairs_of(const vnpay::Fields& fields) { return {fields.begin(), fields.end()}; }

// The second implementation is held against the vectors of third parties as the first one is.
TEST(SecondSignerTest, SignsPayUrlsAsTheVectorsDo) {
    for (const auto& vector : vectors("pay_urls")) {
        SCOPED_TRACE(vector.name);
        const auto fields = pairs_of(vector.fields("fields"));

        EXPECT_EQ(second::signed_text(fields), vector.text("hash_data"));
        EXPECT_EQ(second::hmac_sha512(kOurSecret, second::signed_text(fields)),
                  vector.text("secure_hash"));
        EXPECT_TRUE(vector.text("expected_url").ends_with(second::notice(kOurSecret, fields)));
    }
}

TEST(SecondSignerTest, ReadsCallbacksAsTheVectorsDo) {
    for (const auto& vector : vectors("callbacks")) {
        SCOPED_TRACE(vector.name);
        const auto reading = second::read_notice(vector.text("query"));
        bool valid = false;
        if (reading) {
            const second::Pairs fields(reading->fields.begin(), reading->fields.end());
            valid = second::hmac_sha512(kOurSecret, second::signed_text(fields)) == reading->hash;
            const auto terminal = reading->fields.find("vnp_TmnCode");
            valid = valid && terminal != reading->fields.end() && terminal->second == kOurTerminal;
        }

        EXPECT_EQ(valid, vector.flag("expect_signature_valid"));
    }
}

TEST(SecondSignerTest, SignsAnswersAsTheVectorsDo) {
    for (const auto& [list, kind] : {std::pair{"querydr_responses", second::Answer::Query},
                                     std::pair{"refund_responses", second::Answer::Refund}}) {
        for (const auto& vector : vectors(list)) {
            SCOPED_TRACE(vector.name);
            auto fields = vector.fields("body");
            const second::Sorted values(fields.begin(), fields.end());

            EXPECT_EQ(second::signed_text(kind, values), vector.text("hash_data"));
            EXPECT_EQ(second::hmac_sha512(kOurSecret, vector.text("hash_data")),
                      vector.text("secure_hash"));
        }
    }
}

TEST(SecondSignerTest, QuotesAsTheEncoderTableSays) {
    const auto all = vnpay::load_vectors();
    for (const auto& row : all.at("encoder_table").as_object()) {
        EXPECT_EQ(second::quote(row.key()), row.value().at("form").as_string());
        EXPECT_EQ(second::unquote(second::quote(row.key())), row.key());
    }
}

}  // namespace
}  // namespace imagify::testing
