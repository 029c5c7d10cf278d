#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"
#include "app/commands/run_task.hpp"

namespace imagify {
namespace {

struct AccountCommand {
    Overrides flags;
    std::string email;
    std::int64_t credits = 0;
    std::string key;
    std::string note;
    bool revoke = false;
};

std::optional<Email> read_email(const std::string& text) {
    auto email = Email::parse(text);
    if (!email) std::fprintf(stderr, "imagify: '%s' is not an e-mail address\n", text.c_str());
    return email;
}

bool note_is_fit(const std::string& note) {
    const auto problem = note_problem(note);
    if (problem) std::fprintf(stderr, "imagify: --note is %s\n", problem->c_str());
    return !problem;
}

int grant(const AccountCommand& command) {
    const auto email = read_email(command.email);
    if (!email) return kExitUsage;
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    const auto login = run_task(desk->storage.store->find_login(*email));
    if (!login) return report_failure(login.error());
    const GrantCredits grant_credits(*desk->storage.store, desk->events, desk->clock);
    const auto ref = command.key.empty() ? new_ulid("G", desk->clock, desk->random) : command.key;
    const auto entry = run_task(grant_credits.run(
        login->id, {command.credits}, "manual:command:" + ref, command_act(*desk, command.note)));
    if (!entry) return report_failure(entry.error());
    std::printf("%s has %lld credits now.\n", email->text().c_str(),
                static_cast<long long>(entry->balance_after.count));
    return kExitDone;
}

int make_admin(const AccountCommand& command) {
    const auto email = read_email(command.email);
    if (!email || !note_is_fit(command.note)) return kExitUsage;
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    const auto role = command.revoke ? Role::User : Role::Admin;
    const auto account =
        run_task(desk->storage.store->set_role(*email, role, command_act(*desk, command.note)));
    if (!account) return report_failure(account.error());
    std::printf("%s is %s now.%s\n", email->text().c_str(),
                command.revoke ? "no operator" : "an operator",
                command.revoke ? "" : " The console is at /console.");
    return kExitDone;
}

int switch_mfa_off(const AccountCommand& command) {
    const auto email = read_email(command.email);
    if (!email || !note_is_fit(command.note)) return kExitUsage;
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    const auto removed = run_task(
        desk->storage.store->remove_otp(*email, MailId(new_ulid("m_", desk->clock, desk->random)),
                                        command_act(*desk, command.note)));
    if (!removed) return report_failure(removed.error());
    std::printf("%s signs in with the password alone now; every session has ended.\n",
                email->text().c_str());
    return kExitDone;
}

}  // namespace

void add_grant(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("grant", "Give somebody credits");
    auto values = std::make_shared<AccountCommand>();
    command->add_option("email", values->email, "Whose account")->required();
    command->add_option("credits", values->credits, "How many, 1 to 1000000")->required();
    command->add_option("--note", values->note, "Why; kept in the books for ever")->required();
    command->add_option("--key", values->key,
                        "Any text: the same key grants only once, so a retry is safe");
    add_desk_options(*command, values->flags);
    command->footer(
        "Example:\n  imagify grant an@example.vn 20 --note \"sorry for Monday\"\n\n"
        "May run beside a server. Exit code 1: no such account, or the key was used before.");
    command->callback([values, &exit_code] { exit_code = grant(*values); });
}

void add_make_admin(CLI::App& program, int& exit_code) {
    auto* command =
        program.add_subcommand("make-admin", "Make an account an operator's, who sees /console");
    auto values = std::make_shared<AccountCommand>();
    command->add_option("email", values->email, "Whose account; it exists already")->required();
    command->add_option("--note", values->note, "Why; kept in the audit log")->required();
    command->add_flag("--revoke", values->revoke, "Take the role away again");
    add_desk_options(*command, values->flags);
    command->footer(
        "Examples:\n  imagify make-admin an@example.vn --note \"first operator\"\n"
        "  imagify make-admin an@example.vn --revoke --note \"left us\"\n\n"
        "May run beside a server; works at once.");
    command->callback([values, &exit_code] { exit_code = make_admin(*values); });
}

void add_mfa_off(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand(
        "mfa-off", "Switch two-step sign-in off for somebody who lost phone and recovery codes");
    auto values = std::make_shared<AccountCommand>();
    command->add_option("email", values->email, "Whose account")->required();
    command->add_option("--note", values->note, "How you know that it is them; kept for ever")
        ->required();
    add_desk_options(*command, values->flags);
    command->footer(
        "Example:\n  imagify mfa-off an@example.vn --note \"called back, knew her last orders\"\n\n"
        "May run beside a server. Ends every session and tells the address by mail. Exit code 1: "
        "no\n"
        "such account, or two-step sign-in is off.");
    command->callback([values, &exit_code] { exit_code = switch_mfa_off(*values); });
}

}  // namespace imagify
