#include "adapters/secrets_manager/secrets_manager.hpp"
#include "base/ids.hpp"
#include "contract/cloud/cloud_fixture.hpp"

namespace imagify::testing {
namespace {

/// IMAGIFY_TEST_SECRETS is the address of a Secrets Manager that may be written to.
class SecretsContract : public CloudContract {
protected:
    void SetUp() override {
        if (variable("IMAGIFY_TEST_SECRETS").empty())
            GTEST_SKIP() << "IMAGIFY_TEST_SECRETS names no server";
    }

    void write(const std::string& operation, const std::string& body) {
        aws::ServiceClient client({.service = "secretsmanager",
                                   .region = "ap-southeast-1",
                                   .endpoint = variable("IMAGIFY_TEST_SECRETS")},
                                  parts);
        const auto done =
            run_on(context, client.call_json("secretsmanager." + operation, body, "1.1"));
        ASSERT_TRUE(done && done->succeeded());
    }
    std::string read(const std::string& reference) {
        const auto secret = run_on(context, manager.secret(reference));
        return secret ? secret->reveal() : secret.error().code;
    }

    std::string name = new_ulid("imagify-", clock, random);
    /// Nothing is kept: each question is asked.
    secrets_manager::SecretsManager manager{{.region = "ap-southeast-1",
                                             .endpoint = variable("IMAGIFY_TEST_SECRETS"),
                                             .keep = std::chrono::milliseconds(0)},
                                            parts};
};

TEST_F(SecretsContract, CurrentVersionIsRead) {
    write("CreateSecret", R"({"Name":")" + name + R"(","SecretString":"{\"jwt\":\"one\"}"})");
    EXPECT_EQ(read(name + "#jwt"), "one");

    write("PutSecretValue", R"({"SecretId":")" + name + R"(","SecretString":"{\"jwt\":\"two\"}"})");

    EXPECT_EQ(read(name + "#jwt"), "two");
    EXPECT_EQ(read(name + "#absent"), "secret.no_member");
    EXPECT_EQ(read(name + "-absent"), "secret.not_found");
}

}  // namespace
}  // namespace imagify::testing
