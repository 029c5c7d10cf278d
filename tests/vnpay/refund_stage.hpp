#pragma once

#include "vnpay/dice.hpp"
#include "vnpay/examiner.hpp"

namespace imagify::testing {

/// A paid order is refunded while forged answers say that the refund was refused, or has arrived:
/// none of them moves a credit, the genuine one does, once. Then everything that was said about the
/// payment comes again.
void play_refund(Merchant& merchant, Examiner& examiner, Dice& dice);

}  // namespace imagify::testing
