#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/options.hpp"
#include "app/server.hpp"

namespace imagify {
namespace {

int serve(const Overrides& flags) {
    auto settings = open_settings(flags);
    if (!settings) return kExitProblem;
    auto reading = read_config(settings->environment());
    if (reading.config.routes != RouteGroup::All) {
        reading.problems.push_back({.setting = "IMAGIFY_ROUTES",
                                    .advice = "is for functions of AWS Lambda: a server serves "
                                              "everything"});
    }
    for (const auto& problem : reading.problems) {
        std::fprintf(stderr, "imagify: %s %s\n", problem.setting.c_str(), problem.advice.c_str());
    }
    if (!reading.problems.empty()) return kExitUsage;
    set_log_level(reading.config.log_level);
    auto server = Server::start(std::move(reading.config), std::move(settings));
    if (!server) {
        std::fprintf(stderr, "imagify: %s\n", server.error().detail.c_str());
        return kExitProblem;
    }
    std::printf("Imagify is ready: %s\n", (*server)->public_url().c_str());
    std::fflush(stdout);
    (*server)->run();
    return kExitDone;
}

}  // namespace

void add_serve(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("serve", "Serve the web app and the API");
    auto flags = std::make_shared<Overrides>();
    command->add_option("--listen", (*flags)["IMAGIFY_LISTEN"],
                        "Address and port (IMAGIFY_LISTEN), default 127.0.0.1:8080");
    command->add_option("--data", (*flags)["IMAGIFY_DATA"],
                        "Folder for everything worth keeping (IMAGIFY_DATA), default ./data");
    command->add_option("--mode", (*flags)["IMAGIFY_MODE"],
                        "development or production (IMAGIFY_MODE)");
    command->add_option("--public-url", (*flags)["IMAGIFY_PUBLIC_URL"],
                        "Where customers reach the server (IMAGIFY_PUBLIC_URL)");
    command->add_option("--tls-cert", (*flags)["TLS_CERT"],
                        "Certificate and chain in PEM: HTTPS (TLS_CERT)");
    command->add_option("--tls-key", (*flags)["TLS_KEY"], "Its key in PEM (TLS_KEY)");
    command->footer(
        "Examples:\n"
        "  imagify serve\n"
        "  imagify serve --listen :443 --tls-cert fullchain.pem --tls-key privkey.pem\n"
        "  imagify serve --listen 127.0.0.1:18080 --data /var/lib/imagify\n"
        "  IMAGIFY_MODE=production IMAGIFY_PUBLIC_URL=https://pictures.example imagify serve\n\n"
        "All other settings are environment variables: see the README. SIGTERM ends the server\n"
        "after the requests that run, within 10 seconds; SIGHUP makes it read the TLS files "
        "again.");
    command->callback([flags, &exit_code] { exit_code = serve(*flags); });
}

}  // namespace imagify
