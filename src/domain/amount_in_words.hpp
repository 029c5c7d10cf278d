#pragma once

#include <string>

#include "domain/account.hpp"
#include "domain/money.hpp"

namespace imagify {

/// An amount as a receipt spells it, first letter large: "Hai trăm năm mươi nghìn đồng", "Two
/// hundred fifty thousand Vietnamese dong". `amount` lies in 0..999,999,999,999.
std::string amount_in_words(Vnd amount, Locale locale);

}  // namespace imagify
