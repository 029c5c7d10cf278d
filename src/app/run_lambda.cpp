#include "app/run_lambda.hpp"

#include <cstdio>

#include "app/commands/commands.hpp"
#include "app/lambda_server.hpp"

namespace imagify {

int run_lambda(const http::WebBundle* web) {
    const auto environment = process_environment();
    auto settings = read_lambda_settings(environment);
    if (settings.runtime_api.empty()) {
        std::fprintf(stderr,
                     "imagify: AWS_LAMBDA_RUNTIME_API is missing: AWS Lambda starts this command "
                     "and sets it. On your own machine use imagify serve.\n");
        return kExitUsage;
    }
    LambdaServer server(std::move(settings), web);
    return server.run(environment);
}

}  // namespace imagify
