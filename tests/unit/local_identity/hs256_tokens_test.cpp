#include "adapters/local_identity/hs256_tokens.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/json.hpp>

#include "base/base64url.hpp"
#include "support/fake_clock.hpp"

namespace imagify::testing {
namespace {

using namespace std::chrono_literals;

const Secret kSecret("0123456789abcdef0123456789abcdef");

std::string header_of(const std::string& json) { return base64url_encode(json); }

const std::string kOurHeader = header_of(R"({"alg":"HS256","typ":"at+jwt"})");

/// Signs as only the owner of the secret can.
std::string sign(const std::string& header, const std::string& payload,
                 const Secret& secret = kSecret) {
    const auto input = header + '.' + base64url_encode(payload);
    std::array<unsigned char, 32> mac{};
    unsigned length = 0;
    const auto& key = secret.reveal();
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac.data(), &length);
    return input + '.' + base64url_encode({reinterpret_cast<const char*>(mac.data()), length});
}

}  // namespace

class Hs256TokensTest : public ::testing::Test {
protected:
    std::int64_t seconds() const { return to_unix_ms(clock.now()) / 1'000; }

    /// The claims that we write, with one replaced by a JSON text; an empty text removes it.
    std::string payload_with(const std::string& name = "", const std::string& value = "") const {
        const auto now = std::to_string(seconds());
        const std::pair<std::string, std::string> claims[] = {
            {"iss", R"("imagify")"},
            {"aud", R"("imagify-api")"},
            {"sub", R"("u_1")"},
            {"iat", now},
            {"nbf", now},
            {"exp", std::to_string(seconds() + 60)},
            {"jti", R"("01KEZ8C1R8C0E8Q0YV7S1J5T2X")"},
            {"epoch", "3"}};
        std::string json = "{";
        for (const auto& [claim, text] : claims) {
            const auto& chosen = claim == name ? value : text;
            if (chosen.empty()) continue;
            if (json.size() > 1) json += ',';
            json += '"' + claim + "\":" + chosen;
        }
        return json + "}";
    }

    bool takes(const std::string& token) const { return tokens.verify(token).has_value(); }
    bool takes_claim(const std::string& name, const std::string& value) const {
        return takes(sign(kOurHeader, payload_with(name, value)));
    }

    /// A session that begins now.
    Session session_of(const std::string& user) const {
        return new_session(UserId(user), {}, SessionId("s_1"), clock.now());
    }

    FakeClock clock;
    Hs256Tokens tokens{kSecret, clock};
};

TEST_F(Hs256TokensTest, IssuedTokenSpeaksForItsOwnerForADay) {
    const auto issued = tokens.issue(session_of("u_7"), 5);

    const auto claims = tokens.verify(issued.token);

    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->user_id, UserId("u_7"));
    EXPECT_EQ(claims->session_id, SessionId("s_1"));
    EXPECT_EQ(claims->session_epoch, 5);
    EXPECT_EQ(to_unix_ms(issued.expires_at), (seconds() + 86'400) * 1'000);
}

TEST_F(Hs256TokensTest, HandMadeTokenLikeOursIsTaken) {
    // The base of every refusal below: without this they would prove nothing.
    EXPECT_TRUE(takes(sign(kOurHeader, payload_with())));
}

TEST_F(Hs256TokensTest, TokenEndsAtItsSecondAndNotBefore) {
    const auto issued = tokens.issue(session_of("u_1"), 0);

    clock.advance(24h - 1ms);
    const bool before = takes(issued.token);
    clock.advance(1ms);

    EXPECT_TRUE(before);
    EXPECT_FALSE(takes(issued.token));
}

TEST_F(Hs256TokensTest, NotBeforeHasThirtySecondsOfSkew) {
    EXPECT_TRUE(takes_claim("nbf", std::to_string(seconds() + 30)));
    EXPECT_FALSE(takes_claim("nbf", std::to_string(seconds() + 31)));
}

TEST_F(Hs256TokensTest, ExpiryHasNoSkew) {
    EXPECT_TRUE(takes_claim("exp", std::to_string(seconds() + 1)));
    EXPECT_FALSE(takes_claim("exp", std::to_string(seconds())));
    EXPECT_FALSE(takes_claim("exp", std::to_string(seconds() - 1)));
}

TEST_F(Hs256TokensTest, EveryClaimIsNeeded) {
    for (const auto* claim : {"iss", "aud", "sub", "iat", "nbf", "exp", "jti", "epoch"}) {
        EXPECT_FALSE(takes_claim(claim, "")) << claim;
    }
}

TEST_F(Hs256TokensTest, ClaimsOfAnotherTypeOrPurposeAreRefused) {
    struct Row {
        const char* claim;
        const char* value;
    };
    for (const auto& [claim, value] : std::initializer_list<Row>{
             {"iss", R"("Imagify")"},
             {"iss", R"("imagify2")"},
             {"iss", R"(["imagify"])"},
             {"aud", R"("imagify")"},
             {"aud", R"(["imagify-api"])"},
             {"aud", "null"},
             {"sub", R"("")"},
             {"sub", "1"},
             {"epoch", R"("3")"},
             {"epoch", "3.0"},
             {"epoch", "18446744073709551615"},
             {"exp", R"("9999999999")"},
             {"exp", "9999999999.5"},
             {"exp", "1e12"},
             {"exp", "18446744073709551615"},
             {"exp", "null"},
             {"nbf", "true"},
             {"nbf", "9223372036854775807"},
             {"nbf", "18446744073709551615"},
         }) {
        EXPECT_FALSE(takes_claim(claim, value)) << claim << ' ' << value;
    }
}

TEST_F(Hs256TokensTest, AnyOtherHeaderIsRefusedHoweverWellSigned) {
    for (const auto* header :
         {R"({"alg":"none"})", R"({"alg":"none","typ":"at+jwt"})", R"({"alg":"None"})",
          R"({"alg":"HS256","typ":"JWT"})", R"({"typ":"at+jwt","alg":"HS256"})",
          R"({"alg":"HS256"})", R"({"alg":"HS512","typ":"at+jwt"})",
          R"({"alg":"RS256","typ":"at+jwt"})", R"({"alg":"HS256","typ":"at+jwt","kid":"x"})",
          R"({"alg": "HS256","typ":"at+jwt"})", "{}", ""}) {
        EXPECT_FALSE(takes(sign(header_of(header), payload_with()))) << header;
    }
    EXPECT_FALSE(takes(sign(kOurHeader + "A", payload_with())));
    EXPECT_FALSE(takes(sign(kOurHeader + ".", payload_with())));
}

TEST_F(Hs256TokensTest, UnsignedTokenIsRefused) {
    const auto body = base64url_encode(payload_with());
    const auto none = header_of(R"({"alg":"none","typ":"at+jwt"})");

    EXPECT_FALSE(takes(none + '.' + body + '.'));
    EXPECT_FALSE(takes(none + '.' + body));
    EXPECT_FALSE(takes(kOurHeader + '.' + body + '.'));
    EXPECT_FALSE(takes(kOurHeader + '.' + body));
}

TEST_F(Hs256TokensTest, AnotherSecretIsRefused) {
    EXPECT_FALSE(takes(sign(kOurHeader, payload_with(), Secret(std::string(32, 'x')))));
    EXPECT_FALSE(takes(sign(kOurHeader, payload_with(), Secret(kSecret.reveal() + "0"))));
    EXPECT_FALSE(takes(sign(kOurHeader, payload_with(), Secret())));
}

TEST_F(Hs256TokensTest, PreviousSecretIsBelievedButSignsNothing) {
    const Secret next(std::string(32, 'n'));
    const Hs256Tokens after(next, clock, kSecret);
    Hs256Tokens changed(next, clock, kSecret);

    EXPECT_TRUE(after.verify(tokens.issue(session_of("u_1"), 0).token));
    EXPECT_TRUE(after.verify(changed.issue(session_of("u_1"), 0).token));
    EXPECT_FALSE(takes(changed.issue(session_of("u_1"), 0).token));
}

TEST_F(Hs256TokensTest, SecretBeforeThePreviousIsForgotten) {
    const Hs256Tokens after(Secret(std::string(32, 'n')), clock, Secret(std::string(32, 'p')));

    EXPECT_FALSE(after.verify(tokens.issue(session_of("u_1"), 0).token));
    EXPECT_FALSE(after.verify(sign(kOurHeader, payload_with(), Secret())));
}

TEST_F(Hs256TokensTest, TokenOfTheFutureOrOfALongerLifeIsRefused) {
    EXPECT_TRUE(takes_claim("iat", std::to_string(seconds() + 30)));
    EXPECT_FALSE(takes_claim("iat", std::to_string(seconds() + 31)));
    EXPECT_TRUE(takes_claim("exp", std::to_string(seconds() + 86'400)));
    EXPECT_FALSE(takes_claim("exp", std::to_string(seconds() + 86'401)));
    EXPECT_FALSE(takes_claim("iat", "-9223372036854775808"));
}

TEST_F(Hs256TokensTest, EveryTruncationAndEveryExtensionIsRefused) {
    const auto token = tokens.issue(session_of("u_1"), 0).token;

    for (std::size_t length = 0; length < token.size(); ++length) {
        ASSERT_FALSE(takes(token.substr(0, length))) << length;
    }
    for (const auto* extra : {".", "A", "=", " ", "\n", ".x"}) {
        EXPECT_FALSE(takes(token + extra)) << extra;
        EXPECT_FALSE(takes(extra + token)) << extra;
    }
}

TEST_F(Hs256TokensTest, SignatureHasOneSpelling) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    auto token = tokens.issue(session_of("u_1"), 0).token;
    const auto right = token.back();
    int taken = 0;

    for (const char c : kAlphabet) {
        token.back() = c;
        taken += takes(token) ? 1 : 0;
        EXPECT_EQ(takes(token), c == right) << c;
    }
    EXPECT_EQ(taken, 1);
}

TEST_F(Hs256TokensTest, PayloadThatWeWouldNotHaveWrittenIsRefused) {
    const auto good = payload_with();
    const auto open = good.substr(0, good.size() - 1);

    EXPECT_FALSE(takes(sign(kOurHeader, open + R"(,"sub":"u_2"})")));
    EXPECT_FALSE(takes(sign(kOurHeader, R"({"exp":99999999999,)" + good.substr(1))));
    EXPECT_FALSE(takes(sign(kOurHeader, open + R"(,"admin":true})")));
    EXPECT_FALSE(takes(sign(kOurHeader, " " + good)));
    EXPECT_FALSE(takes(sign(kOurHeader, good + "\n")));
    EXPECT_FALSE(takes(sign(kOurHeader, open)));
    EXPECT_FALSE(takes(sign(kOurHeader, "[" + good + "]")));
    EXPECT_FALSE(takes(sign(kOurHeader, "")));
    EXPECT_FALSE(takes(sign(kOurHeader, std::string(1'000, '['))));
}

TEST_F(Hs256TokensTest, TokenOverItsLimitIsRefusedUnread) {
    const auto sized = [&](std::size_t name_bytes) {
        return tokens.issue(session_of(std::string(name_bytes, 'u')), 0).token;
    };
    std::size_t name_bytes = 2'000;
    while (sized(name_bytes + 1).size() <= kTokenMaxBytes) ++name_bytes;

    EXPECT_TRUE(takes(sized(name_bytes)));
    EXPECT_GT(sized(name_bytes + 1).size(), kTokenMaxBytes);
    EXPECT_FALSE(takes(sized(name_bytes + 1)));
}

TEST_F(Hs256TokensTest, RefusalSaysNothingButItsCode) {
    const auto refused = tokens.verify("a.b.c");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unauthenticated);
    EXPECT_EQ(refused.error().code, "auth.token_invalid");
}

TEST_F(Hs256TokensTest, OwnersNameWithQuotesCannotAddClaims) {
    const auto issued = tokens.issue(session_of(R"(x","sub":"u_2)"), 0);

    const auto claims = tokens.verify(issued.token);

    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->user_id.text(), R"(x","sub":"u_2)");
}

}  // namespace imagify::testing
