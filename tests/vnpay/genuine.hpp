#pragma once

#include "vnpay/case.hpp"
#include "vnpay/dice.hpp"

namespace imagify::testing {

/// What VNPAY tells the return and IPN addresses about a paid order, with bank, text and optional
/// fields that differ from order to order.
Subject paid_notice(const std::string& reference, std::int64_t amount_vnd, Dice& dice);

/// The same as a querydr answer, with the unsigned fields that real ones carry.
Subject paid_answer(const std::string& reference, std::int64_t amount_vnd, Dice& dice);

/// An accepted full refund as the merchant API answers it.
Subject refund_answer(const std::string& reference, std::int64_t amount_vnd, Dice& dice);

/// A finished full refund as querydr tells of it.
Subject refund_told(const std::string& reference, std::int64_t amount_vnd, Dice& dice);

/// A copy with one field changed; with an empty value the field is gone.
second::Pairs with(second::Pairs fields, std::string_view name, std::string_view value);

/// The value of a field, or "".
std::string value_of(const second::Pairs& fields, std::string_view name);

/// The signed notice in a random one of the spellings that mean the same: any order, any encoding
/// of each character, foreign parameters, empty ones, the hash in either case and anywhere.
std::string spell_notice(const second::Pairs& fields, Dice& dice);

/// The same for a signed answer: members in any order, escapes, numbers for digits, spaces.
std::string spell_answer(second::Answer kind, const second::Pairs& fields, Dice& dice);

}  // namespace imagify::testing
