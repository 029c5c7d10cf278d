#pragma once

#include "security/attacked_api.hpp"
#include "security/body_fields.hpp"

namespace imagify::testing {

/// UTF-8 of a code point, surrogates too.
std::string utf8_of(char32_t point);

/// The API with an owner and an operator who send words, and what can be asked about them later.
class WordsWorld : public AttackedApi {
public:
    WordsWorld();

    /// `path` with ids of what there is.
    std::string target(std::string path) const;
    Answer ask_as_operator(http::Method method, const std::string& target,
                           const std::string& body = {});
    /// As whoever has what the body is about.
    Answer send(const KnownBody& body, const std::string& text);
    Answer pay_with_key(const std::string& key);
    /// Whether what `answer` took is there unchanged.
    bool kept(const KnownBody& body, const std::string& field, const std::string& literal,
              const std::string& meaning, const Answer& answer);
    /// Adds every column of every table to bodies; nothing may come of it.
    void expect_no_effect_of_columns(Findings& findings);

private:
    std::string owner_;
    std::string owner_id_;
    std::string operator_;
    std::string order_;
    std::string picture_;
    int people_ = 0;
};

}  // namespace imagify::testing
