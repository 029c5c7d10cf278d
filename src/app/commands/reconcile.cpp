#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"
#include "app/commands/run_task.hpp"
#include "domain/prompt.hpp"

namespace imagify {
namespace {

struct ReconcileCommand {
    Overrides flags;
    std::string order;
    std::string file;
};

int reconcile_one(Desk& desk, const OrderId& id) {
    const auto order = run_task(desk.storage.store->find_order(id));
    if (!order) return report_failure(order.error());
    if (order->status == OrderStatus::Refunding) {
        const auto checked = run_task(desk.tend_refunds->check(*order));
        if (!checked) return report_failure(checked.error());
    } else {
        const auto checked = run_task(desk.reconcile_orders->check(*order));
        if (!checked) return report_failure(checked.error());
    }
    const auto after = run_task(desk.storage.store->find_order(id));
    if (!after) return report_failure(after.error());
    std::printf("Order %s is %s.\n", id.text().c_str(),
                std::string(to_text(after->status)).c_str());
    return kExitDone;
}

// Rounds until nothing is due: each round reschedules what it asked about.
int reconcile(const ReconcileCommand& command) {
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    if (!command.order.empty()) return reconcile_one(*desk, OrderId(command.order));
    Reconciled total;
    TendedRefunds refunds;
    for (bool more = true; more;) {
        const auto round = run_task(desk->reconcile_orders->run());
        if (!round) return report_failure(round.error());
        const auto tended = run_task(desk->tend_refunds->run());
        if (!tended) return report_failure(tended.error());
        total.asked += round->asked;
        total.settled += round->settled;
        total.expired += round->expired;
        total.unanswered += round->unanswered;
        refunds.asked += tended->asked;
        refunds.closed += tended->closed;
        refunds.unanswered += tended->unanswered;
        more = round->asked + tended->asked > 0;
    }
    std::printf("Orders: %d asked, %d settled, %d expired, %d unanswered.\n", total.asked,
                total.settled, total.expired, total.unanswered);
    std::printf("Refunds: %d asked, %d ended, %d unanswered.\n", refunds.asked, refunds.closed,
                refunds.unanswered);
    return total.unanswered + refunds.unanswered == 0 ? kExitDone : kExitProblem;
}

// One order of the list: asks the gateway, and makes the order again when it is not known here.
bool recover_one(Desk& desk, const std::string& reference) {
    const OrderId id(reference);
    const auto opened_at = ulid_time(reference, "");
    if (!opened_at) {
        std::printf("%s: not an order of ours\n", reference.c_str());
        return false;
    }
    const auto known = run_task(desk.storage.store->find_order(id));
    if (known && was_paid(known->status)) {
        std::printf("%s: %s already\n", reference.c_str(),
                    std::string(to_text(known->status)).c_str());
        return true;
    }
    Order asked;
    asked.id = id;
    asked.created_at = *opened_at;
    const auto answer = run_task(desk.gateway->query(known.value_or(asked)));
    if (!answer) {
        std::printf("%s: %s %s\n", reference.c_str(), answer.error().code.c_str(),
                    answer.error().detail.c_str());
        return false;
    }
    run_task(desk.settle_payment->record(*answer));
    const auto after = run_task(desk.storage.store->find_order(id));
    const std::string state(after ? to_text(after->status) : "not recovered");
    std::printf("%s: %s\n", reference.c_str(), state.c_str());
    return after.has_value();
}

int recover(const ReconcileCommand& command) {
    std::ifstream file(command.file);
    if (!file) {
        std::fprintf(stderr, "imagify: cannot read %s\n", command.file.c_str());
        return kExitUsage;
    }
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    bool all = true;
    for (std::string line; std::getline(file, line);) {
        const auto reference = trim(line);
        if (!reference.empty()) all = recover_one(*desk, std::string(reference)) && all;
    }
    return all ? kExitDone : kExitProblem;
}

}  // namespace

void add_reconcile(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand(
        "reconcile", "Ask the gateway about orders and refunds whose end nobody told us");
    auto values = std::make_shared<ReconcileCommand>();
    command->add_option("--order", values->order, "Only this order, whatever its schedule says");
    add_desk_options(*command, values->flags);
    command->footer(
        "Examples:\n  imagify reconcile\n"
        "  imagify reconcile --order 01JD2M3Z5QABCDEFGHJKMNPQRS\n\n"
        "A running server does this by itself every 30 seconds. Exit code 1: some got no answer.");
    command->callback([values, &exit_code] { exit_code = reconcile(*values); });
}

void add_recover(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand(
        "recover", "After restoring an old backup: find paid orders that it does not know");
    auto values = std::make_shared<ReconcileCommand>();
    command
        ->add_option("file", values->file,
                     "Order ids, one per line, as exported from the gateway's portal")
        ->required();
    add_desk_options(*command, values->flags);
    command->footer(
        "Example:\n  imagify recover references.txt --data /var/lib/imagify\n\n"
        "Asks the gateway about each; only its signed answer counts. Orders of accounts that are\n"
        "not in the backup stay out. Serve with RECOVERY_MODE=on meanwhile: then notices that "
        "VNPAY\n"
        "repeats bring their orders back too.");
    command->callback([values, &exit_code] { exit_code = recover(*values); });
}

}  // namespace imagify
