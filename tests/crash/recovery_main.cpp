#include <CLI/CLI.hpp>

#include "base/log.hpp"
#include "crash/recovery.hpp"

namespace imagify::testing {
namespace {

int run(RecoveryOptions options) {
    set_log_level(LogLevel::None);
    if (options.deep) {
        options.disks = 100;
        options.rows = 10'000'000;
        options.flips = 10'000;
    }
    Verdicts verdicts;
    change_bits(options, verdicts);
    kill_backups(options, verdicts);
    kill_while_shipping(options, verdicts);
    stop_in_order(options, verdicts);
    lose_disks(options, verdicts);
    repeat_notices(options, verdicts);
    restore_large(options, verdicts);
    return verdicts.close("recovery");
}

}  // namespace
}  // namespace imagify::testing

int main(int argc, char** argv) {
    imagify::testing::RecoveryOptions options;
    CLI::App program(
        "Backs real servers up under traffic, takes their disks away and restores them: what is "
        "lost, how long it takes, and whether damage is noticed.");
    program.add_option("--seed", options.seed, "Of all random choices, default 1");
    program.add_option("--rows", options.rows, "In the large ledger, default 1000000");
    program.add_option("--disks", options.disks, "Lost under traffic, default 10");
    program.add_option("--windows", options.windows, "With and without backups, default 8 each");
    program.add_option("--flips", options.flips, "Changed bits, default 1000");
    program.add_option("--folder", options.folder, "On a real disk; default in the build folder");
    program.add_flag("--deep", options.deep, "10,000,000 rows, 100 disks, 10,000 changed bits");
    program.footer(
        "Examples:\n  imagify_recovery\n  imagify_recovery --rows 100000 --disks 3\n\n"
        "Exit code 0: nothing failed. Times are figures, not verdicts.");
    CLI11_PARSE(program, argc, argv);
    return imagify::testing::run(options);
}
