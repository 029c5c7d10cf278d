#include <array>

#include "sim/catalogue.hpp"

namespace imagify::sim {
namespace {

// In the order of their names; `sim_test` compares the names with the source.
constexpr auto kMutants = std::to_array<Mutant>({
    {"account.email_taken_twice", "a second account of an address is not refused in time"},
    {"account.gift_not_booked", "the gift is on the account but not in the ledger"},
    {"cancel.owner_ignored", "anybody may cancel"},
    {"capture.held_stays", "a charge leaves the hold in the balance"},
    {"capture.lease_ignored", "a process without the lease may charge"},
    {"capture.not_guarded", "a charge does not ask whether the hold is open"},
    {"collect.forgets_failures", "bytes that could not be removed are forgotten"},
    {"delete.held_too", "a picture that is still held may be deleted"},
    {"delete.owner_ignored", "anybody may delete"},
    {"deletion.address_forgotten", "whoever deletes an account may earn its gift again"},
    {"deletion.holds_stay", "a deleted account keeps what was held"},
    {"deletion.not_booked", "the credits of a deleted account vanish without an entry"},
    {"deletion.open_payment_ignored", "an account with an open payment may be deleted"},
    {"due.only_pending", "orders that failed are never asked about again"},
    {"dynamodb.balance_rewritten", "a hold writes the balance that it read, less its price"},
    {"dynamodb.credits_unconditional", "credits are taken without asking whether they are there"},
    {"dynamodb.entry_overwritten", "a ledger entry that exists is written again"},
    {"dynamodb.lease_ignored", "a process without the lease may charge"},
    {"dynamodb.number_unguarded", "one payment pays two orders"},
    {"dynamodb.resolved_twice", "a hold that has ended may end again"},
    {"dynamodb.sequence_unconditional", "two ledger entries may follow the same one"},
    {"dynamodb.token_forgotten", "a repetition looks like another transaction"},
    {"grant.given_twice", "a grant with the same ref is given again"},
    {"hold.charged_apart", "the check of the credits and the charge are two transactions"},
    {"hold.credits_not_taken", "a hold sets nothing aside"},
    {"key.fingerprint_ignored", "another body under the same key is taken for a retry"},
    {"key.ignored", "a repeated key is not looked up"},
    {"key.kept_apart", "the key is stored in a transaction of its own"},
    {"key.not_kept", "the key is not stored"},
    {"ledger.balance_without_held", "the running balance leaves out what is held"},
    {"ledger.capture_forgotten", "a charge writes no ledger entry"},
    {"ledger.purchase_forgotten", "a purchase writes no ledger entry"},
    {"mark.acknowledged_only", "a failure is acknowledged but not recorded"},
    {"mark.forgets_fraud", "an order suspected of fraud may fail"},
    {"mark.no_amount_check", "a failure of another amount is believed"},
    {"paint.charged_unstored", "a picture that could not be stored is charged"},
    {"paint.loser_keeps_bytes", "a painting that lost its hold leaves its bytes"},
    {"paint.not_inspected", "bytes are charged without a look at them"},
    {"reaper.blind", "no hold is ever overdue"},
    {"reaper.hasty", "holds are released before their deadline"},
    {"reaper.trusts_the_wall_clock", "a clock that went back keeps holds open"},
    {"reconcile.expires_at_once", "an order expires within its payment window"},
    {"reconcile.one_no_is_enough", "an order that failed once is given up"},
    {"reconcile.silence_is_no", "no answer is taken for \"unknown payment\""},
    {"recover.blind", "holds of a dead process are not looked for"},
    {"recover.keeps_the_dead_lease", "a roll-forward charges with the dead process's lease"},
    {"recover.never_rolls_forward", "a stored picture of a dead process is thrown away"},
    {"refuse.forgets_fraud", "a message with another amount clears a suspicion of fraud"},
    {"refund.accepted_is_done", "a refund is done when the bank has only accepted it"},
    {"refund.moving_is_the_end", "a refund on its way is taken for a rejected one"},
    {"refund.not_held", "the credits of a refund stay spendable"},
    {"refund.rejection_keeps_credits", "a rejected refund does not give the credits back"},
    {"refund.silence_is_rejection", "a lost answer to a refund is taken for a no"},
    {"release.credits_lost", "a release does not give the credits back"},
    {"release.not_guarded", "a release does not ask whether the hold is open"},
    {"return.credits", "the browser's return credits"},
    {"review.judged_again",
     "a repeated message reopens what a person has settled, and nobody sees it"},
    {"review.settled_twice", "a case is settled again"},
    {"schedule.stops", "the second check never comes"},
    {"settle.credits_twice", "a purchase adds its credits twice"},
    {"settle.expiry_is_final", "money for an expired order is refused"},
    {"settle.failure_acknowledged", "the bank hears 00 although the store failed"},
    {"settle.failure_is_final", "money for a failed order is refused"},
    {"settle.no_amount_check", "any amount pays an order"},
    {"settle.no_status_guard", "a paid order is paid again"},
    {"settle.repeat_credits", "a repeated notice adds credits"},
    {"settle.reused_transaction", "one payment pays two orders"},
    {"settle.review_is_final", "money for an order under review is refused"},
    {"settle.second_payment_forgotten", "a second payment is not put before a person"},
    {"vnpay.address_of_today", "a retry's pay address has another date"},
    {"vnpay.answer_about_any_order", "querydr: an answer about another order is believed"},
    {"vnpay.answer_of_any_terminal", "querydr: an answer of another terminal is believed"},
    {"vnpay.any_terminal", "a notice of another terminal is believed"},
    {"vnpay.any_type", "querydr: an answer about a refund is taken for a payment"},
    {"vnpay.doubled_field", "a notice with a doubled field is believed"},
    {"vnpay.forged_accepted", "a notice's signature is not checked"},
    {"vnpay.query_of_today", "querydr asks with another date than the order's"},
    {"vnpay.response_code_only", "a notice's TransactionStatus is not looked at"},
    {"vnpay.unsigned_answer", "querydr: an answer's signature is not checked"},
    {"writer.answers_before_commit", "the answer goes out before the commit"},
    {"writer.swallows_errors", "a failed write is reported as done"},
});

}  // namespace

std::span<const Mutant> mutants() { return kMutants; }

StoreKind hunted_on(const Mutant& mutant) {
    return mutant.name.starts_with("dynamodb.") ? StoreKind::Dynamodb : StoreKind::Sqlite;
}

}  // namespace imagify::sim
