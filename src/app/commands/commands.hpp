#pragma once

namespace CLI {
class App;
}

namespace imagify {

/// Exit codes of every command.
inline constexpr int kExitDone = 0;
inline constexpr int kExitProblem = 1;
inline constexpr int kExitUsage = 2;

/// Each adds its subcommand, which stores its exit code in `exit_code` when it ran.
void add_serve(CLI::App& program, int& exit_code);
void add_verify(CLI::App& program, int& exit_code);
void add_backup(CLI::App& program, int& exit_code);
void add_restore(CLI::App& program, int& exit_code);
void add_doctor(CLI::App& program, int& exit_code);
void add_grant(CLI::App& program, int& exit_code);
void add_make_admin(CLI::App& program, int& exit_code);
void add_mfa_off(CLI::App& program, int& exit_code);
void add_refund(CLI::App& program, int& exit_code);
void add_review(CLI::App& program, int& exit_code);
void add_reconcile(CLI::App& program, int& exit_code);
void add_lambda(CLI::App& program, int& exit_code);
void add_recover(CLI::App& program, int& exit_code);
void add_tables(CLI::App& program, int& exit_code);
void add_health(CLI::App& program, int& exit_code);
void add_version(CLI::App& program, int& exit_code);

}  // namespace imagify
