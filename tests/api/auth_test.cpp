#include "adapters/local_identity/hs256_tokens.hpp"
#include "api/api_fixture.hpp"

namespace imagify::testing {

using http::Method;

TEST_F(ApiTest, RegisterGivesFiveCreditsAndASession) {
    const auto answer =
        post("/auth/register", R"({"email":"An@Example.vn","password":"a long pass phrase"})");

    EXPECT_EQ(answer.status, 201U);
    EXPECT_EQ(answer.json().at("user").at("email").as_string(), "an@example.vn");
    EXPECT_FALSE(answer.body.contains("pass phrase"));
    EXPECT_FALSE(answer.body.contains("argon2"));
    EXPECT_TRUE(answer.headers.get("Set-Cookie").contains("HttpOnly; SameSite=Lax"));
    EXPECT_EQ(credits(answer.text("token")), 5);
}

TEST_F(ApiTest, RegisterTakesNoFieldThatIsNotListed) {
    const auto answer =
        post("/auth/register", R"({"email":"an@example.vn","password":"a long pass phrase",)"
                               R"("credits":1000,"held":-5,"role":"admin","id":"u_1",)"
                               R"("session_epoch":9,"signupCredits":50})");

    ASSERT_EQ(answer.status, 201U);
    EXPECT_EQ(answer.json().at("user").at("role").as_string(), "user");
    EXPECT_EQ(credits(answer.text("token")), 5);
}

TEST_F(ApiTest, RegisterNamesEveryWrongField) {
    const auto answer =
        post("/auth/register", R"({"email":"no address","password":"short","locale":"fr"})");

    EXPECT_EQ(answer.status, 422U);
    EXPECT_EQ(answer.text("code"), "validation.failed");
    EXPECT_EQ(post("/auth/register", R"({"email":"a@b.vn","password":"password1"})")
                  .json()
                  .at("errors")
                  .at("password")
                  .as_string(),
              "too_common");
    EXPECT_EQ(post("/auth/register", R"({"email":"abc@def.vn","password":"abc@def.vn"})")
                  .json()
                  .at("errors")
                  .at("password")
                  .as_string(),
              "same_as_email");
    EXPECT_EQ(post("/auth/register", R"({"email":"abc@def.vn"})")
                  .json()
                  .at("errors")
                  .at("password")
                  .as_string(),
              "required");
}

TEST_F(ApiTest, PasswordMayHave128BytesAndNoMore) {
    const auto body = [](std::size_t length) {
        return R"({"email":"an@example.vn","password":")" + std::string(length, 'x') + "\"}";
    };

    EXPECT_EQ(post("/auth/register", body(129)).status, 422U);
    EXPECT_EQ(post("/auth/register", body(128)).status, 201U);
    EXPECT_EQ(post("/auth/login", body(128)).status, 200U);
    EXPECT_EQ(post("/auth/login", body(129)).status, 401U);
}

TEST_F(ApiTest, TakenAddressIsRefused) {
    sign_up("an@example.vn");

    const auto answer =
        post("/auth/register", R"({"email":"AN@example.vn","password":"another pass phrase"})");

    EXPECT_EQ(answer.status, 409U);
    EXPECT_EQ(answer.text("code"), "account.email_taken");
}

TEST_F(ApiTest, UnknownAddressAndWrongPasswordLookTheSame) {
    sign_up("an@example.vn");

    const auto wrong = post("/auth/login", R"({"email":"an@example.vn","password":"not it"})");
    const auto unknown = post("/auth/login", R"({"email":"bo@example.vn","password":"not it"})");

    EXPECT_EQ(wrong.status, 401U);
    EXPECT_EQ(wrong.text("code"), "auth.bad_credentials");
    EXPECT_EQ(wrong.body, unknown.body);
}

TEST_F(ApiTest, LogInWorksWithTheRightPassword) {
    sign_up("an@example.vn");

    const auto answer =
        post("/auth/login", R"({"email":"an@example.vn","password":"a long pass phrase"})");

    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(get("/user/me", answer.text("token")).text("email"), "an@example.vn");
}

// What is no address is never kept as the key of a counter: it may be long, and there are many.
TEST_F(ApiTest, AddressesThatAreNoneAreGuessedAtTogether) {
    for (int i = 0; i < kFreeGuesses; ++i) {
        const auto body = R"({"email":"garbage)" + std::to_string(i) + R"(","password":"x"})";
        EXPECT_EQ(post("/auth/login", body).status, 401U);
    }
    EXPECT_EQ(post("/auth/login", R"({"email":"another","password":"x"})").status, 429U);
}

TEST_F(ApiTest, SessionOfAGuestIsNull) {
    const auto guest = get("/auth/session");
    const auto forged = get("/auth/session", "forged.token.here");

    EXPECT_EQ(guest.status, 200U);
    EXPECT_EQ(guest.body, R"({"user":null,"mailProof":"link"})");
    EXPECT_EQ(forged.body, R"({"user":null,"mailProof":"link"})");
    EXPECT_EQ(get("/auth/session", sign_up()).json().at("user").at("email").as_string(),
              "an@example.vn");
}

TEST_F(ApiTest, LogOutEverywhereKillsEveryToken) {
    const auto first = sign_up();
    const auto second =
        post("/auth/login", R"({"email":"an@example.vn","password":"a long pass phrase"})")
            .text("token");

    EXPECT_EQ(post("/auth/logout-all", "", first).status, 204U);

    EXPECT_EQ(get("/user/credits", first).text("code"), "auth.token_invalid");
    EXPECT_EQ(get("/user/credits", second).status, 401U);
}

TEST_F(ApiTest, TokenEndsAfterADay) {
    const auto token = sign_up();

    clock.advance(kSessionLifetime - std::chrono::seconds(1));
    EXPECT_EQ(get("/user/credits", token).status, 200U);
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(get("/user/credits", token).status, 401U);
}

TEST_F(ApiTest, EveryChangedByteOfATokenIsRefused) {
    const auto token = sign_up();

    for (std::size_t i = 0; i < token.size(); ++i) {
        auto forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(get("/user/credits", forged).status, 401U) << i;
    }
    EXPECT_EQ(get("/user/credits").text("code"), "auth.required");
    EXPECT_EQ(get("/user/credits", token + "=").status, 401U);
    EXPECT_EQ(get("/user/credits", "eyJhbGciOiJub25lIn0.e30.").status, 401U);
}

TEST_F(ApiTest, CookieAloneReadsButChangesNothing) {
    const auto cookie = "imagify_session=" + sign_up();

    const auto read = call({.target = "/user/me", .headers = {{"Cookie", cookie}}});
    const auto bare = call({.method = Method::Patch,
                            .target = "/user/me",
                            .body = R"({"name":"Eve"})",
                            .headers = {{"Cookie", cookie}}});
    const auto foreign = call(
        {.method = Method::Patch,
         .target = "/user/me",
         .body = R"({"name":"Eve"})",
         .headers = {{"Cookie", cookie}, {"X-Imagify", "1"}, {"Origin", "https://evil.example"}}});
    const auto own =
        call({.method = Method::Patch,
              .target = "/user/me",
              .body = R"({"name":"Ân","locale":"en"})",
              .headers = {
                  {"Cookie", cookie}, {"X-Imagify", "1"}, {"Origin", "https://imagify.example"}}});

    EXPECT_EQ(read.status, 200U);
    EXPECT_EQ(bare.text("code"), "csrf.rejected");
    EXPECT_EQ(foreign.status, 403U);
    EXPECT_EQ(own.status, 200U);
    EXPECT_EQ(own.text("name"), "Ân");
    EXPECT_EQ(own.text("locale"), "en");
}

TEST_F(ApiTest, MalformedBodiesAreRefusedWithAStableCode) {
    const auto token = sign_up();
    for (const auto* body : {"{", "[]", "null", "{\"prompt\":}", "\xff", "{\"a\":1,\"a\":2}"}) {
        const auto answer = post("/image/generate-image", body, token);
        EXPECT_EQ(answer.status, 400U) << body;
        EXPECT_EQ(answer.text("code"), "request.malformed") << body;
    }
    const auto typed = call({.method = Method::Post,
                             .target = "/image/generate-image",
                             .body = "prompt=cat",
                             .token = token,
                             .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}});
    EXPECT_EQ(typed.status, 415U);
    EXPECT_EQ(credits(token), 5);
}

TEST_F(ApiTest, UnknownRoutesAndMethodsAreProblems) {
    EXPECT_EQ(get("/user/nothing").text("code"), "route.not_found");
    for (const auto* page :
         {"/dev", "/dev/vnpay", "/dev/mail", "/dev/mail.json", "/dev/mail/m_1"}) {
        EXPECT_EQ(get(page).text("code"), "route.not_found") << page;
    }
    EXPECT_EQ(get("/user/nothing").headers.get("Content-Type"), "application/problem+json");
    const auto method = call({.method = Method::Delete, .target = "/auth/login"});
    EXPECT_EQ(method.status, 405U);
    EXPECT_EQ(method.headers.get("Allow"), "POST");
    EXPECT_EQ(get("/studio").body, "web");
}

TEST_F(ApiTest, PrivateAnswersAreNeverCached) {
    const auto token = sign_up();
    for (const auto* target : {"/user/credits", "/user/me", "/user/ledger", "/user/transactions",
                               "/image", "/auth/session"}) {
        EXPECT_EQ(get(target, token).headers.get("Cache-Control"), "no-store") << target;
    }
}

TEST_F(ApiTest, PagesHaveLimits) {
    const auto token = sign_up();
    EXPECT_EQ(get("/user/ledger?limit=100", token).status, 200U);
    for (const auto* query : {"limit=101", "limit=0", "limit=-1", "limit=x", "cursor=%00",
                              "cursor=a'--", "limit=1&limit=2", "limit=%zz"}) {
        const auto answer = get(std::string("/user/ledger?") + query, token);
        EXPECT_TRUE(answer.status == 422 || answer.status == 400) << query << answer.status;
    }
}

TEST_F(ApiTest, ReadinessFollowsTheDrain) {
    EXPECT_EQ(get("/healthz").status, 200U);
    EXPECT_EQ(get("/readyz").status, 200U);
    draining = true;
    EXPECT_EQ(get("/readyz").status, 503U);
    EXPECT_EQ(get("/healthz").status, 200U);
    EXPECT_EQ(get("/metrics").status, 404U);
}

}  // namespace imagify::testing
