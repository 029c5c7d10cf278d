#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/commands/commands.hpp"
#include "app/commands/desk.hpp"
#include "app/commands/run_task.hpp"

namespace imagify {
namespace {

struct OrderCommand {
    Overrides flags;
    std::string order;
    std::int64_t credits = 0;
    std::string close;
    std::int64_t review = 0;
    std::string action;
    std::string note;
};

int report(const Refund& refund) {
    std::printf("Order %s: refund of %lld credits, %lld VND, is %s%s%s.\n",
                refund.order_id.text().c_str(), static_cast<long long>(refund.credits.count),
                static_cast<long long>(refund.amount.amount),
                std::string(to_text(refund.state)).c_str(), refund.reason.empty() ? "" : ": ",
                refund.reason.c_str());
    return refund.state == RefundState::Rejected ? kExitProblem : kExitDone;
}

int refund(const OrderCommand& command) {
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    const OrderId order(command.order);
    const auto act = command_act(*desk, command.note);
    if (!command.close.empty()) {
        const auto end = parse_refund_state(command.close);
        const auto closed = run_task(desk->tend_refunds->close(order, *end, act));
        return closed ? (report(*closed), kExitDone) : report_failure(closed.error());
    }
    std::optional<Credits> part;
    if (command.credits != 0) part = {command.credits};
    const auto opened = run_task(desk->tend_refunds->refund(order, part, act));
    if (!opened) return report_failure(opened.error());
    return report(*opened);
}

int list_reviews(const OrderCommand& command) {
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    PageRequest page{.limit = kPageMax};
    for (;;) {
        const auto items = run_task(desk->storage.store->list_reviews(true, page));
        if (!items) return report_failure(items.error());
        for (const auto& item : items->items) {
            std::printf("%lld  %s  %s  %s\n", static_cast<long long>(item.id),
                        item.order_id.text().c_str(), std::string(to_text(item.reason)).c_str(),
                        item.evidence.c_str());
        }
        if (!items->next_cursor) return kExitDone;
        page.cursor = *items->next_cursor;
    }
}

int settle(const OrderCommand& command) {
    const auto desk = Desk::open(command.flags);
    if (!desk) return kExitUsage;
    const SettleReview settle_review(*desk->storage.store, desk->events, desk->clock);
    const auto settled = run_task(settle_review.run({.id = command.review,
                                                     .action = *parse_review_action(command.action),
                                                     .act = command_act(*desk, command.note)}));
    if (!settled) return report_failure(settled.error());
    std::printf("Case %lld is settled; order %s is %s.\n", static_cast<long long>(command.review),
                settled->order.id.text().c_str(),
                std::string(to_text(settled->order.status)).c_str());
    return kExitDone;
}

}  // namespace

void add_refund(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("refund", "Pay an order back through the gateway");
    auto values = std::make_shared<OrderCommand>();
    command->add_option("order", values->order, "The order's id")->required();
    command->add_option("--credits", values->credits, "Only this part of its credits")
        ->check(CLI::Range(1, 1'000'000));
    command
        ->add_option("--close", values->close,
                     "End an open refund that the gateway never told the end of")
        ->check(CLI::IsMember({"done", "rejected"}));
    command->add_option("--note", values->note, "Why; kept in the audit log")->required();
    add_desk_options(*command, values->flags);
    command->footer(
        "Examples:\n  imagify refund 01JD2M3Z5QABCDEFGHJKMNPQRS --note \"bought twice\"\n"
        "  imagify refund 01JD2M3Z5QABCDEFGHJKMNPQRS --credits 40 --note \"part of it\"\n"
        "  imagify refund 01JD2M3Z5QABCDEFGHJKMNPQRS --close done --note \"seen in the portal\"\n\n"
        "The credits are held first; the refund stays open until the gateway confirms it. A\n"
        "running server, or `imagify reconcile`, follows it to its end.");
    command->callback([values, &exit_code] { exit_code = refund(*values); });
}

void add_review(CLI::App& program, int& exit_code) {
    auto* command =
        program.add_subcommand("review", "What a person has to look at: list it, settle it");
    auto values = std::make_shared<OrderCommand>();
    command->require_subcommand(1);
    auto* list = command->add_subcommand("list", "Open cases: number, order, reason, evidence");
    add_desk_options(*list, values->flags);
    list->callback([values, &exit_code] { exit_code = list_reviews(*values); });
    auto* settle_one = command->add_subcommand("settle", "Settle one case");
    settle_one->add_option("case", values->review, "Its number")->required();
    settle_one
        ->add_option("action", values->action,
                     "approve: the customer gets the credits; reject: the order is failed; "
                     "dismiss: nothing is to be done")
        ->required()
        ->check(CLI::IsMember({"approve", "reject", "dismiss"}));
    settle_one->add_option("--note", values->note, "Why; kept for ever")->required();
    add_desk_options(*settle_one, values->flags);
    settle_one->callback([values, &exit_code] { exit_code = settle(*values); });
    command->footer(
        "Examples:\n  imagify review list\n"
        "  imagify review settle 7 approve --note \"VNPAY cleared it by phone\"");
}

}  // namespace imagify
