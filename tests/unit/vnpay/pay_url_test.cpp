#include <gtest/gtest.h>

#include "adapters/vnpay/signature.hpp"
#include "unit/vnpay/vnpay_fakes.hpp"

namespace imagify::vnpay {
namespace {

class PayUrlTest : public ::testing::Test {
protected:
    /// The fields of the pay URL of `order_`, without its signature.
    Fields fields() const {
        const auto url = gateway_.pay_url(order_);
        return *parse_form(url.substr(url.find('?') + 1), kFieldPrefix);
    }

    FakeHttpClient http_;
    FakeClock clock_;
    SeededRandom random_;
    VnpayGateway gateway_{test_config(), http_, clock_, random_};
    Order order_ = test_order();
};

TEST_F(PayUrlTest, IsWhatAnotherImplementationMakes) {
    // Hashed with Python's hmac and quote_plus.
    EXPECT_EQ(
        gateway_.pay_url(order_),
        "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?vnp_Amount=25000000&vnp_Command=pay"
        "&vnp_CreateDate=20260101000500&vnp_CurrCode=VND&vnp_ExpireDate=20260101002000"
        "&vnp_IpAddr=203.0.113.7&vnp_Locale=vn"
        "&vnp_OrderInfo=Imagify+100+credits+IMG1+u_01ARZ3NDEKTSV4RRFFQ69G5FAV+basic+100"
        "&vnp_OrderType=other"
        "&vnp_ReturnUrl=https%3A%2F%2Fshop.example.vn%2Fpayment-result&vnp_TmnCode=TESTTMN1"
        "&vnp_TxnRef=T01ARZ3NDEKTSV4RRFFQ69G5FAV&vnp_Version=2.1.0&vnp_SecureHash="
        "4b59c73d66432141718435d93c9d97ab19d6f424a5a06fe971226b3de287f02b"
        "8fd9a0d1bd1fceaa25c362c6da3e7adb59c85e440c06ea0003a270f82d11f188");
}

TEST_F(PayUrlTest, DependsOnTheOrderAlone) {
    const auto first = gateway_.pay_url(order_);
    clock_.advance(std::chrono::hours{1});

    EXPECT_EQ(gateway_.pay_url(order_), first);
    EXPECT_TRUE(http_.sent.empty());
}

TEST_F(PayUrlTest, CarriesBankAndLanguageWhenChosen) {
    EXPECT_FALSE(fields().contains("vnp_BankCode"));

    order_.requested_bank = "VNPAYQR";
    order_.gateway_locale = "en";
    EXPECT_EQ(fields().at("vnp_BankCode"), "VNPAYQR");
    EXPECT_EQ(fields().at("vnp_Locale"), "en");

    order_.gateway_locale = "fr";
    EXPECT_EQ(fields().at("vnp_Locale"), "vn");
}

TEST_F(PayUrlTest, NamesTheCustomersAddressOnlyWhenVnpayTakesIt) {
    for (const char* const good :
         {"1.2.3.4", "203.0.113.255", "2001:db8::1", "::ffff:203.0.113.7"}) {
        order_.client_address = good;
        EXPECT_EQ(fields().at("vnp_IpAddr"), good);
    }
    for (const char* const bad : {"", "::1", "unknown", "1.2.3", "1.2.3.4, 5.6.7.8", "1.2.3.4:80",
                                  "fe80::1%eth0", "1.2.3.256", "[2001:db8::1]"}) {
        order_.client_address = bad;
        EXPECT_EQ(fields().at("vnp_IpAddr"), "127.0.0.1") << bad;
    }
}

TEST_F(PayUrlTest, DescribesTheOrderInPlainLetters) {
    order_.plan_id = "nâng-cao*&'(~)!";
    EXPECT_EQ(fields().at("vnp_OrderInfo"),
              "Imagify 100 credits IMG1 u_01ARZ3NDEKTSV4RRFFQ69G5FAV nng-cao 100");

    order_.plan_id = std::string(400, 'x');
    EXPECT_EQ(fields().at("vnp_OrderInfo").size(), 255U);
}

TEST_F(PayUrlTest, NeverShowsTheSecret) {
    EXPECT_FALSE(gateway_.pay_url(order_).contains(kTestSecret.reveal()));
}

TEST_F(PayUrlTest, IsSignedWithTheNewSecretDuringAChange) {
    auto config = test_config();
    config.previous_hash_secret = config.hash_secret;
    config.hash_secret = Secret{"NEWSECRET"};
    const VnpayGateway changing{config, http_, clock_, random_};

    const auto url = changing.pay_url(order_);

    EXPECT_TRUE(url.ends_with(sign(Secret{"NEWSECRET"}, canonical(fields()))));
}

}  // namespace
}  // namespace imagify::vnpay
