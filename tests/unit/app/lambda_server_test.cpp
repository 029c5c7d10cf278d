#include "app/lambda_server.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <csignal>
#include <map>

#include "app/commands/commands.hpp"
#include "support/temp_folder.hpp"
#include "unit/lambda/runtime_api.hpp"

namespace imagify {
namespace {

using testing::FakeRuntimeApi;

constexpr auto kPlans = R"({"version":"2.0","rawPath":"/plans","headers":{},)"
                        R"("requestContext":{"http":{"method":"GET","sourceIp":"203.0.113.9"}}})";

class LambdaServerTest : public ::testing::Test {
protected:
    int run(FakeRuntimeApi& api) {
        settings["AWS_LAMBDA_RUNTIME_API"] = api.address();
        settings["IMAGIFY_DATA"] = folder.path().string();
        const Environment environment = [this](std::string_view name) {
            const auto found = settings.find(std::string(name));
            return found == settings.end() ? std::nullopt : std::optional(found->second);
        };
        LambdaServer server(read_lambda_settings(environment), nullptr);
        return server.run(environment);
    }

    testing::TempFolder folder;
    std::map<std::string, std::string> settings;
};

boost::json::object only_post(FakeRuntimeApi& api, std::string_view path) {
    const auto posted = api.posted();
    EXPECT_EQ(posted.size(), 1U);
    if (posted.empty()) return {};
    EXPECT_EQ(posted[0].path, path);
    return boost::json::parse(posted[0].body).as_object();
}

}  // namespace

TEST_F(LambdaServerTest, EventsAreAnsweredUntilItIsToldToEnd) {
    FakeRuntimeApi api({kPlans});
    api.on_post = [](const auto&) { std::raise(SIGTERM); };

    EXPECT_EQ(run(api), kExitDone);

    EXPECT_EQ(only_post(api, "/2018-06-01/runtime/invocation/id-1/response").at("statusCode"), 200);
}

TEST_F(LambdaServerTest, WrongSettingsAreReportedWithWhatToDo) {
    FakeRuntimeApi api({kPlans});
    settings["STORE"] = "papyrus";
    settings["IMAGIFY_ROUTES"] = "kitchen";

    EXPECT_EQ(run(api), kExitProblem);

    const auto report = only_post(api, "/2018-06-01/runtime/init/error");
    EXPECT_EQ(report.at("errorType"), "config.invalid");
    const auto message = std::string(report.at("errorMessage").as_string());
    EXPECT_TRUE(message.contains("STORE must be 'sqlite' or 'dynamodb'")) << message;
    EXPECT_TRUE(message.contains("IMAGIFY_ROUTES")) << message;
}

TEST_F(LambdaServerTest, StoreThatCannotBeOpenedIsReported) {
    FakeRuntimeApi api({kPlans});
    ASSERT_TRUE(std::filesystem::create_directory(folder.path() / "imagify.db"));

    EXPECT_EQ(run(api), kExitProblem);

    EXPECT_EQ(only_post(api, "/2018-06-01/runtime/init/error").at("errorType"),
              "store.unavailable");
}

TEST_F(LambdaServerTest, TraceDaemonThatIsNoneStopsNothing) {
    FakeRuntimeApi api({kPlans});
    api.on_post = [](const auto&) { std::raise(SIGTERM); };
    settings["AWS_XRAY_DAEMON_ADDRESS"] = "nowhere";

    EXPECT_EQ(run(api), kExitDone);

    EXPECT_EQ(api.posted().size(), 1U);
}

}  // namespace imagify
