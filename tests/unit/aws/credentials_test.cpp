#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fstream>

#include "adapters/aws/credential_chain.hpp"
#include "adapters/aws/credentials_text.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/scripted_http_client.hpp"
#include "support/temp_folder.hpp"

namespace imagify::aws {
namespace {

constexpr std::string_view kFile = R"(# a comment
[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key=secret/with=marks
; another
[ work ]
  aws_access_key_id=AKIDWORK
aws_secret_access_key = w
aws_session_token = token
region = eu-west-1
[half]
aws_access_key_id = AKIDHALF
)";

// Ends one hour after the FakeClock begins.
constexpr auto* kAnswer =
    R"({"Code":"Success","AccessKeyId":"AKIDROLE","SecretAccessKey":"s","Token":"t",
        "Expiration":"2026-01-15T04:04:05Z"})";

class CredentialsTest : public ::testing::Test {
protected:
    Result<Credentials> ask(bool refused = false) {
        if (!chain) chain.emplace(environment, http, clock);
        return testing::run_task(chain->credentials(refused));
    }
    void write_file(std::string_view text) {
        environment.credentials_file = folder.path() / "credentials";
        std::ofstream(environment.credentials_file) << text;
    }

    testing::TempFolder folder;
    testing::FakeClock clock;
    testing::ScriptedHttpClient http;
    AwsEnvironment environment{.metadata_disabled = "true"};
    std::optional<CredentialChain> chain;
};

TEST(CredentialsFileTest, FindsTheProfile) {
    EXPECT_EQ(parse_credentials_file(kFile, "default")->secret_access_key.reveal(),
              "secret/with=marks");
    EXPECT_EQ(parse_credentials_file(kFile, "work")->access_key_id, "AKIDWORK");
    EXPECT_EQ(parse_credentials_file(kFile, "work")->session_token.reveal(), "token");
    EXPECT_EQ(parse_credentials_file(kFile, "home").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(parse_credentials_file(kFile, "half").error().kind, ErrorKind::Invalid);
    EXPECT_EQ(parse_credentials_file("[a]\naws_access_key_id=a b\naws_secret_access_key=c", "a")
                  .error()
                  .kind,
              ErrorKind::Invalid);
}

TEST(CredentialsAnswerTest, IsReadStrictly) {
    EXPECT_EQ(parse_credentials_answer(kAnswer)->session_token.reveal(), "t");
    EXPECT_TRUE(parse_credentials_answer(kAnswer)->expires_at);
    for (const auto* text :
         {"", "{}", "[]", R"({"AccessKeyId":"a"})", R"({"Code":"Failed","AccessKeyId":"a",
             "SecretAccessKey":"b"})",
          R"({"AccessKeyId":"a","SecretAccessKey":"b","Expiration":"soon"})",
          R"({"AccessKeyId":"a\r\nX: y","SecretAccessKey":"b"})"}) {
        EXPECT_FALSE(parse_credentials_answer(text)) << text;
    }
}

TEST_F(CredentialsTest, VariablesComeFirst) {
    write_file(kFile);
    environment.access_key_id = "AKIDVARIABLE";
    environment.secret_access_key = Secret("s");

    EXPECT_EQ(ask()->access_key_id, "AKIDVARIABLE");
}

TEST_F(CredentialsTest, HalfSetVariablesAreAnErrorAndNotIgnored) {
    write_file(kFile);
    environment.access_key_id = "AKIDVARIABLE";

    const auto outcome = ask();

    ASSERT_FALSE(outcome);
    EXPECT_TRUE(outcome.error().detail.contains("belong together")) << outcome.error().detail;
}

TEST_F(CredentialsTest, ProfileIsReadFromTheFile) {
    write_file(kFile);
    environment.profile = "work";

    EXPECT_EQ(ask()->access_key_id, "AKIDWORK");
}

TEST_F(CredentialsTest, RefusedOnesAreReadAgainFromTheFile) {
    write_file(kFile);
    ASSERT_EQ(ask()->access_key_id, "AKIDDEFAULT");
    write_file("[default]\naws_access_key_id=AKIDROTATED\naws_secret_access_key=s");

    EXPECT_EQ(ask()->access_key_id, "AKIDDEFAULT");
    EXPECT_EQ(ask(true)->access_key_id, "AKIDDEFAULT") << "read a moment ago";
    clock.advance(std::chrono::seconds(6));
    EXPECT_EQ(ask(true)->access_key_id, "AKIDROTATED");
}

TEST_F(CredentialsTest, ContainerIsAskedWithItsToken) {
    environment.container_path = "/v2/credentials/x";
    environment.container_token = Secret("Bearer t");
    http.answer(200, kAnswer);

    EXPECT_EQ(ask()->access_key_id, "AKIDROLE");
    EXPECT_EQ(http.asked.at(0).url, "http://169.254.170.2/v2/credentials/x");
    EXPECT_EQ(testing::sent_header(http.asked.at(0), "Authorization"), "Bearer t");
}

TEST_F(CredentialsTest, TokenFileIsReadEachTime) {
    environment.container_url = "http://169.254.170.23/v1/credentials";
    environment.container_token_file = folder.path() / "token";
    std::ofstream(environment.container_token_file) << "from-file\n";
    http.answer(200, kAnswer);

    ASSERT_TRUE(ask());
    EXPECT_EQ(testing::sent_header(http.asked.at(0), "Authorization"), "from-file");
}

TEST_F(CredentialsTest, StrangerIsNotAskedInTheClear) {
    environment.container_url = "http://credentials.example/";

    EXPECT_FALSE(ask());
    EXPECT_TRUE(http.asked.empty());
}

TEST_F(CredentialsTest, InstanceIsAskedForASessionFirst) {
    environment.metadata_disabled.clear();
    http.answer(200, "session-1");
    http.answer(200, "imagify-role\n");
    http.answer(200, kAnswer);

    ASSERT_EQ(ask()->access_key_id, "AKIDROLE");

    ASSERT_EQ(http.asked.size(), 3U);
    EXPECT_EQ(http.asked[0].method, "PUT");
    EXPECT_EQ(testing::sent_header(http.asked[1], "X-aws-ec2-metadata-token"), "session-1");
    EXPECT_TRUE(http.asked[2].url.ends_with("/security-credentials/imagify-role"));
}

TEST_F(CredentialsTest, FetchedAgainFiveMinutesBeforeTheyEnd) {
    environment.container_path = "/x";
    http.answer(200, kAnswer);
    http.answer(200, kAnswer);

    ASSERT_TRUE(ask());
    clock.advance(std::chrono::minutes(54));
    ASSERT_TRUE(ask());
    EXPECT_EQ(http.asked.size(), 1U);
    clock.advance(std::chrono::minutes(2));
    ASSERT_TRUE(ask());
    EXPECT_EQ(http.asked.size(), 2U);
}

TEST_F(CredentialsTest, OldOnesAreUsedToTheirEndWhileNobodyAnswers) {
    environment.container_path = "/x";
    http.answer(200, kAnswer);
    ASSERT_TRUE(ask());

    clock.advance(std::chrono::minutes(58));
    EXPECT_TRUE(ask());
    EXPECT_TRUE(ask());
    EXPECT_EQ(http.asked.size(), 2U) << "not asked again within a second";
    clock.advance(std::chrono::minutes(3));
    EXPECT_FALSE(ask());
}

// Answers only after everybody else on the event loop has had a turn.
class SlowPlace final : public CredentialPlace {
public:
    explicit SlowPlace(int& fetches) : fetches_(fetches) {}
    std::string name() const override { return "slow"; }
    Task<Result<Credentials>> fetch() override {
        ++fetches_;
        co_await boost::asio::post(boost::asio::use_awaitable);
        co_return Credentials{.access_key_id = "AKIDSLOW", .secret_access_key = Secret("s")};
    }

private:
    int& fetches_;
};

TEST_F(CredentialsTest, SeveralCoroutinesFetchOnce) {
    int fetches = 0;
    int served = 0;
    std::vector<std::unique_ptr<CredentialPlace>> places;
    places.push_back(std::make_unique<SlowPlace>(fetches));
    CredentialChain slow(std::move(places), clock);
    boost::asio::io_context context;

    for (int i = 0; i < 8; ++i) {
        boost::asio::co_spawn(
            context, [&]() -> Task<void> { served += (co_await slow.credentials()) ? 1 : 0; },
            [](const std::exception_ptr&) {});
    }
    context.run();

    EXPECT_EQ(served, 8);
    EXPECT_EQ(fetches, 1);
}

TEST_F(CredentialsTest, NothingFoundSaysWhereItWasLookedFor) {
    const auto outcome = ask();

    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, "aws.no_credentials");
    for (const auto* place : {"AWS_ACCESS_KEY_ID", "profile default of ~/.aws/credentials",
                              "AWS_CONTAINER_CREDENTIALS", "the instance's role"}) {
        EXPECT_TRUE(outcome.error().detail.contains(place)) << outcome.error().detail;
    }
}

}  // namespace
}  // namespace imagify::aws
