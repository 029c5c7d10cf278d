#include <CLI/CLI.hpp>

#include "app/commands/commands.hpp"
#include "app/run_lambda.hpp"

namespace imagify {

void add_lambda(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("lambda", "Answer the events of an AWS Lambda function");
    command->footer(
        "AWS Lambda starts it, as the file 'bootstrap' of a function with the runtime\n"
        "provided.al2023: API Gateway requests, SQS batches of pictures to paint, schedules.\n"
        "IMAGIFY_ROUTES says which part of the program the function is: auth, image, payment,\n"
        "worker, scheduler or all.\n\n"
        "Examples:\n"
        "  ./run package      make the file for Lambda\n"
        "  AWS_LAMBDA_RUNTIME_API=127.0.0.1:9001 imagify lambda    with a stand-in for Lambda");
    command->callback([&exit_code] { exit_code = run_lambda(&http::embedded_web()); });
}

}  // namespace imagify
