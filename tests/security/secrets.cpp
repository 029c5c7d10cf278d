#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>

#include "adapters/local_identity/keyed_texts.hpp"
#include "security/attacked_api.hpp"
#include "security/watched_program.hpp"
#include "support/authenticator.hpp"

namespace imagify::testing {
namespace {

constexpr auto kJwtSecret = "canary-of-the-jwt-secret-0123456789abcdef";
constexpr auto kFormerJwtSecret = "canary-of-the-former-jwt-secret-0123456789";
constexpr auto kHashSecret = "CANARYOFTHEVNPAYHASHSECRET000001";
constexpr auto kPainterKey = "canary-of-the-painters-key-000000000000";
constexpr auto kMailPassword = "canaryofthemailpassword";
constexpr auto kMetricsToken = "canary-of-the-metrics-token-000000000000";
constexpr auto kPassword = "canary of a person's pass phrase";
constexpr auto kNewPassword = "canary of the next pass phrase";
constexpr auto kTypo = "canary of a mistyped pass phrase";
constexpr auto kEmail = "canary@example.vn";

std::vector<std::string> environment() {
    // Nobody listens on port 1: painter and mail server are out of reach, which is logged.
    return {fmt::format("JWT_SECRET={}", kJwtSecret),
            fmt::format("JWT_SECRET_PREVIOUS={}", kFormerJwtSecret),
            fmt::format("VNPAY_HASH_SECRET={}", kHashSecret),
            fmt::format("CLIPDROP_API={}", kPainterKey),
            fmt::format("METRICS_TOKEN={}", kMetricsToken),
            fmt::format("SMTP_URL=smtps://mailer:{}@127.0.0.1:1", kMailPassword),
            "VNPAY_TMN_CODE=TESTTMN1",
            "CLIPDROP_URL=http://127.0.0.1:1/text-to-image/v1",
            "PAINTERS=clipdrop",
            "MAIL=smtp",
            "MAIL_FROM=shop@example.vn",
            "LOG_LEVEL=debug"};
}

std::string text_in(const Reply& reply, const char* name) {
    boost::json::error_code failed;
    const auto value = boost::json::parse(reply.body, failed);
    const auto* member =
        failed || !value.is_object() ? nullptr : value.get_object().if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

/// One person's life with the program, right and wrong.
class Life {
public:
    explicit Life(WatchedProgram& program) : program_(program) {}

    void live() {
        note_secret(kPassword);
        note_secret(kNewPassword);
        note_secret(kTypo);
        sign_up();
        use_links();
        use_second_step();
        buy_and_paint();
        err();
        program_.ask("POST", "/auth/change-password",
                     fmt::format(R"({{"password":"{}","newPassword":"{}"}})", kPassword, kTypo),
                     token_);
    }

    const std::vector<std::string>& secrets() const { return secrets_; }
    const std::string& answers() const { return answers_; }
    const std::string& user() const { return user_; }

private:
    void note_secret(const std::string& secret) {
        if (secret.size() < 8) throw std::runtime_error("a secret of the flow is missing");
        secrets_.push_back(secret);
    }

    // Its answer may hold no secret at all.
    Reply ask(const std::string& method, const std::string& target, const std::string& body = {},
              const std::string& headers = {}) {
        auto reply = program_.ask(method, target, body, token_, headers);
        answers_ += reply.body;
        for (const auto& [name, value] : reply.headers) answers_ += name + ": " + value + "\n";
        return reply;
    }

    void sign_up() {
        const auto body = fmt::format(R"({{"email":"{}","password":"{}"}})", kEmail, kPassword);
        token_ = text_in(program_.ask("POST", "/auth/register", body), "token");
        note_secret(token_);
        note_secret(text_in(program_.ask("POST", "/auth/login", body), "token"));
        user_ = text_in(ask("GET", "/user/me"), "id");
        ask("POST", "/auth/login",
            fmt::format(R"({{"email":"{}","password":"{}"}})", kEmail, kTypo));
        ask("POST", "/auth/register", body);
    }

    // The text of a link is made from its id, as the letter that never arrives would.
    void use_links() {
        ask("POST", "/auth/forgot-password", fmt::format(R"({{"email":"{}"}})", kEmail));
        const HmacLinkTokens links({Secret(kJwtSecret)});
        for (const auto& id : link_ids()) note_secret(links.text_of(LinkId(id)));
        if (secrets_.size() < 7) throw std::runtime_error("the links are missing");
        const auto link = secrets_.back();
        ask("POST", "/auth/verify-email", fmt::format(R"({{"token":"{}"}})", link));
        ask("POST", "/auth/verify-email", fmt::format(R"({{"token":"{}x"}})", link));
        ask("POST", "/auth/reset-password",
            fmt::format(R"({{"token":"{}x","password":"{}"}})", link, kNewPassword));
    }

    std::vector<std::string> link_ids() {
        std::vector<std::string> ids;
        sqlite3* database = nullptr;
        sqlite3_open_v2((program_.data() / "imagify.db").c_str(), &database, SQLITE_OPEN_READONLY,
                        nullptr);
        sqlite3_exec(
            database, "SELECT link_id FROM account_links",
            [](void* to, int, char** values, char**) {
                static_cast<std::vector<std::string>*>(to)->emplace_back(values[0]);
                return 0;
            },
            &ids, nullptr);
        sqlite3_close(database);
        return ids;
    }

    void use_second_step() {
        const auto secret =
            text_in(program_.ask("POST", "/auth/mfa/setup",
                                 fmt::format(R"({{"password":"{}"}})", kPassword), token_),
                    "secret");
        note_secret(secret);
        const auto now = std::chrono::system_clock::now();
        const auto enabled = program_.ask(
            "POST", "/auth/mfa/enable",
            fmt::format(
                R"({{"otp":"{}"}})",
                one_time_password(secret, std::chrono::time_point_cast<TimePoint::duration>(now))),
            token_);
        const auto codes = boost::json::parse(enabled.body).at("recoveryCodes").as_array();
        for (const auto& code : codes) note_secret(std::string(code.as_string()));
        const std::string code(codes.at(0).as_string());
        for (int i = 0; i < 2; ++i) {
            const auto reply =
                program_.ask("POST", "/auth/login",
                             fmt::format(R"({{"email":"{}","password":"{}","otp":"{}"}})", kEmail,
                                         kPassword, code));
            if (i == 0) note_secret(text_in(reply, "token"));
        }
    }

    void buy_and_paint() {
        ask("POST", "/user/pay-vnpay", R"({"planId":"basic"})");
        ask("GET", "/payment/vnpay-ipn?vnp_TxnRef=x&vnp_SecureHash=00");
        ask("GET", "/user/vnpay-return?vnp_TxnRef=x&vnp_SecureHash=00");
        ask("POST", "/image/generate-image", R"({"prompt":"hoa sen"})");
        ask("GET", "/user/transactions");
        ask("GET", "/user/export");
        program_.ask("GET", "/metrics", {}, kMetricsToken);
        ask("GET", "/metrics");
    }

    void err() {
        const auto half = token_.substr(0, token_.size() - 1);
        program_.ask("GET", "/user/me", {}, half);
        ask("POST", "/auth/login", fmt::format(R"({{"password":"{}")", kPassword));
        ask("POST", "/auth/login", fmt::format(R"({{"email":["{}"],"password":1}})", kPassword));
        ask("DELETE", "/user/me", fmt::format(R"({{"password":"{}"}})", kTypo));
        // What would break a line of a log, or colour a terminal.
        for (const auto* path :
             {"/user/%0d%0a%1b[31m", "/image/\"},{\"level\":\"error\"", "/%e2%80%a8"}) {
            ask("GET", path, {},
                "User-Agent: \x1b[31m\xe2\x80\xa8\"}{\"\xff\r\nX-A: \xe2\x80\xa9\r\n");
        }
        ask("PATCH", "/user/me", "{\"name\":\"\xe2\x80\xa8\\u2029\xe2\x80\xae\"}");
    }

    WatchedProgram& program_;
    std::string token_;
    std::string user_;
    std::vector<std::string> secrets_;
    std::string answers_;
};

struct Sink {
    std::string name;
    std::string bytes;
};

std::string file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void add_files(std::vector<Sink>& sinks, const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        sinks.push_back({entry.path().filename().string(), file_text(entry.path())});
    }
}

void use_tools(WatchedProgram& program) {
    const auto data = program.data().string();
    program.run({"doctor", "--data", data});
    program.run({"doctor", "--online", "--data", data});
    program.run({"verify", "--data", data});
    program.run({"--help"});
    program.run({"serve", "--help"});
    program.run({"serve", "--no-such-option"});
    program.run({"serve", "--data", data}, {fmt::format("JWT_SECRET_PREVIOUS={}", kJwtSecret)});
    program.run({"doctor", "--data", data}, {std::string("JWT_SECRET=canary-short")});
    program.run({"doctor", "--data", data},
                {fmt::format("SMTP_URL=smtp:/{}@nowhere", kMailPassword)});
    program.run({"doctor", "--data", data}, {fmt::format("METRICS_TOKEN={}", "canary-metric")});
    program.run({"serve", "--data", "/proc/1/nowhere"});
}

// Each line of the log stands alone as one JSON object.
void check_lines(const std::string& log, Findings& findings) {
    std::size_t start = 0;
    std::size_t lines = 0;
    while (start < log.size()) {
        const auto end = std::min(log.find('\n', start), log.size());
        const auto line = log.substr(start, end - start);
        start = end + 1;
        boost::json::error_code failed;
        const auto value = boost::json::parse(line, failed);
        findings.expect(!failed && value.is_object(), "no JSON in the log: " + line.substr(0, 200));
        const bool odd = std::ranges::any_of(line, [](char c) { return c >= 0 && c < 0x20; });
        findings.expect(!odd, "a control character in the log: " + line.substr(0, 200));
        ++lines;
    }
    findings.expect(lines >= 10, fmt::format("the log has {} lines", lines));
}

}  // namespace

CorpusReport play_secrets(const CorpusPlan&, Verdicts& verdicts) {
    Findings findings;
    WatchedProgram program(environment());
    program.serve();
    Life life(program);
    life.live();
    std::vector<Sink> sinks{
        {"answers", life.answers()},
        {"metrics", program.ask("GET", "/metrics", {}, kMetricsToken).body},
        {"command line", file_text(fmt::format("/proc/{}/cmdline", program.process_id()))}};
    // While it runs: the write-ahead log holds what the file does not yet.
    add_files(sinks, program.data());
    program.crash();
    use_tools(program);
    add_files(sinks, program.folder());
    auto secrets = life.secrets();
    for (const auto* secret : {kJwtSecret, kFormerJwtSecret, kHashSecret, kPainterKey,
                               kMailPassword, kMetricsToken, "canary-short", "canary-metric"}) {
        secrets.emplace_back(secret);
    }
    for (const auto& sink : sinks) {
        for (const auto& secret : secrets) {
            findings.expect(!sink.bytes.contains(secret),
                            fmt::format("{} is in {}", secret.substr(0, 24), sink.name));
        }
    }
    check_lines(program.printed(true), findings);
    const auto anywhere = [&](const std::string& text) {
        return std::ranges::any_of(sinks,
                                   [&](const Sink& sink) { return sink.bytes.contains(text); });
    };
    verdicts.expect(anywhere(kEmail) && program.printed(true).contains(life.user()),
                    "secrets: the search finds what is there");
    verdicts.expect(sinks.size() >= 10, "secrets: at least 10 sinks");
    return {.cases = findings.cases(),
            .findings = findings.count(),
            .notes = fmt::format("{} secrets in {} sinks", secrets.size(), sinks.size())};
}

}  // namespace imagify::testing
