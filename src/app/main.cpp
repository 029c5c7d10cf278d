#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "app/commands/commands.hpp"
#include "app/run_lambda.hpp"
#include "app/self_contained.hpp"
#include "transport/beast/web_assets.hpp"

namespace {

// Lambda starts the file "bootstrap" without arguments.
bool started_by_lambda(int argc, char** argv) {
    const std::string_view file = argc == 1 ? argv[0] : "";
    return file.substr(file.rfind('/') + 1) == "bootstrap" &&
           std::getenv("AWS_LAMBDA_RUNTIME_API") != nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    imagify::stay_self_contained();
    std::signal(SIGPIPE, SIG_IGN);
    if (started_by_lambda(argc, argv)) return imagify::run_lambda(&imagify::http::embedded_web());
    int exit_code = imagify::kExitUsage;
    CLI::App program("Imagify sells AI pictures by the credit.", "imagify");
    program.require_subcommand(1);
    program.footer(
        "Examples:\n"
        "  imagify serve                     start on http://127.0.0.1:8080 with ./data\n"
        "  imagify doctor                    check the settings\n"
        "  imagify verify --data ./data      check that the books balance\n"
        "  imagify make-admin an@example.vn --note \"first operator\"\n\n"
        "Exit codes: 0 done, 1 found a problem, 2 usage.");
    imagify::add_serve(program, exit_code);
    imagify::add_verify(program, exit_code);
    imagify::add_backup(program, exit_code);
    imagify::add_restore(program, exit_code);
    imagify::add_doctor(program, exit_code);
    imagify::add_grant(program, exit_code);
    imagify::add_make_admin(program, exit_code);
    imagify::add_mfa_off(program, exit_code);
    imagify::add_refund(program, exit_code);
    imagify::add_review(program, exit_code);
    imagify::add_reconcile(program, exit_code);
    imagify::add_lambda(program, exit_code);
    imagify::add_recover(program, exit_code);
    imagify::add_tables(program, exit_code);
    imagify::add_health(program, exit_code);
    imagify::add_version(program, exit_code);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = program.exit(error);
        return code == 0 ? imagify::kExitDone : imagify::kExitUsage;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "imagify: %s\n", error.what());
        return imagify::kExitProblem;
    }
    return exit_code;
}
