#pragma once

#include "vnpay/case.hpp"
#include "vnpay/dice.hpp"

namespace imagify::testing {

/// Every hostile and every allowed variant of one signed answer of the merchant API. Which of them
/// says the same as the original is decided by the second reading, not by us.
class AnswerCases {
public:
    AnswerCases(Subject subject, std::string other_reference, Channel channel, Dice& dice,
                Sink sink);

    void send_all();

private:
    void send(std::string_view family, std::string bytes) const;
    void send_fields(std::string_view family, const second::Pairs& fields) const;
    void send_signed(std::string_view family, const second::Pairs& fields, Truth truth) const;
    void about_something_else() const;
    void wrong_amounts() const;
    void no_payments() const;
    void hashes() const;
    void drops_and_additions() const;
    void doubles() const;
    void shifts() const;
    void letter_cases() const;
    void types() const;
    void spellings() const;
    void wholes() const;

    Subject subject_;
    std::string other_reference_;
    Channel channel_;
    second::Answer kind_;
    Dice& dice_;
    Sink sink_;
    std::string hash_;
    std::string genuine_;
    second::Reading meaning_;
};

}  // namespace imagify::testing
