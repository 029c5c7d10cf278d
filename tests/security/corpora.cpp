#include <array>

#include "security/corpus.hpp"

namespace imagify::testing {

std::span<const Corpus> corpora() {
    static constexpr auto kCorpora = std::to_array<Corpus>({
        {"desync", "requests that two parsers could read in two ways", play_desync},
        {"tokens", "session tokens that nobody may be believed for", play_tokens},
        {"pictures", "bombs and broken pictures from a painter", play_pictures},
        {"guessing", "a day of guesses, and of sign-ups, from one network and from many",
         play_guessing},
        {"timing", "whether an address has an account, by the time an answer takes", play_timing},
        {"matrix", "who may do what: every operation, caller and id", play_matrix},
        {"words", "hostile texts and values in every field, parameter and id", play_words},
        {"secrets", "whether a secret comes out anywhere, in a life with errors", play_secrets},
        {"revocation", "sessions and streams after their end", play_revocation},
        {"injection", "paths, form boundaries and redirects that lead elsewhere", play_injection},
        {"malformed", "mutated requests over real sockets", play_malformed},
        {"proxies", "the desync cases through nginx and haproxy", play_behind_proxies},
        {"slow", "clients that hold connections with next to no bytes", play_slow},
        {"logins", "1,000 people at the log-in at once", play_logins},
    });
    return kCorpora;
}

}  // namespace imagify::testing
