#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/commands/commands.hpp"

#ifndef IMAGIFY_VERSION
#define IMAGIFY_VERSION "0.1.0"
#endif

namespace imagify {

void add_version(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("version", "Print the version");
    command->callback([&exit_code] {
        std::printf("imagify %s\n", IMAGIFY_VERSION);
        exit_code = kExitDone;
    });
}

}  // namespace imagify
