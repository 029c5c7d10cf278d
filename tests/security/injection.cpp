#include <fmt/format.h>

#include <boost/json.hpp>
#include <random>

#include "adapters/clipdrop/multipart_form.hpp"
#include "adapters/http_client/outbound_url.hpp"
#include "base/mutant.hpp"
#include "security/attacked_api.hpp"
#include "security/target.hpp"
#include "security/word_list.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

/// The contents of a form's parts as RFC 2046 tells them apart, and nothing of the product.
std::vector<std::string> parts_of(const MultipartForm& form) {
    const auto marker = form.content_type.find("boundary=") + 9;
    const auto delimiter = "\r\n--" + form.content_type.substr(marker);
    const auto text = "\r\n" + form.body;
    std::vector<std::string> contents;
    for (auto at = text.find(delimiter); at != std::string::npos;) {
        const auto start = at + delimiter.size();
        at = text.find(delimiter, start);
        if (at == std::string::npos) break;
        const auto part = text.substr(start, at - start);
        const auto content = part.find("\r\n\r\n");
        contents.push_back(content == std::string::npos ? "" : part.substr(content + 4));
    }
    return contents;
}

/// The same bytes for a while, so that a boundary can be foretold; then others.
class ForetoldRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override {
        std::ranges::fill(bytes, calls_++ == 0 ? std::byte{0} : std::byte{7});
    }

private:
    int calls_ = 0;
};

bool keeps_foretold_boundary() {
    ForetoldRandom random;
    const auto value = "a\r\n--imagify-" + std::string(24, '0') +
                       "\r\nContent-Disposition: form-data; name=\"style\"\r\n\r\nb";
    return parts_of(make_form("prompt", value, random)) == std::vector{value};
}

void send_prompts(const CorpusPlan& plan, Findings& findings) {
    SeededRandom boundaries(plan.seed);
    std::mt19937_64 dice(plan.seed);
    const auto words = hostile_words();
    constexpr std::string_view kPieces[] = {"\r\n",
                                            "--",
                                            "imagify-",
                                            "\r\n--imagify-",
                                            "\n",
                                            "\r",
                                            "\r\n\r\n",
                                            "\"",
                                            "Content-Disposition: form-data; ",
                                            "name=\"prompt\"",
                                            "--\r\n",
                                            "\xe2\x80\xa8"};
    const auto count = plan.choose(1'000, 100'000, 5'000'000);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::string prompt;
        for (auto pieces = dice() % 8; pieces > 0; --pieces) {
            const auto kind = dice() % 3;
            if (kind == 0) prompt += kPieces[dice() % std::size(kPieces)];
            if (kind == 1) prompt += meaning_of(words[dice() % words.size()]).substr(0, 40);
            if (kind == 2) prompt += static_cast<char>(dice());
        }
        const auto form = make_form("prompt", prompt, boundaries);
        findings.expect(parts_of(form) == std::vector{prompt},
                        "another prompt: " + printable(prompt));
    }
}

std::string percent_encoded(std::string_view text, int times) {
    std::string encoded(text);
    for (; times > 0; --times) {
        std::string once;
        for (const char c : encoded) {
            const bool plain =
                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            once +=
                plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
        encoded = std::move(once);
    }
    return encoded;
}

void climb(Findings& findings) {
    const Target target;
    const auto outside = [](const std::optional<Reply>& reply) {
        return reply && (reply->body.contains("SQLite format 3") ||
                         reply->body.contains("root:x:0:") || reply->body.contains("HOME="));
    };
    for (const auto* file : {"imagify.db", "imagify.db-wal", "etc/passwd", "proc/self/environ"}) {
        for (const auto* up : {"../", "..\\", "..;/", "....//", "..%c0%af", "..%ef%bc%8f",
                               "%2e%2e/", "..%00/", "./.././", "/", "//", "C:\\", "~/"}) {
            for (int times = 0; times <= 3; ++times) {
                std::string path;
                for (int depth = 0; depth < 6; ++depth) path += up;
                path = times == 0 ? path + file : percent_encoded(path + file, times);
                for (const auto* base : {"/", "/image/", "/assets/", "/dev/mail/", "/s/",
                                         "/user/sessions/", "/admin/users/"}) {
                    for (const auto* end : {"", "/file", "%00.png"}) {
                        const auto reply = target.server().ask("GET", base + path + end);
                        findings.expect(reply && reply->status < 500 && !outside(reply),
                                        base + path + end);
                    }
                }
            }
        }
    }
    findings.expect(target.serves(), "the server has died");
}

std::int64_t number_in(const std::optional<Reply>& reply, const char* name) {
    return reply ? boost::json::parse(reply->body).at(name).as_int64() : -1;
}

// A painter that sends the program elsewhere.
void send_elsewhere(Findings& findings, const UpstreamServer& canary) {
    for (const int status : {301, 302, 303, 307, 308}) {
        const auto elsewhere = status == 303
                                   ? std::string("http://169.254.169.254/latest/meta-data/")
                                   : canary.url("/secrets");
        const UpstreamServer painter(always(make_answer(status, {{"Location", elsewhere}}, "")));
        const Target target({"PAINTERS=clipdrop", "CLIPDROP_API=test-key-of-nobody",
                             "CLIPDROP_URL=" + painter.url()});
        const auto& server = target.server();
        const auto person =
            server.ask("POST", "/auth/register",
                       R"({"email":"ssrf@example.vn","password":"a long pass phrase"})");
        const auto token =
            boost::json::value_to<std::string>(boost::json::parse(person->body).at("token"));
        const auto painted =
            server.ask("POST", "/image/generate-image", R"({"prompt":"hoa sen"})", token);
        const auto after = server.ask("GET", "/user/credits", {}, token);
        findings.expect(painter.connections() > 0, "the painter was not asked");
        findings.expect(painted && painted->status == 503,
                        fmt::format("redirect {}: {}", status, painted ? painted->status : 0));
        findings.expect(number_in(after, "credits") == 5 && number_in(after, "held") == 0,
                        fmt::format("redirect {} was charged", status));
    }
}

// What a setting may name: nothing but the host that it seems to name.
void name_endpoints(Findings& findings) {
    struct Row {
        const char* url;
        const char* host;
    };
    const Row rows[] = {{"file:///etc/passwd", ""},
                        {"gopher://127.0.0.1:25/_HELO", ""},
                        {"ftp://example.vn/", ""},
                        {"//example.vn/", ""},
                        {"example.vn", ""},
                        {"http:///etc/passwd", ""},
                        {"http://", ""},
                        {"http://example.vn:99999/", ""},
                        {"http://example.vn:-1/", ""},
                        {"http://::1/", ""},
                        {"http://exa mple.vn/", ""},
                        {"http://example.vn/\r\nX: y", ""},
                        {"http://example.vn@127.0.0.1/", "127.0.0.1"},
                        {"http://user:word@example.vn/", "example.vn"},
                        {"http://example.vn#@127.0.0.1/", "example.vn"},
                        {"http://example.vn\\@127.0.0.1/", ""},
                        {"http://[::1]:8080/x", "::1"},
                        {"http://example.vn:8080/x?y", "example.vn"},
                        {"https://example.vn", "example.vn"}};
    for (const auto& [url, host] : rows) {
        const auto parsed = parse_outbound_url(url);
        findings.expect(!parsed || (*host != '\0' && parsed->host == host),
                        fmt::format("{} is {}", url, parsed ? parsed->host : ""));
    }
    findings.expect(parse_outbound_url("https://example.vn").has_value(), "no URL at all is taken");
}

}  // namespace

CorpusReport play_injection(const CorpusPlan& plan, Verdicts& verdicts) {
    Findings findings;
    send_prompts(plan, findings);
    findings.expect(keeps_foretold_boundary(), "a foretold boundary splits the form");
    plant_mutant("parse.boundary_inside");
    verdicts.expect(!keeps_foretold_boundary(), "injection notices a boundary inside a prompt");
    plant_mutant("");
    name_endpoints(findings);
    if (plan.extent != Extent::Smoke) climb(findings);
    const UpstreamServer canary(always(make_answer(200, {}, "canary")));
    send_elsewhere(findings, canary);
    const auto visits = canary.connections();
    findings.expect(visits == 0, fmt::format("{} connections to the canary", visits));
    HttpProbe probe(static_cast<std::uint16_t>(canary.port()));
    verdicts.expect(probe.ask("GET / HTTP/1.1\r\nHost: canary\r\n\r\n").has_value() &&
                        canary.connections() == 1,
                    "injection: the canary notices a connection");
    return {.cases = findings.cases(),
            .findings = findings.count(),
            .notes = fmt::format("{} connections elsewhere", visits)};
}

}  // namespace imagify::testing
