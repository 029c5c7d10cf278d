#include <fmt/format.h>

#include <algorithm>

#include "security/cast.hpp"
#include "security/contract_document.hpp"
#include "security/matrix.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr Method kMethods[] = {Method::Get,   Method::Head,   Method::Post,   Method::Put,
                               Method::Patch, Method::Delete, Method::Options};
// The web app's own file, outside the route table.
constexpr auto kDocument = "/openapi.json";

/// What an id is to the person who asks.
enum class Ownership { Own, Others, Absent };

struct Subject {
    std::string what;
    std::string id;
    Ownership ownership;
};

std::vector<Subject> subjects_of(const Operation& operation, const Cast& cast) {
    using enum Ownership;
    if (!operation.has_id()) return {{"", "", Own}};
    return {{"own", cast.owned(operation.path, false), Own},
            {"another's", cast.owned(operation.path, true), Others},
            {"absent", Cast::absent(operation.path), Absent},
            {"one letter", "x", Absent},
            {"very long", std::string(4'000, '0'), Absent},
            {"traversal", "..%2f..%2fimagify.db", Absent},
            {"NUL", "%00", Absent},
            {"unicode", "%e2%80%ae%f0%9f%92%a3", Absent},
            {"SQL", "'%20OR%20'1'='1", Absent}};
}

std::string target_of(const Operation& operation, const std::string& id) {
    auto target = operation.path;
    if (const auto at = target.find("{id}"); at != std::string::npos) target.replace(at, 4, id);
    return target;
}

Method method_of(const std::string& name) {
    return *std::ranges::find_if(kMethods, [&](Method each) { return to_text(each) == name; });
}

std::string shape(const Answer& answer) {
    auto text = std::to_string(answer.status) + "\n";
    for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\n";
    return text + answer.body;
}

/// All cells of the matrix, on one API.
class Matrix {
public:
    Matrix(AttackedApi& api, Findings& findings)
        : api_(api), findings_(findings), cast_(api), operations_(documented_operations()) {
        // So that the stream of events comes to an end.
        api_.backend->events().close();
    }

    /// Of one path, or of all of them.
    void play(std::string_view only) {
        compare_routes();
        for (const auto& operation : operations_) {
            if (operation.path == kDocument) continue;
            if (!only.empty() && operation.path != only) continue;
            show_other_methods(operation);
            if (operation.needs_session) {
                show_private(operation);
            } else {
                show_open(operation);
            }
        }
    }

private:
    void compare_routes() {
        std::set<std::string> served{std::string("GET ") + kDocument};
        for (const auto& route : api_.router.routes()) {
            served.insert(std::string(to_text(route.method)) + " " + std::string(route.pattern));
        }
        std::set<std::string> documented;
        for (const auto& operation : operations_) documented.insert(operation.name());
        for (const auto& name : served) {
            findings_.expect(documented.contains(name), "served, not documented: " + name);
        }
        for (const auto& name : documented) {
            findings_.expect(served.contains(name), "documented, not served: " + name);
        }
    }

    Answer ask(Method method, const Operation& operation, const std::string& id,
               const std::string& token) {
        const bool sends = operation.has_body && method == method_of(operation.method);
        return api_.ask(method, target_of(operation, id), sends ? "{}" : "", token);
    }

    Answer ask_by_cookie(const Operation& operation, const std::string& id,
                         const std::string& token, bool with_mark) {
        Call call{.method = method_of(operation.method),
                  .target = target_of(operation, id),
                  .body = operation.has_body ? "{}" : "",
                  .headers = {{"Cookie", "imagify_session=" + token}},
                  .client_address = "127.0.0.1"};
        if (with_mark) call.headers.emplace_back("X-Imagify", "1");
        return api_.call(std::move(call));
    }

    void show_other_methods(const Operation& operation) {
        for (const auto method : kMethods) {
            const auto name = std::string(to_text(method));
            const bool served = std::ranges::any_of(operations_, [&](const Operation& each) {
                return each.path == operation.path &&
                       (each.method == name || (each.method == "GET" && name == "HEAD"));
            });
            if (served) continue;
            for (const auto& caller : cast_.callers()) {
                const auto answer = ask(method, operation, "x", caller.token);
                findings_.expect(answer.status == 405 && answer.headers.count("Allow") == 1,
                                 fmt::format("{} {} as {}: {}", name, operation.path, caller.name,
                                             answer.status));
            }
        }
    }

    void expect_documented(const Operation& operation, const Answer& answer,
                           const std::string& cell) {
        findings_.expect(operation.statuses.contains(answer.status) && answer.status != 500,
                         fmt::format("{}: {} is not documented", cell, answer.status));
    }

    // Who asks makes no difference, unless the answer is about who asks.
    void show_open(const Operation& operation) {
        for (const auto& subject : subjects_of(operation, cast_)) {
            const auto nobody = ask(method_of(operation.method), operation, subject.id, "");
            for (const auto& caller : std::vector(cast_.callers())) {
                const auto cell =
                    fmt::format("{} {} as {}", operation.name(), subject.what, caller.name);
                const auto answer =
                    ask(method_of(operation.method), operation, subject.id, caller.token);
                expect_documented(operation, answer, cell);
                if (!caller.lives || subject.ownership == Ownership::Absent) {
                    findings_.expect(shape(answer) == shape(nobody), cell + ": another answer");
                }
                if (operation.has_id() && !is_owner(caller, subject)) {
                    findings_.expect(answer.status == 404,
                                     fmt::format("{}: {}", cell, answer.status));
                }
            }
        }
    }

    static bool is_owner(const Caller& caller, const Subject& subject) {
        return (subject.ownership == Ownership::Own && caller.name == "owner") ||
               (subject.ownership == Ownership::Others && caller.name == "other");
    }

    void show_private(const Operation& operation) {
        const auto names = [&] {
            std::vector<std::string> all;
            for (const auto& caller : cast_.callers()) all.push_back(caller.name);
            return all;
        }();
        for (std::size_t person = 0; person < names.size(); ++person) {
            std::string absent;
            for (std::size_t i = 0; i < subjects_of(operation, cast_).size(); ++i) {
                cast_.restore();
                const auto caller = cast_.callers()[person];
                const auto subject = subjects_of(operation, cast_)[i];
                show_cell(operation, caller, subject, absent);
            }
        }
    }

    void show_cell(const Operation& operation, const Caller& caller, const Subject& subject,
                   std::string& absent) {
        const auto method = method_of(operation.method);
        const auto cell = fmt::format("{} {} as {}", operation.name(), subject.what, caller.name);
        if (method != Method::Get) {
            const auto bare = ask_by_cookie(operation, subject.id, caller.token, false);
            findings_.expect(bare.status == (caller.lives ? 403U : 401U),
                             fmt::format("{} by a form: {}", cell, bare.status));
        } else {
            // HEAD is GET without its body, by a cookie as good as by a header.
            const auto by_cookie = ask_by_cookie(operation, subject.id, caller.token, true);
            const auto head = ask(Method::Head, operation, subject.id, caller.token);
            const auto got = ask(method, operation, subject.id, caller.token);
            findings_.expect(by_cookie.status == got.status && head.status == got.status,
                             fmt::format("{}: {} by a cookie, {} by HEAD, {}", cell,
                                         by_cookie.status, head.status, got.status));
        }
        const auto answer = ask(method, operation, subject.id, caller.token);
        expect_documented(operation, answer, cell);
        judge(operation, caller, subject, answer, cell);
        if (!caller.lives || subject.ownership == Ownership::Own) return;
        if (subject.what == "absent") {
            absent = shape(answer);
        } else if (subject.ownership == Ownership::Absent) {
            findings_.expect(shape(answer) == absent, cell + ": not as absent");
        } else if (!operation.is_for_operators && !is_owner(caller, subject)) {
            const auto nothing = ask(method, operation, Cast::absent(operation.path), caller.token);
            findings_.expect(shape(answer) == shape(nothing), cell + ": not as absent");
        }
    }

    void judge(const Operation& operation, const Caller& caller, const Subject& subject,
               const Answer& answer, const std::string& cell) {
        const auto expect = [&](bool holds) {
            findings_.expect(holds, fmt::format("{}: {} {}", cell, answer.status, answer.body));
        };
        if (!caller.lives) {
            expect(answer.status == 401 &&
                   answer.text("code") ==
                       (caller.token.empty() ? "auth.required" : "auth.token_invalid"));
        } else if (operation.is_for_operators && !caller.is_operator) {
            expect(answer.status == 403 && answer.text("code") == "auth.admin_required");
        } else if (operation.has_id() && !operation.is_for_operators) {
            expect((answer.status == 404) != is_owner(caller, subject));
        } else if (subject.ownership == Ownership::Absent) {
            // What is asked is read before whom it is about.
            expect(answer.status == 404 || (operation.has_body && answer.status == 422));
        } else {
            expect(answer.status != 401 && answer.status != 403 && answer.status != 404);
        }
    }

    AttackedApi& api_;
    Findings& findings_;
    Cast cast_;
    std::vector<Operation> operations_;
};

}  // namespace

void play_cells(AttackedApi& api, Findings& findings, std::string_view only,
                const std::function<void()>& prepared) {
    Matrix matrix(api, findings);
    prepared();
    matrix.play(only);
}

}  // namespace imagify::testing
