#include "vnpay/second_shop.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace imagify::testing {
namespace {

constexpr std::string_view kHash = "vnp_SecureHash";

constexpr auto kFlaws = std::to_array<NamedFlaw>({
    {Flaw::EitherCode, "PHP sample: ResponseCode 00 || TransactionStatus 00"},
    {Flaw::CodeOnly, "Python sample: ResponseCode alone"},
    {Flaw::UnsignedAnswer, "npm vnpay: unsigned querydr answer believed"},
    {Flaw::ReferencePrefix, "payment.py: TxnRef.split('_')[0]"},
    {Flaw::AmountIgnored, "first app: amount not compared"},
    {Flaw::AmountAsNumber, "npm vnpay: amount is a number before it is hashed"},
    {Flaw::TerminalIgnored, "all samples: vnp_TmnCode not compared"},
    {Flaw::HashPrefix, "compare over the received length"},
    {Flaw::LastWins, "parser keeps the last of doubled parameters"},
    {Flaw::RawHash, "hash over the query as it came"},
    {Flaw::CaseSensitive, "=== on the hash"},
    {Flaw::ForeignHashed, "npm vnpay: foreign parameters hashed too"},
    {Flaw::Repeatable, "first app: each reload credits again"},
    {Flaw::Poisoned, "nestjs-vnpay: a bad signature is remembered"},
    {Flaw::RefundIsPayment, "querydr: TransactionType not read"},
});

std::string get(const second::Sorted& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
}

second::Pairs pairs_of(const second::Sorted& fields) { return {fields.begin(), fields.end()}; }

template <class Take>
void each_piece(std::string_view query, Take take) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        if (end > 0) take(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

std::string raw_text(std::string_view query) {
    std::string text;
    each_piece(query, [&](std::string_view piece) {
        if (!piece.starts_with(kHash)) text += (text.empty() ? "" : "&") + std::string(piece);
    });
    return text;
}

bool has_capitals_in_hash(std::string_view bytes) {
    const auto at = bytes.find(kHash);
    const auto hash = at == std::string_view::npos ? "" : bytes.substr(at + kHash.size(), 133);
    return std::ranges::any_of(hash, [](char c) { return c >= 'A' && c <= 'F'; });
}

}  // namespace

std::span<const NamedFlaw> known_flaws() { return kFlaws; }

void SecondShop::open_order(const std::string& reference, std::int64_t amount_vnd) {
    orders_.emplace(reference, amount_vnd);
}

Deed SecondShop::take(const Case& message, const std::string& asked) {
    const auto reading = read(message);
    if (!reading) return Deed::Refuses;
    auto reference = get(reading->fields, "vnp_TxnRef");
    if (!signature_fits(message, *reading)) {
        if (has(Flaw::Poisoned)) poisoned_.insert(reference);
        return Deed::Refuses;
    }
    if (poisoned_.contains(reference)) return Deed::Refuses;
    if (!says_paid(message, reading->fields, asked)) return Deed::Refuses;
    if (has(Flaw::ReferencePrefix)) reference = reference.substr(0, reference.find('_'));
    const auto order = orders_.find(reference);
    if (order == orders_.end()) return Deed::Refuses;
    if (!amount_fits(get(reading->fields, "vnp_Amount"), order->second)) return Deed::Refuses;
    const bool first = paid_.insert(reference).second;
    return first || has(Flaw::Repeatable) ? Deed::Credits : Deed::AlreadyDone;
}

std::optional<second::Reading> SecondShop::read(const Case& message) const {
    if (message.channel != Channel::Notice) {
        return second::read_answer(second::Answer::Query, message.bytes);
    }
    const bool lenient = has(Flaw::LastWins) || has(Flaw::ForeignHashed);
    return lenient ? read_leniently(message.bytes) : second::read_notice(message.bytes);
}

std::optional<second::Reading> SecondShop::read_leniently(std::string_view query) const {
    second::Reading reading;
    each_piece(query, [&](std::string_view piece) {
        const auto equals = std::min(piece.find('='), piece.size());
        const auto name = second::unquote(piece.substr(0, equals));
        const auto value = second::unquote(piece.substr(std::min(equals + 1, piece.size())));
        if (!name || !value || (!name->starts_with("vnp_") && !has(Flaw::ForeignHashed))) return;
        reading.fields.insert_or_assign(*name, *value);
    });
    reading.hash = get(reading.fields, kHash);
    std::erase_if(reading.fields, [](const auto& field) {
        return field.second.empty() || field.first.starts_with(kHash);
    });
    return reading;
}

bool SecondShop::signature_fits(const Case& message, const second::Reading& reading) const {
    if (has(Flaw::CaseSensitive) && has_capitals_in_hash(message.bytes)) return false;
    auto fields = reading.fields;
    if (has(Flaw::AmountAsNumber)) {
        const auto amount = std::strtoll(get(fields, "vnp_Amount").c_str(), nullptr, 10);
        fields["vnp_Amount"] = std::to_string(amount);
    }
    const bool answer = message.channel == Channel::QueryAnswer;
    if (answer && has(Flaw::UnsignedAnswer) && reading.hash.empty()) return true;
    auto text = answer ? second::signed_text(second::Answer::Query, fields)
                       : second::signed_text(pairs_of(fields));
    if (!answer && has(Flaw::RawHash)) text = raw_text(message.bytes);
    const auto expected = second::hmac_sha512(kOurSecret, text);
    return has(Flaw::HashPrefix) ? expected.starts_with(reading.hash) : expected == reading.hash;
}

bool SecondShop::says_paid(const Case& message, const second::Sorted& fields,
                           const std::string& asked) const {
    if (get(fields, "vnp_TmnCode") != kOurTerminal && !has(Flaw::TerminalIgnored)) return false;
    const bool code = get(fields, "vnp_ResponseCode") == "00";
    const bool status = get(fields, "vnp_TransactionStatus") == "00";
    if (message.channel == Channel::QueryAnswer) {
        const bool payment =
            get(fields, "vnp_TransactionType") == "01" || has(Flaw::RefundIsPayment);
        return code && status && payment && get(fields, "vnp_Command") == "querydr" &&
               get(fields, "vnp_TxnRef") == asked;
    }
    if (has(Flaw::EitherCode)) return code || status;
    return code && (status || has(Flaw::CodeOnly));
}

bool SecondShop::amount_fits(const std::string& text, std::int64_t amount_vnd) const {
    if (has(Flaw::AmountIgnored)) return true;
    if (has(Flaw::AmountAsNumber)) {
        return std::strtoll(text.c_str(), nullptr, 10) == amount_vnd * 100;
    }
    return text == std::to_string(amount_vnd * 100);
}

}  // namespace imagify::testing
