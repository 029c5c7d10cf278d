#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "app/commands/commands.hpp"

namespace imagify {
namespace {

// A part of what a server serves needs only a part of the secrets, and it serves everything.
TEST(ServeTest, ServerIsNoFunctionOfLambda) {
    ::setenv("IMAGIFY_ROUTES", "worker", 1);
    CLI::App program;
    int exit_code = kExitDone;
    add_serve(program, exit_code);

    ::testing::internal::CaptureStderr();
    program.parse("serve --listen 127.0.0.1:0");
    ::unsetenv("IMAGIFY_ROUTES");

    EXPECT_EQ(exit_code, kExitUsage);
    EXPECT_TRUE(::testing::internal::GetCapturedStderr().starts_with(
        "imagify: IMAGIFY_ROUTES is for functions of AWS Lambda"));
}

}  // namespace
}  // namespace imagify
