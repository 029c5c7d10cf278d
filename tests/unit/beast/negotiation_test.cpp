#include "transport/beast/negotiation.hpp"

#include <gtest/gtest.h>

namespace imagify::http {
namespace {

struct EncodingRow {
    const char* accept;
    Encodings available;
    std::optional<Encoding> chosen;
};

TEST(ChooseEncoding, FollowsTheClientsWeights) {
    using enum Encoding;
    const Encodings both{.brotli = true, .gzip = true};
    const Encodings gzip{.brotli = false, .gzip = true};
    const Encodings none;
    for (const auto& [accept, available, chosen] :
         std::initializer_list<EncodingRow>{{"", both, Identity},
                                            {"gzip, deflate, br, zstd", both, Brotli},
                                            {"gzip, deflate, br", gzip, Gzip},
                                            {"gzip, deflate, br", none, Identity},
                                            {"gzip", both, Gzip},
                                            {"br;q=0.5, gzip;q=0.9", both, Gzip},
                                            {"br;q=0, gzip;q=0.001", both, Gzip},
                                            {"br;q=0, gzip;q=0", both, Identity},
                                            {"GZIP;Q=1.0", both, Gzip},
                                            {"*", both, Brotli},
                                            {"*;q=0.5, br;q=0", both, Gzip},
                                            {"identity, br;q=0.5", both, Identity},
                                            {"identity;q=0, br", both, Brotli},
                                            {"identity;q=0", none, std::nullopt},
                                            {"*;q=0", both, std::nullopt},
                                            {"br, identity;q=0", none, std::nullopt},
                                            {"br;q=2", both, Identity},
                                            {"br;q=nonsense", both, Identity},
                                            {"brx, xgzip", both, Identity},
                                            {",, ,br ,", both, Brotli}}) {
        EXPECT_EQ(choose_encoding(accept, available), chosen) << accept;
    }
}

struct LanguageRow {
    const char* cookies;
    const char* accept;
    Language language;
};

TEST(ChooseLanguage, PrefersTheCookieThenTheBrowserThenVietnamese) {
    using enum Language;
    for (const auto& [cookies, accept, language] :
         std::initializer_list<LanguageRow>{{"", "", Vietnamese},
                                            {"", "en-US,en;q=0.9", English},
                                            {"", "vi-VN,vi;q=0.9,en;q=0.8", Vietnamese},
                                            {"", "fr, en;q=0.5", English},
                                            {"", "fr", Vietnamese},
                                            {"", "en;q=0", Vietnamese},
                                            {"", "*", Vietnamese},
                                            {"lang=en", "vi", English},
                                            {"a=b; lang=vi", "en", Vietnamese},
                                            {"xlang=en; lang=de", "", Vietnamese},
                                            {"lang=de", "en", English}}) {
        EXPECT_EQ(choose_language(cookies, accept), language) << cookies << " | " << accept;
    }
}

TEST(MatchesEtag, ComparesWeakly) {
    EXPECT_TRUE(matches_etag(R"("a")", R"("a")"));
    EXPECT_TRUE(matches_etag(R"("b", W/"a")", R"("a")"));
    EXPECT_TRUE(matches_etag("*", R"("a")"));
    EXPECT_FALSE(matches_etag("", R"("a")"));
    EXPECT_FALSE(matches_etag(R"("a-br")", R"("a")"));
    EXPECT_FALSE(matches_etag("a", R"("a")"));
}

}  // namespace
}  // namespace imagify::http
