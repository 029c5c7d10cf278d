#include <fmt/format.h>

#include "security/corpus.hpp"
#include "security/desync_cases.hpp"
#include "security/loopback.hpp"
#include "security/proxy.hpp"
#include "security/target.hpp"
#include "support/http_probe.hpp"

namespace imagify::testing {
namespace {

// The victim asks for something that no case asks for, so that a wrong answer shows.
const std::string kVictim = "GET /image/engines HTTP/1.1\r\nHost: a\r\n\r\n";

bool is_victims_answer(const std::optional<Reply>& reply) {
    return reply && reply->status == 200 && reply->body.starts_with("{\"items\":[");
}

// After each case somebody else asks through the same proxy, and has to get their own answer.
std::uint64_t count_wrong_answers(std::uint16_t port, const std::vector<WireCase>& cases,
                                  bool tell) {
    std::uint64_t wrong = 0;
    for (const auto& wire_case : cases) {
        exchange_one(port, wire_case.bytes);
        HttpProbe victim(port);
        for (int turn = 0; turn < 2; ++turn) {
            const auto reply = victim.ask(kVictim);
            if (is_victims_answer(reply)) continue;
            ++wrong;
            if (!tell) break;
            fmt::print("  {}: the next customer got {} {}\n", wire_case.what,
                       reply ? reply->status : 0, reply ? printable(reply->body) : "");
        }
    }
    return wrong;
}

}  // namespace

CorpusReport play_behind_proxies(const CorpusPlan& plan, Verdicts& verdicts) {
    auto cases = desync_cases();
    if (plan.extent == Extent::Smoke) cases.resize(10);
    const Target target;
    const Target careless({"IMAGIFY_MUTANT=http.body_unread"});
    CorpusReport report;
    for (const auto kind : {ProxyKind::Nginx, ProxyKind::Haproxy}) {
        const auto name = Proxy::name(kind);
        report.notes += fmt::format("{}{}", report.notes.empty() ? "" : ", ", name);
        if (!Proxy::installed(kind)) {
            report.notes += " is not installed";
            continue;
        }
        const Proxy proxy(kind, target.port());
        report.findings += count_wrong_answers(proxy.port(), cases, true);
        report.cases += cases.size();
        // nginx lets go of a kept connection on which something arrives unasked: with it, whether
        // the fault shows is a matter of microseconds.
        if (kind == ProxyKind::Nginx) continue;
        const Proxy control(kind, careless.port());
        const auto noticed = count_wrong_answers(control.port(), desync_cases(), false);
        verdicts.expect(
            noticed > 0,
            fmt::format("proxies: planted http.body_unread, {} times noticed", noticed));
    }
    return report;
}

}  // namespace imagify::testing
