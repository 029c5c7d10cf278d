#pragma once

#include <string_view>

#include "domain/account.hpp"
#include "domain/mail.hpp"

namespace imagify {

/// What a kind of letter says in one language. "{&product}" is where the
/// product's name goes, as it is.
struct LetterWords {
    std::string_view subject;
    std::string_view lead;
    /// What the link does.
    std::string_view button;
    /// What to do when it was not the reader; may be empty.
    std::string_view not_you;
};

/// Every kind has its words.
const LetterWords& words_of(MailKind kind, Locale locale);

/// What all letters of a language share.
struct FrameWords {
    std::string_view language;
    std::string_view hello;
    /// Before a name.
    std::string_view hello_to;
    std::string_view link_life_day;
    std::string_view link_life_hour;
    std::string_view raw_link;
    std::string_view sent_by;
};

/// Of the reader's language.
const FrameWords& frame_words(Locale locale);

}  // namespace imagify
