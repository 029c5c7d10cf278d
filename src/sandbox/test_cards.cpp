#include "sandbox/test_cards.hpp"

#include <algorithm>
#include <array>

namespace imagify::sandbox {
namespace {

// Numbers: sandbox.vnpayment.vn/apis/vnpay-demo. Codes: vnp_ResponseCode and vnp_TransactionStatus
// of pay.html; VNPAY publishes none for an expired card, so it is 99 (other) here.
constexpr auto kCards = std::to_array<TestCard>({
    {"ncb", "Thẻ nội địa NCB", "NCB domestic card", "9704198526191432198", "NCB", "ATM", "00", "00",
     "Thành công", "Success"},
    {"visa", "Thẻ quốc tế Visa", "Visa", "4456530000001005", "VISA", "VISA", "00", "00",
     "Thành công", "Success"},
    {"mastercard", "Thẻ quốc tế Mastercard", "Mastercard", "5200000000001005", "MASTERCARD",
     "MASTERCARD", "00", "00", "Thành công", "Success"},
    {"insufficient", "Thẻ nội địa NCB", "NCB domestic card", "9704195798459170488", "NCB", "ATM",
     "51", "02", "Không đủ số dư", "Insufficient funds"},
    {"inactive", "Thẻ nội địa NCB", "NCB domestic card", "9704192181368742", "NCB", "ATM", "09",
     "02", "Chưa kích hoạt", "Not activated"},
    {"locked", "Thẻ nội địa NCB", "NCB domestic card", "9704193370791314", "NCB", "ATM", "12", "02",
     "Bị khóa", "Locked"},
    {"expired", "Thẻ nội địa NCB", "NCB domestic card", "9704194841945513", "NCB", "ATM", "99",
     "02", "Thẻ hết hạn", "Expired card"},
    {"wrong-otp", "Nhập sai OTP", "Wrong OTP", "", "NCB", "ATM", "13", "02", "Thất bại", "Fails"},
    {"attempts", "Nhập sai mật khẩu quá số lần", "Wrong password too often", "", "NCB", "ATM", "79",
     "02", "Thất bại", "Fails"},
    {"limit", "Vượt hạn mức trong ngày", "Over the daily limit", "", "NCB", "ATM", "65", "02",
     "Thất bại", "Fails"},
    {"maintenance", "Ngân hàng bảo trì", "Bank under maintenance", "", "NCB", "ATM", "75", "02",
     "Thất bại", "Fails"},
    {"fraud", "Đã trừ tiền, nghi ngờ gian lận", "Paid, suspected fraud", "", "NCB", "ATM", "07",
     "07", "Bị giữ lại", "Held"},
    {"notice-lost", "Đã trả, IPN bị mất", "Paid, the IPN is lost", "", "NCB", "ATM", "00", "00",
     "Chỉ querydr biết", "Only querydr knows", NoticeFate::Lost},
    {"notice-late", "Đã trả, IPN đến trễ", "Paid, the IPN arrives late", "", "NCB", "ATM", "00",
     "00", "Thành công", "Success", NoticeFate::Late},
});

constexpr TestCard kCancelled{.id = "cancel",
                              .name_vi = "Khách hủy",
                              .name_en = "Customer cancelled",
                              .bank_code = "VNPAY",
                              .card_type = "QRCODE",
                              .response_code = "24",
                              .transaction_status = "02",
                              .outcome_vi = "Đã hủy",
                              .outcome_en = "Cancelled"};

constexpr TestCard kTimedOut{.id = "timeout",
                             .name_vi = "Hết thời gian",
                             .name_en = "Out of time",
                             .bank_code = "VNPAY",
                             .card_type = "QRCODE",
                             .response_code = "11",
                             .transaction_status = "02",
                             .outcome_vi = "Quá hạn thanh toán",
                             .outcome_en = "Payment window over"};

}  // namespace

std::span<const TestCard> test_cards() { return kCards; }

const TestCard* find_card(std::string_view id) {
    const auto* const found = std::ranges::find(kCards, id, &TestCard::id);
    return found == kCards.end() ? nullptr : found;
}

const TestCard& cancelled_payment() { return kCancelled; }

const TestCard& timed_out_payment() { return kTimedOut; }

}  // namespace imagify::sandbox
