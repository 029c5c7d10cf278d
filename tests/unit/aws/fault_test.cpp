#include "adapters/aws/fault.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace imagify::aws {
namespace {

TEST(FaultTest, JsonServicesNameTheirFault) {
    const auto fault =
        read_fault(400, {},
                   R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "message":"The conditional request failed"})");

    EXPECT_EQ(fault.code, "ConditionalCheckFailedException");
    EXPECT_EQ(fault.message, "The conditional request failed");
}

TEST(FaultTest, HeaderNamesTheFaultOfRestServices) {
    const auto fault =
        read_fault(400, {{"x-amzn-errortype", "MessageRejected:http://internal.amazon.com/coral/"}},
                   R"({"Message":"Email address is not verified."})");

    EXPECT_EQ(fault.code, "MessageRejected");
    EXPECT_EQ(fault.message, "Email address is not verified.");
}

TEST(FaultTest, S3SpeaksXml) {
    const auto fault = read_fault(404, {},
                                  "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucket</Code>"
                                  "<Message>a &lt;b&gt; &amp; c</Message></Error>");

    EXPECT_EQ(fault.code, "NoSuchBucket");
    EXPECT_EQ(fault.message, "a <b> & c");
}

TEST(FaultTest, WithoutAnyNameTheStatusMakesOne) {
    for (const auto& [status, code] : {std::pair{404U, "NotFound"},
                                       {412U, "PreconditionFailed"},
                                       {403U, "AccessDenied"},
                                       {502U, "HTTP 502"}}) {
        for (const auto* body : {"", "<html>", "{", "{\"__type\":7}", "[]", "<Code>a<b/></Code>"}) {
            EXPECT_EQ(read_fault(status, {}, body).code, code) << body;
        }
    }
}

TEST(FaultTest, LongTextsAreCut) {
    const auto fault = read_fault(400, {},
                                  "{\"__type\":\"" + std::string(5'000, 'x') + "\",\"message\":\"" +
                                      std::string(5'000, 'y') + "\"}");

    EXPECT_EQ(fault.code.size(), 200U);
    EXPECT_EQ(fault.message.size(), 1'000U);
    EXPECT_FALSE(xml_text("<A>" + std::string(1'001, 'z') + "</A>", "A"));
    EXPECT_TRUE(xml_text("<A>" + std::string(1'000, 'z') + "</A>", "A"));
}

TEST(FaultTest, ClassSaysWhatCanBeDone) {
    using enum FaultClass;
    const std::tuple<unsigned, Fault, FaultClass> cases[] = {
        {400, {"ProvisionedThroughputExceededException", ""}, Throttled},
        {503, {"SlowDown", ""}, Throttled},
        {429, {"HTTP 429", ""}, Throttled},
        {503, {"HTTP 503", ""}, ServerFault},
        {500, {"InternalServerError", ""}, ServerFault},
        {400, {"TransactionInProgressException", ""}, ServerFault},
        {400, {"TransactionCanceledException", ""}, Final},
        {400, {"TransactionConflictException", ""}, Final},
        {400, {"ConditionalCheckFailedException", ""}, Final},
        {403, {"RequestTimeTooSkewed", ""}, Skewed},
        {403, {"InvalidSignatureException", "Signature expired: 2026..."}, Skewed},
        {403, {"InvalidSignatureException", "The request signature we calculated"}, Credentials},
        {400, {"ExpiredTokenException", ""}, Credentials},
        {400, {"AccessDeniedException", ""}, Denied},
        {404, {"NoSuchKey", ""}, Final}};
    for (const auto& [status, fault, expected] : cases) {
        EXPECT_EQ(classify(status, fault), expected) << fault.code;
    }
}

}  // namespace
}  // namespace imagify::aws
