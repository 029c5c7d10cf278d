#include "security/matrix.hpp"

#include <fmt/format.h>

namespace imagify::testing {
namespace {

constexpr std::uint64_t kCellsMin = 5'000;

/// One mistake in the route of a path.
struct Mistake {
    const char* what;
    std::string_view path;
    void (*make)(http::Route& route);
};

// The route's answer with this status for that one.
void answer_instead(http::Route& route, unsigned from, unsigned to) {
    route.handler = [handler = route.handler, from,
                     to](http::Context context) -> Task<http::Response> {
        auto response = co_await handler(std::move(context));
        if (response.status == from) response.status = to;
        co_return response;
    };
}

constexpr Mistake kMistakes[] = {
    {"an operator's page for everybody", "/admin/audit",
     [](http::Route& route) { route.access = http::Access::User; }},
    {"strangers are told that a picture exists", "/image/{id}",
     [](http::Route& route) { answer_instead(route, 404, 403); }},
    {"a status that is not documented", "/user/ledger",
     [](http::Route& route) { answer_instead(route, 200, 203); }},
    {"another's receipt is shown", "/user/transactions/{id}/receipt",
     [](http::Route& route) { answer_instead(route, 404, 200); }},
    {"a route that is not documented", "/user/export",
     [](http::Route& route) { route.pattern = "/user/secrets"; }},
};

bool notices(const Mistake& mistake) {
    AttackedApi api;
    Findings findings(false);
    play_cells(api, findings, mistake.path, [&] {
        http::Router routes;
        for (auto route : api.router.routes()) {
            if (route.pattern == mistake.path) mistake.make(route);
            routes.add(std::move(route));
        }
        api.serve(std::move(routes));
    });
    return findings.count() > 0;
}

}  // namespace

CorpusReport play_matrix(const CorpusPlan&, Verdicts& verdicts) {
    AttackedApi api;
    Findings findings;
    play_cells(api, findings, {}, [] {});
    for (const auto& mistake : kMistakes) {
        verdicts.expect(notices(mistake), fmt::format("matrix notices: {}", mistake.what));
    }
    verdicts.expect(findings.cases() >= kCellsMin,
                    fmt::format("matrix: at least {} cells", kCellsMin));
    return {.cases = findings.cases(),
            .findings = findings.count(),
            .notes = fmt::format("{} planted mistakes noticed", std::size(kMistakes))};
}

}  // namespace imagify::testing
