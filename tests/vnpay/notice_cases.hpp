#pragma once

#include "vnpay/case.hpp"
#include "vnpay/dice.hpp"

namespace imagify::testing {

/// Every hostile and every allowed variant of one signed query, for the IPN or the return address.
/// Which of them says the same as the original is decided by the second reading, not by us.
class NoticeCases {
public:
    /// `other_reference` is another unpaid order of the merchant.
    NoticeCases(Subject subject, std::string other_reference, Channel channel, Dice& dice,
                Sink sink);

    void send_all();

private:
    void send(std::string_view family, std::string bytes) const;
    void send_signed(std::string_view family, const second::Pairs& fields, Truth truth,
                     std::string_view reply = {}) const;
    void wrong_amounts() const;
    void wrong_references() const;
    void wrong_terminals() const;
    void flips() const;
    void drops_and_additions() const;
    void doubles() const;
    void orders() const;
    void letter_cases() const;
    void encodings() const;
    void sizes() const;
    void hashes() const;
    void signers() const;

    Subject subject_;
    std::string other_reference_;
    Channel channel_;
    Dice& dice_;
    Sink sink_;
    std::string genuine_;
    second::Reading meaning_;
};

}  // namespace imagify::testing
