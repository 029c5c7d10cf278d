#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "security/body_fields.hpp"
#include "security/contract_document.hpp"
#include "security/word_list.hpp"
#include "security/words_world.hpp"

namespace imagify::testing {
namespace {

using http::Method;

constexpr std::size_t kWordsMin = 300;

std::string shortened(const std::string& text) { return text.substr(0, 60); }

bool is_quiet(const Answer& answer, const std::string& meaning) {
    return std::ranges::none_of(answer.headers, [&](const auto& header) {
        const auto& value = header.second;
        const bool odd = std::ranges::any_of(value, [](char c) { return c < 0x20 || c == 0x7f; });
        return odd || (meaning.size() > 8 && value.contains(meaning));
    });
}

/// Every word in every field, on one API.
class Reading {
public:
    Reading(WordsWorld& world, Findings& findings) : world_(world), findings_(findings) {}

    void play(std::string_view only = {}) {
        for (const auto& body : known_bodies()) {
            if (!only.empty() && body.path != only) continue;
            for (const auto& [field, value] : body.members) {
                if (value.starts_with('"')) show_words(body, field);
                show_others(body, field, value.starts_with('"'));
            }
        }
    }

    void show_queries() {
        for (const auto& operation : documented_operations()) {
            if (operation.method != "GET" || operation.path == "/openapi.json") continue;
            for (const auto& word : hostile_words()) {
                const auto encoded = percent_encoded(meaning_of(word));
                for (const auto* name : {"q", "cursor", "limit", "status", "open"}) {
                    const auto target = world_.target(operation.path) + "?" + name + "=" + encoded;
                    const auto answer = world_.ask_as_operator(Method::Get, target);
                    expect(answer.status < 500 && is_quiet(answer, meaning_of(word)),
                           operation.name() + " " + name, word, answer);
                }
                if (!operation.has_id()) continue;
                auto target = operation.path;
                target.replace(target.find("{id}"), 4, encoded.empty() ? "x" : encoded);
                const auto answer = world_.ask_as_operator(Method::Get, target);
                expect(answer.status < 500 && is_quiet(answer, meaning_of(word)),
                       operation.name() + " id", word, answer);
            }
        }
    }

    void show_keys() {
        for (const auto& word : hostile_words()) {
            const auto key = meaning_of(word);
            const auto answer = world_.pay_with_key(key);
            const bool fits = !key.empty() && key.size() <= 255 &&
                              std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
            expect(answer.status == (fits ? 201U : 422U) && is_quiet(answer, key),
                   "Idempotency-Key", word, answer);
        }
    }

private:
    static std::string percent_encoded(const std::string& text) {
        std::string encoded;
        for (const char c : text.substr(0, 3'000)) {
            encoded += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        }
        return encoded;
    }

    void expect(bool holds, const std::string& where, const std::string& word,
                const Answer& answer) {
        findings_.expect(holds, fmt::format("{} = {}: {} {}", where, shortened(word), answer.status,
                                            shortened(answer.body)));
    }

    void show_words(const KnownBody& body, const std::string& field) {
        const auto where = body.path + " " + field;
        for (const auto& word : hostile_words()) {
            const auto meaning = meaning_of(word);
            const auto answer = world_.send(body, body.with(field, word));
            expect(answer.status < 500 && is_quiet(answer, meaning), where, word, answer);
            if (answer.status >= 300) continue;
            expect(world_.kept(body, field, word, meaning, answer), where + " kept", word, answer);
        }
    }

    // A field of a text takes no other value, a number's no text; two of a name are two too many.
    void show_others(const KnownBody& body, const std::string& field, bool is_text) {
        const auto where = body.path + " " + field;
        const auto refused = [](const Answer& answer) {
            return answer.status == 400 || answer.status == 422;
        };
        for (const auto& value : other_values()) {
            const bool may_fit = !is_text && (value == "0" || value == "1" || value == "-0");
            const auto answer = world_.send(body, body.with(field, value));
            expect(may_fit ? answer.status < 500 : refused(answer), where, value, answer);
        }
        const auto none = world_.send(body, body.with(field, "null"));
        expect(none.status < 500, where, "null", none);
        const auto twice = body.with(field, "\"a\",\"" + field + "\":\"b\"");
        const auto answer = world_.send(body, twice);
        expect(answer.status == 400, where, "twice", answer);
        const auto in_disguise = body.with(
            field, "\"a\",\"\\u" + fmt::format("{:04x}", field[0]) + field.substr(1) + "\":\"b\"");
        const auto disguised = world_.send(body, in_disguise);
        expect(disguised.status == 400, where, "twice, once in escapes", disguised);
    }

    WordsWorld& world_;
    Findings& findings_;
};

/// One mistake in what becomes of words.
struct Mistake {
    const char* what;
    std::string_view path;
    http::Handler (*wrap)(http::Handler handler);
};

constexpr Mistake kMistakes[] = {
    {"a name that is told in a header", "/user/me",
     [](http::Handler handler) -> http::Handler {
         return [handler](http::Context context) -> Task<http::Response> {
             auto body = context.request.body;
             auto response = co_await handler(std::move(context));
             response.headers.add("X-Name", body.substr(0, body.find('}')) + "\n");
             co_return response;
         };
     }},
    {"a name that loses its directions", "/user/me",
     [](http::Handler handler) -> http::Handler {
         return [handler](http::Context context) -> Task<http::Response> {
             auto& body = context.request.body;
             if (const auto at = body.find("\xe2\x80\xae"); at != std::string::npos)
                 body.erase(at, 3);
             co_return co_await handler(std::move(context));
         };
     }},
    {"an emoji that breaks the program", "/user/me",
     [](http::Handler handler) -> http::Handler {
         return [handler](http::Context context) -> Task<http::Response> {
             const bool breaks = context.request.body.contains("\xf0\x9f");
             auto response = co_await handler(std::move(context));
             if (breaks) response.status = 500;
             co_return response;
         };
     }},
};

bool notices(const Mistake& mistake) {
    WordsWorld world;
    http::Router routes;
    for (auto route : world.router.routes()) {
        if (route.pattern == mistake.path) route.handler = mistake.wrap(std::move(route.handler));
        routes.add(std::move(route));
    }
    world.serve(std::move(routes));
    Findings findings(false);
    Reading(world, findings).play(mistake.path);
    return findings.count() > 0;
}

// Nothing but ASCII is an address, so that no two spellings of letters can meet in one.
void collide(Findings& findings) {
    std::uint64_t taken = 0;
    for (char32_t point = 0x80; point <= 0x10ffff; ++point) {
        const auto letter = utf8_of(point);
        taken += Email::parse("adm" + letter + "n@example.vn") ? 1U : 0U;
        taken += Email::parse("admin@ex" + letter + "mple.vn") ? 1U : 0U;
    }
    findings.expect(taken == 0, fmt::format("{} addresses beyond ASCII", taken));
}

}  // namespace

CorpusReport play_words(const CorpusPlan& plan, Verdicts& verdicts) {
    Findings findings;
    collide(findings);
    const auto documented = documented_operations();
    const auto with_bodies = std::ranges::count_if(documented, &Operation::has_body);
    verdicts.expect(static_cast<std::size_t>(with_bodies) == known_bodies().size(),
                    "words reach every body of the contract");
    verdicts.expect(hostile_words().size() >= kWordsMin, "words: at least 300");
    for (const auto& mistake : kMistakes) {
        verdicts.expect(notices(mistake), fmt::format("words notice: {}", mistake.what));
    }
    WordsWorld world;
    Reading reading(world, findings);
    reading.play(plan.extent == Extent::Smoke ? "/user/me" : "");
    if (plan.extent != Extent::Smoke) {
        reading.show_queries();
        reading.show_keys();
    }
    world.expect_no_effect_of_columns(findings);
    return {.cases = findings.cases(),
            .findings = findings.count(),
            .notes = fmt::format("{} words, 2.2 million addresses", hostile_words().size())};
}

}  // namespace imagify::testing
