#include "adapters/cognito/jwks.hpp"

#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/rsa_signer.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http.hpp"

namespace imagify::testing {
namespace {

using cognito::Jwks;
using cognito::parse_key_set;
using std::chrono::seconds;

const RsaSigner& first_key() {
    static const RsaSigner key("first");
    return key;
}
const RsaSigner& second_key() {
    static const RsaSigner key("second");
    return key;
}

class JwksTest : public ::testing::Test {
protected:
    bool finds(const std::string& kid) {
        const auto found = run_task(keys.find(kid));
        EXPECT_TRUE(found);
        return found && *found;
    }

    std::string set = key_set({first_key().jwk()});
    unsigned status = 200;
    FakeClock clock;
    ScriptedHttp http{[this](const OutboundRequest&) { return answer_of(status, set); }};
    Jwks keys{http, clock, "https://pool.example/.well-known/jwks.json"};
};

TEST_F(JwksTest, KeysAreFetchedOnceAndKept) {
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(finds("first"));

    EXPECT_EQ(keys.fetches(), 1);
    EXPECT_EQ(http.requests.front().url, "https://pool.example/.well-known/jwks.json");
}

TEST_F(JwksTest, NewKeyIsFoundAfterARotationAndTheOldOneEnds) {
    ASSERT_TRUE(finds("first"));
    set = key_set({second_key().jwk()});
    clock.advance(seconds(11));

    EXPECT_TRUE(finds("second"));
    EXPECT_FALSE(finds("first"));
    EXPECT_EQ(keys.fetches(), 2);
}

TEST_F(JwksTest, UnknownKeysAreAskedForOnceInTenSeconds) {
    ASSERT_TRUE(finds("first"));
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(finds("made up " + std::to_string(i)));
    EXPECT_EQ(keys.fetches(), 1);

    clock.advance(seconds(10));
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(finds("made up " + std::to_string(i)));
    EXPECT_EQ(keys.fetches(), 2);
}

TEST_F(JwksTest, OldKeysGoOnWhileTheyCannotBeFetched) {
    ASSERT_TRUE(finds("first"));
    for (const auto& [broken, code] : {std::pair<std::string, unsigned>{"oops", 200},
                                       {"{}", 200},
                                       {R"({"keys":[]})", 200},
                                       {set, 503}}) {
        set = broken;
        status = code;
        clock.advance(std::chrono::hours(2));
        EXPECT_FALSE(finds("second"));
        EXPECT_TRUE(finds("first")) << broken;
    }
    http.script = [](const OutboundRequest&) {
        return fail(ErrorKind::Timeout, "upstream.timeout");
    };
    clock.advance(std::chrono::hours(2));
    EXPECT_TRUE(finds("first"));
    EXPECT_EQ(keys.fetches(), 6);
}

TEST_F(JwksTest, WithdrawnKeyDiesWithinTheHour) {
    ASSERT_TRUE(finds("first"));
    set = key_set({second_key().jwk()});

    clock.advance(cognito::kKeysKept - seconds(1));
    EXPECT_TRUE(finds("first"));
    clock.advance(seconds(1));
    EXPECT_FALSE(finds("first"));
}

TEST_F(JwksTest, WithoutAnyKeysNobodyIsRefusedForGood) {
    status = 500;
    const auto missing = run_task(keys.find("first"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(missing.error().code, "identity.unavailable");

    status = 200;
    clock.advance(seconds(10));
    EXPECT_TRUE(finds("first"));
}

// Suspends whoever asks until the test lets them go on.
class SlowHttp final : public HttpClient {
public:
    Task<Result<OutboundAnswer>> send(OutboundRequest) override {
        co_await suspend([this](Resume resume) { resumes.push_back(std::move(resume)); });
        co_return answer_of(200, key_set({first_key().jwk()}));
    }
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink&) override {
        co_return co_await send(std::move(request));
    }
    std::vector<Resume> resumes;
};

TEST(SharedFetch, EverybodyWhoWaitsGetsTheKeysOfOneFetch) {
    FakeClock clock;
    SlowHttp http;
    Jwks keys(http, clock, "https://pool.example/jwks");
    boost::asio::io_context context;
    std::vector<std::future<Result<std::optional<cognito::RsaKey>>>> asked;
    for (int i = 0; i < 20; ++i) {
        asked.push_back(
            boost::asio::co_spawn(context, keys.find("first"), boost::asio::use_future));
    }
    context.poll();
    ASSERT_EQ(http.resumes.size(), 1U);

    http.resumes.front()();
    http.resumes.clear();  // It keeps the context busy.
    context.restart();
    context.run();

    for (auto& one : asked) {
        const auto found = one.get();
        EXPECT_TRUE(found && *found);
    }
    EXPECT_EQ(keys.fetches(), 1);
}

TEST(KeySet, TakesRs256SigningKeysAndNothingElse) {
    const auto key = [](std::string_view members) { return first_key().jwk(members); };
    EXPECT_TRUE(parse_key_set(key_set({key("")})));
    EXPECT_TRUE(parse_key_set(key_set({R"({"kty":"EC","kid":"other"})", key(""), "7"})));
    for (const auto* members :
         {R"(,"alg":"RS512")", R"(,"use":"enc")", R"(,"alg":7)", R"(,"kty":"oct")", R"(,"kid":"")",
          R"(,"n":"AQAB")", R"(,"e":"AQ")", R"(,"e":"Ag")", R"(,"n":"?")"}) {
        EXPECT_FALSE(parse_key_set(key_set({key(members)}))) << members;
    }
    const RsaSigner small("small", 1'024);
    EXPECT_FALSE(parse_key_set(key_set({small.jwk()})));
    for (const auto* text : {"", "[]", "{", R"({"keys":{}})", R"({"keys":[7]})"}) {
        EXPECT_FALSE(parse_key_set(text)) << text;
    }
}

TEST(RsaKey, VerifiesItsOwnSignaturesAlone) {
    const auto keys = parse_key_set(key_set({first_key().jwk(), second_key().jwk()}));
    ASSERT_TRUE(keys);
    const auto& key = keys->at("first");

    EXPECT_TRUE(key.verifies("text", first_key().signature("text")));
    EXPECT_FALSE(key.verifies("text", second_key().signature("text")));
    EXPECT_FALSE(key.verifies("other", first_key().signature("text")));
    EXPECT_FALSE(key.verifies("text", ""));
}

}  // namespace
}  // namespace imagify::testing
