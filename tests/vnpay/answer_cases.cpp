#include "vnpay/answer_cases.hpp"

#include <algorithm>
#include <cctype>

#include "vnpay/genuine.hpp"
#include "vnpay/text_changes.hpp"

namespace imagify::testing {
namespace {

second::Answer kind_of(Channel channel) {
    return channel == Channel::RefundAnswer ? second::Answer::Refund : second::Answer::Query;
}

// The members as JSON, with one value that may be any JSON.
std::string json_with(const second::Pairs& members, std::string_view name, std::string_view json) {
    auto marked = with(members, name, "@mark@");
    return replaced(second::to_json(marked), "\"@mark@\"", json);
}

}  // namespace

AnswerCases::AnswerCases(Subject subject, std::string other_reference, Channel channel, Dice& dice,
                         Sink sink)
    : subject_(std::move(subject)),
      other_reference_(std::move(other_reference)),
      channel_(channel),
      kind_(kind_of(channel)),
      dice_(dice),
      sink_(std::move(sink)),
      hash_(second::hmac_sha512(
          kOurSecret, second::signed_text(
                          kind_, second::Sorted(subject_.fields.begin(), subject_.fields.end())))),
      genuine_(second::answer(kOurSecret, kind_, subject_.fields)),
      meaning_(second::read_answer(kind_, genuine_).value()) {}

void AnswerCases::send_all() {
    // Before anything paid the order, so that a wrongly believed one would be seen to credit it.
    about_something_else();
    wrong_amounts();
    no_payments();
    hashes();
    drops_and_additions();
    doubles();
    shifts();
    letter_cases();
    types();
    wholes();
    spellings();
    flip_each_byte(genuine_, std::string_view("\0\"\\|,:{}0 \xff", 11),
                   [this](std::string bytes) { send("byte flipped", std::move(bytes)); });
}

void AnswerCases::send(std::string_view family, std::string bytes) const {
    const bool same = second::read_answer(kind_, bytes) == meaning_;
    sink_({.family = family,
           .channel = channel_,
           .truth = same ? Truth::Genuine : Truth::Forged,
           .bytes = std::move(bytes)});
}

void AnswerCases::send_fields(std::string_view family, const second::Pairs& fields) const {
    auto members = fields;
    members.emplace_back("vnp_SecureHash", hash_);
    send(family, second::to_json(members));
}

void AnswerCases::send_signed(std::string_view family, const second::Pairs& fields,
                              Truth truth) const {
    sink_({.family = family,
           .channel = channel_,
           .truth = truth,
           .bytes = second::answer(kOurSecret, kind_, fields)});
}

void AnswerCases::about_something_else() const {
    const auto& fields = subject_.fields;
    const auto& right = subject_.reference;
    for (const auto& wrong : {other_reference_, right + "_1", cased(right, std::tolower),
                              std::string(), right.substr(1), right + " "}) {
        send_signed("another order", with(fields, "vnp_TxnRef", wrong), Truth::Forged);
        send_fields("reference swapped", with(fields, "vnp_TxnRef", wrong));
    }
    for (const std::string wrong : {"", "TESTTMN2", "testtmn1", "TESTTMN1 "}) {
        send_signed("another terminal", with(fields, "vnp_TmnCode", wrong), Truth::Forged);
    }
    for (const std::string wrong : {"", "pay", "QUERYDR", "refundbatch", "querydr "}) {
        send_signed("another command", with(fields, "vnp_Command", wrong), Truth::Forged);
    }
}

void AnswerCases::wrong_amounts() const {
    const auto right = subject_.amount_vnd * 100;
    std::vector<std::string> wrong = {"",
                                      "0",
                                      "1e6",
                                      "-1",
                                      "0" + std::to_string(right),
                                      "+1",
                                      "NaN",
                                      "null",
                                      "9223372036854775808"};
    for (const std::int64_t off : {-100, -1, 1, 100}) wrong.push_back(std::to_string(right + off));
    for (const auto& amount : wrong) {
        send_signed("amount", with(subject_.fields, "vnp_Amount", amount), Truth::Unproven);
        send_fields("amount unsigned", with(subject_.fields, "vnp_Amount", amount));
    }
}

// Answers that VNPAY may well give, none of them about an arrived payment.
void AnswerCases::no_payments() const {
    const auto& fields = subject_.fields;
    if (channel_ == Channel::RefundAnswer) return;
    for (const std::string type : {"", "02", "03", "1", "010", "00"}) {
        send_signed("transaction type", with(fields, "vnp_TransactionType", type), Truth::Unproven);
    }
    const second::Pairs unknown = {
        {"vnp_ResponseId", "r"},       {"vnp_Command", "querydr"},
        {"vnp_ResponseCode", "91"},    {"vnp_Message", "Transaction_not_found"},
        {"vnp_TmnCode", kOurTerminal}, {"vnp_TxnRef", subject_.reference}};
    send_fields("unknown payment unsigned", unknown);
    send("unknown payment unsigned", second::to_json(unknown));
    auto failed = with(fields, "vnp_TransactionStatus", "02");
    send_fields("failure unsigned", failed);
    send("failure unsigned", second::to_json(failed));
}

void AnswerCases::hashes() const {
    const auto give = [&](std::string_view family, std::string_view hash) {
        send(family, json_with(with(subject_.fields, "vnp_SecureHash", "x"), "vnp_SecureHash",
                               "\"" + std::string(hash) + "\""));
    };
    send("unsigned", second::to_json(subject_.fields));
    for (const char* value :
         {"null", "\"\"", "0", "true", "[]", "{}", "\"null\"", "\"undefined\""}) {
        send("unsigned",
             json_with(with(subject_.fields, "vnp_SecureHash", "x"), "vnp_SecureHash", value));
    }
    for (std::size_t size = 0; size < hash_.size(); ++size) {
        give("hash truncated", std::string_view(hash_).substr(0, size));
        give("hash truncated", std::string_view(hash_).substr(size));
    }
    for (const char* tail : {"0", " ", "\\u0000", "|", "00"}) give("hash extended", hash_ + tail);
    give("hash letter case", cased(hash_, std::toupper));
    const second::Sorted values(subject_.fields.begin(), subject_.fields.end());
    const auto text = second::signed_text(kind_, values);
    for (const auto& secret : {std::string(), std::string("TESTONLYINVENTEDSECRETKEY0000002"),
                               kOurSecret + " ", cased(kOurSecret, std::tolower), kOurTerminal}) {
        give("another secret", second::hmac_sha512(secret, text));
    }
    // VNPAY's own text ends in "||" when there is no promotion; a trimmed one is not it.
    give("hash of another text", second::hmac_sha512(kOurSecret, text + "|"));
    give("hash of another text", second::hmac_sha512(kOurSecret, text.substr(0, text.size() - 1)));
    give("hash of another text",
         second::hmac_sha512(kOurSecret, second::signed_text(subject_.fields)));
}

void AnswerCases::drops_and_additions() const {
    for (const auto& [name, value] : subject_.fields) {
        send_fields("dropped", with(subject_.fields, name, ""));
        send_fields("emptied", second::Pairs());
        auto emptied = subject_.fields;
        for (auto& field : emptied) {
            if (field.first == name) field.second.clear();
        }
        send_fields("emptied", emptied);
        send_fields("value changed", with(subject_.fields, name, value + "0"));
        send_fields("value changed", with(subject_.fields, name, " " + value));
    }
    for (const char* extra : {"vnp_Extra", "vnp_PromotionCode", "vnp_FeeAmount", "amount", ""}) {
        auto more = subject_.fields;
        more.emplace_back(extra, "1");
        send_fields("added", more);
    }
}

void AnswerCases::doubles() const {
    for (const auto& [name, value] : subject_.fields) {
        for (const auto& copy : {value, value + "1", std::string("00"), std::string()}) {
            auto more = subject_.fields;
            more.emplace_back(name, copy);
            send_fields("doubled", more);
            more = subject_.fields;
            more.insert(more.begin(), {name, copy});
            send_fields("doubled", more);
        }
    }
}

// The same joined text read with its borders elsewhere: only a '|' inside a value can do that.
void AnswerCases::shifts() const {
    const std::vector<std::string_view> names = {
        "vnp_ResponseId", "vnp_Command",       "vnp_ResponseCode",    "vnp_Message",
        "vnp_TmnCode",    "vnp_TxnRef",        "vnp_Amount",          "vnp_BankCode",
        "vnp_PayDate",    "vnp_TransactionNo", "vnp_TransactionType", "vnp_TransactionStatus",
        "vnp_OrderInfo",  "vnp_PromotionCode", "vnp_PromotionAmount"};
    for (std::size_t at = 0; at + 1 < names.size(); ++at) {
        auto shifted = subject_.fields;
        shifted = with(
            shifted, names[at],
            value_of(subject_.fields, names[at]) + "|" + value_of(subject_.fields, names[at + 1]));
        for (std::size_t next = at + 1; next + 1 < names.size(); ++next) {
            shifted = with(shifted, names[next], value_of(subject_.fields, names[next + 1]));
        }
        send_fields("borders shifted", with(shifted, names.back(), ""));
    }
}

void AnswerCases::letter_cases() const {
    for (std::size_t i = 0; i < subject_.fields.size(); ++i) {
        for (const auto change : {static_cast<int (*)(int)>(std::tolower), std::toupper}) {
            auto changed = subject_.fields;
            changed[i].first = cased(changed[i].first, change);
            if (changed != subject_.fields) send_fields("letter case of names", changed);
            changed = subject_.fields;
            changed[i].second = cased(changed[i].second, change);
            if (changed != subject_.fields) send_fields("letter case of values", changed);
        }
    }
}

void AnswerCases::types() const {
    auto members = subject_.fields;
    members.emplace_back("vnp_SecureHash", hash_);
    for (const auto& [name, value] : members) {
        for (const auto& json :
             {std::string("null"), std::string("true"), std::string("[]"), std::string("{}"),
              "[\"" + value + "\"]", "{\"value\":\"" + value + "\"}", value, value + ".0",
              value + "e0", "-" + value, "0" + value, "\"" + value + "\\u0000\"",
              "\"\\ud800" + value + "\""}) {
            send("type of values", json_with(members, name, json));
        }
    }
}

void AnswerCases::spellings() const {
    for (int i = 0; i < 40; ++i) send("spelling", spell_answer(kind_, subject_.fields, dice_));
    auto members = subject_.fields;
    for (int i = 0; i < 20; ++i) {
        dice_.shuffle(members);
        send_fields("reordered", members);
    }
}

void AnswerCases::wholes() const {
    for (const auto& whole :
         {std::string(), std::string("{}"), std::string("null"), std::string("[]"),
          "[" + genuine_ + "]", genuine_ + genuine_, genuine_ + "x", "\xef\xbb\xbf" + genuine_,
          "{\"data\":" + genuine_ + "}", std::string("<html>503</html>"), std::string(100'000, '['),
          genuine_.substr(0, genuine_.size() - 1), "\"" + std::string(70'000, 'a') + "\"",
          genuine_ + std::string(70'000, ' '), std::string("vnp_ResponseCode=00")}) {
        send("not an answer", whole);
    }
}

}  // namespace imagify::testing
