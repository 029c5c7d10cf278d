#include <nss.h>
#include <openssl/crypto.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "app/commands/commands.hpp"

namespace {

// A static program must not load the machine's own modules: NSS modules and OpenSSL providers bring
// another libc with them.
void stay_self_contained() {
    __nss_configure_lookup("hosts", "files dns");
    __nss_configure_lookup("services", "files");
    __nss_configure_lookup("protocols", "files");
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
    stay_self_contained();
    std::signal(SIGPIPE, SIG_IGN);
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
    imagify::add_doctor(program, exit_code);
    imagify::add_grant(program, exit_code);
    imagify::add_make_admin(program, exit_code);
    imagify::add_refund(program, exit_code);
    imagify::add_review(program, exit_code);
    imagify::add_reconcile(program, exit_code);
    imagify::add_recover(program, exit_code);
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
