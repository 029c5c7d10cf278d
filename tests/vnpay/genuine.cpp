#include "vnpay/genuine.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace imagify::testing {
namespace {

constexpr std::array<std::string_view, 6> kBanks = {"NCB",  "VNPAY",   "VIETCOMBANK",
                                                    "BIDV", "VNPAYQR", "JCB"};
constexpr std::array<std::string_view, 5> kTexts = {
    "Thanh toan don hang thoi gian: 2026-01-15 10:04:05", "Imagify basic 100 credits",
    "Nạp tiền mua lượt vẽ", "a*b-c.d_e/f?g=h&i#j%k+l", "SIT test 1"};

std::string escaped(unsigned char c, bool upper) {
    const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    return {'%', digits[c >> 4U], digits[c & 15U]};
}

// One of the ways to write a character that all mean it.
std::string spelled(char c, Dice& dice) {
    constexpr std::string_view kNeverBare = "&=+%# ";
    const auto byte = static_cast<unsigned char>(c);
    const bool bare = byte > 0x20 && byte < 0x7f && !kNeverBare.contains(c);
    if (c == ' ' && dice.one_in(2)) return "+";
    if (bare && !dice.one_in(8)) return {c};
    return escaped(byte, dice.one_in(2));
}

std::string spelled(std::string_view text, Dice& dice) {
    std::string out;
    for (const char c : text) out += spelled(c, dice);
    return out;
}

std::string random_case(std::string hex, Dice& dice) {
    for (char& c : hex) {
        if (dice.one_in(2)) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return hex;
}

std::string json_text(std::string_view text, Dice& dice) {
    std::string out = "\"";
    for (const char c : text) {
        const bool ascii = static_cast<unsigned char>(c) < 0x80;
        const bool must = c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
        if (ascii && (must || dice.one_in(8))) {
            out += "\\u00" + escaped(static_cast<unsigned char>(c), dice.one_in(2)).substr(1);
        } else {
            out += c;
        }
    }
    return out + "\"";
}

bool is_plain_number(std::string_view text) {
    return !text.empty() && text.size() < 19 && text[0] != '0' &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Subject paid_notice(const std::string& reference, std::int64_t amount_vnd, Dice& dice) {
    const auto number = dice.digits(8 + dice.roll(6));
    Subject subject{.reference = reference, .amount_vnd = amount_vnd, .fields = {}};
    subject.fields = {{"vnp_Amount", std::to_string(amount_vnd * 100)},
                      {"vnp_BankCode", std::string(dice.pick<std::string_view>(kBanks))},
                      {"vnp_OrderInfo", std::string(dice.pick<std::string_view>(kTexts))},
                      {"vnp_ResponseCode", "00"},
                      {"vnp_TmnCode", kOurTerminal},
                      {"vnp_TransactionNo", number},
                      {"vnp_TransactionStatus", "00"},
                      {"vnp_TxnRef", reference}};
    if (!dice.one_in(4)) subject.fields.emplace_back("vnp_BankTranNo", "VNP" + number);
    if (!dice.one_in(4)) subject.fields.emplace_back("vnp_CardType", "ATM");
    if (!dice.one_in(4)) subject.fields.emplace_back("vnp_PayDate", "20260115100712");
    return subject;
}

Subject paid_answer(const std::string& reference, std::int64_t amount_vnd, Dice& dice) {
    Subject subject{.reference = reference, .amount_vnd = amount_vnd, .fields = {}};
    subject.fields = {{"vnp_ResponseId", "b8fd" + dice.digits(12)},
                      {"vnp_Command", "querydr"},
                      {"vnp_ResponseCode", "00"},
                      {"vnp_Message", "QueryDR Success"},
                      {"vnp_TmnCode", kOurTerminal},
                      {"vnp_TxnRef", reference},
                      {"vnp_Amount", std::to_string(amount_vnd * 100)},
                      {"vnp_OrderInfo", dice.one_in(2) ? "Thanh toan" : "Nạp tiền"},
                      {"vnp_BankCode", std::string(dice.pick<std::string_view>(kBanks))},
                      {"vnp_PayDate", "20260115100712"},
                      {"vnp_TransactionNo", dice.digits(8 + dice.roll(6))},
                      {"vnp_TransactionType", "01"},
                      {"vnp_TransactionStatus", "00"}};
    if (dice.one_in(4)) {
        subject.fields.emplace_back("vnp_PromotionCode", "TET2026");
        subject.fields.emplace_back("vnp_PromotionAmount", "1000000");
    }
    // Real answers carry unsigned fields too.
    if (dice.one_in(2)) subject.fields.emplace_back("vnp_CardNumber", "970419xxxxxx2198");
    if (dice.one_in(2)) subject.fields.emplace_back("vnp_Trace", dice.digits(6));
    return subject;
}

Subject refund_answer(const std::string& reference, std::int64_t amount_vnd, Dice& dice) {
    auto subject = paid_answer(reference, amount_vnd, dice);
    subject.fields = with(subject.fields, "vnp_Command", "refund");
    subject.fields = with(subject.fields, "vnp_Message", "Refund success");
    subject.fields = with(subject.fields, "vnp_TransactionType", "02");
    subject.fields = with(subject.fields, "vnp_TransactionStatus", "05");
    return subject;
}

Subject refund_told(const std::string& reference, std::int64_t amount_vnd, Dice& dice) {
    auto subject = paid_answer(reference, amount_vnd, dice);
    subject.fields = with(subject.fields, "vnp_TransactionType", "02");
    return subject;
}

second::Pairs with(second::Pairs fields, std::string_view name, std::string_view value) {
    const auto found = std::ranges::find(
        fields, name, [](const auto& field) { return std::string_view(field.first); });
    if (found == fields.end()) {
        if (!value.empty()) fields.emplace_back(name, value);
    } else if (value.empty()) {
        fields.erase(found);
    } else {
        found->second = value;
    }
    return fields;
}

std::string value_of(const second::Pairs& fields, std::string_view name) {
    for (const auto& [field, value] : fields) {
        if (field == name) return value;
    }
    return "";
}

std::string spell_notice(const second::Pairs& fields, Dice& dice) {
    std::vector<std::string> pieces;
    for (const auto& [name, value] : fields) {
        pieces.push_back(spelled(name, dice) + "=" + spelled(value, dice));
    }
    const auto hash = second::hmac_sha512(kOurSecret, second::signed_text(fields));
    pieces.push_back("vnp_SecureHash=" + random_case(hash, dice));
    if (dice.one_in(4)) pieces.emplace_back("vnp_SecureHashType=HmacSHA512");
    if (dice.one_in(4)) pieces.emplace_back("utm_source=mail&fbclid=%zz");
    if (dice.one_in(4)) pieces.emplace_back("vnp_Bill_Email=");
    if (dice.one_in(4)) pieces.emplace_back("");
    dice.shuffle(pieces);
    std::string query;
    for (const auto& piece : pieces) query += (query.empty() ? "" : "&") + piece;
    return query;
}

std::string spell_answer(second::Answer kind, const second::Pairs& fields, Dice& dice) {
    const second::Sorted values(fields.begin(), fields.end());
    const auto hash = second::hmac_sha512(kOurSecret, second::signed_text(kind, values));
    auto members = fields;
    members.emplace_back("vnp_SecureHash", random_case(hash, dice));
    if (dice.one_in(4)) members.emplace_back("vnp_Issuer", "");
    dice.shuffle(members);
    std::string json = dice.one_in(4) ? " {\n" : "{";
    bool first = true;
    for (const auto& [name, value] : members) {
        const bool number = is_plain_number(value) && dice.one_in(4);
        json += first ? "" : ",";
        json += json_text(name, dice) + (dice.one_in(4) ? " : " : ":");
        json += number ? value : json_text(value, dice);
        first = false;
    }
    return json + "}";
}

}  // namespace imagify::testing
