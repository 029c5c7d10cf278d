#include "security/words_world.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <boost/json.hpp>
#include <set>

namespace imagify::testing {
namespace {

using http::Method;

/// Reads the store's file beside the store.
class Columns {
public:
    explicit Columns(const std::filesystem::path& file) {
        if (sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
            throw std::runtime_error("the store's file cannot be read");
        }
    }
    ~Columns() { sqlite3_close(database_); }
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;

    std::vector<std::string> rows(const std::string& sql) const {
        std::vector<std::string> all;
        sqlite3_exec(
            database_, sql.c_str(),
            [](void* to, int count, char** values, char**) {
                std::string row;
                for (int i = 0; i < count; ++i) {
                    row += values[i] == nullptr ? "NULL" : values[i];
                    row += '|';
                }
                static_cast<std::vector<std::string>*>(to)->push_back(row);
                return 0;
            },
            &all, nullptr);
        return all;
    }

    std::set<std::string> names() const {
        std::set<std::string> all;
        for (auto name : rows("SELECT c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c"
                              " WHERE t.type = 'table'")) {
            name.pop_back();
            all.insert(name);
            // As it might be spelt in JSON.
            if (const auto at = name.find('_'); at != std::string::npos && at + 1 < name.size()) {
                auto camel = name;
                camel.erase(at, 1);
                camel[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(camel[at])));
                all.insert(camel);
            }
        }
        return all;
    }

private:
    sqlite3* database_ = nullptr;
};

}  // namespace

std::string utf8_of(char32_t point) {
    const auto tail = [point](unsigned shift) {
        return static_cast<char>(0x80 | (point >> shift & 0x3f));
    };
    if (point < 0x80) return {static_cast<char>(point)};
    if (point < 0x800) return {static_cast<char>(0xc0 | point >> 6U), tail(0)};
    if (point < 0x10000) return {static_cast<char>(0xe0 | point >> 12U), tail(6), tail(0)};
    return {static_cast<char>(0xf0 | point >> 18U), tail(12), tail(6), tail(0)};
}

WordsWorld::WordsWorld() {
    backend->events().close();
    owner_ = sign_up("owner@example.vn");
    owner_id_ = ask(Method::Get, "/user/me", {}, owner_).text("id");
    sign_up("reader@example.vn");
    operator_ = sign_up("operator@example.vn");
    make_admin("operator@example.vn");
    order_ =
        ask(Method::Post, "/user/pay-vnpay", R"({"planId":"basic"})", owner_).text("transactionId");
    ipn(order_, {{"vnp_Amount", "100"}});
    ask_as_operator(Method::Post, "/admin/users/" + owner_id_ + "/grants",
                    R"({"credits":1000,"note":"for words"})");
    picture_ = paint(owner_);
}

std::string WordsWorld::target(std::string path) const {
    const auto at = path.find("{id}");
    if (at == std::string::npos) return path;
    std::string id = owner_id_;
    if (path.contains("orders") || path.contains("transactions")) id = order_;
    if (path.contains("reviews")) id = "1";
    if (path.contains("image")) id = picture_;
    return path.replace(at, 4, id);
}

Answer WordsWorld::ask_as_operator(Method method, const std::string& target,
                                   const std::string& body) {
    return ask(method, target, body, operator_);
}

Answer WordsWorld::send(const KnownBody& body, const std::string& text) {
    // The words are what is shown here, not the limits of guessing.
    auto& limits = backend->limits();
    for (const auto* kind : {"confirm|", "mfa|"}) run_task(limits.forget_guesses(kind + owner_id_));
    if (body.path.starts_with("/admin")) {
        return ask_as_operator(body.method, target(body.path), text);
    }
    auto sent = text;
    constexpr std::string_view kNew = "new@example.vn";
    if (const auto at = sent.find(kNew); at != std::string::npos) {
        sent.replace(at, kNew.size(), fmt::format("new{}@example.vn", ++people_));
    }
    return ask(body.method, target(body.path), sent, owner_);
}

Answer WordsWorld::pay_with_key(const std::string& key) {
    return call({.method = Method::Post,
                 .target = "/user/pay-vnpay",
                 .body = R"({"planId":"basic"})",
                 .token = owner_,
                 .headers = {{"Idempotency-Key", key}},
                 .client_address = "127.0.0.1"});
}

bool WordsWorld::kept(const KnownBody& body, const std::string& field, const std::string& literal,
                      const std::string& meaning, const Answer& answer) {
    if (body.path == "/user/me" && field == "name") {
        return ask(Method::Get, "/user/me", {}, owner_).text("name") == meaning;
    }
    if (body.path == "/auth/register") {
        const auto user = answer.json().at("user").as_object();
        if (field == "name") return user.at("name").as_string() == meaning;
        if (field != "password") return true;
        const auto email = boost::json::serialize(user.at("email"));
        return ask(Method::Post, "/auth/login",
                   "{\"email\":" + email + ",\"password\":" + literal + "}")
                   .status == 200;
    }
    if (field == "prompt") {
        // The contract: white space at its ends is left out.
        const auto start = meaning.find_first_not_of(" \t\r\n");
        const auto end = meaning.find_last_not_of(" \t\r\n");
        return ask(Method::Get, "/image/" + answer.text("imageId"), {}, owner_).text("prompt") ==
               meaning.substr(start, end + 1 - start);
    }
    if (field == "note") {
        const auto audit = ask_as_operator(Method::Get, "/admin/audit?limit=1").json();
        return audit.at("items").as_array().at(0).at("note").as_string() == meaning;
    }
    return true;
}

void WordsWorld::expect_no_effect_of_columns(Findings& findings) {
    const Columns columns(folder.path() / "imagify.db");
    findings.expect(columns.names().size() > 50, "the columns could not be read");
    const auto everything = [&] {
        std::vector<std::string> all;
        for (const auto* table :
             {"users", "orders", "ledger", "generations", "refunds", "reviews"}) {
            for (auto& row : columns.rows(std::string("SELECT * FROM ") + table)) {
                all.push_back(std::move(row));
            }
        }
        return all;
    };
    const KnownBody profile{Method::Patch, "/user/me", {{"name", "\"An\""}, {"locale", "\"vi\""}}};
    send(profile, profile.with("name", "\"An\""));
    const auto before = everything();
    for (const auto& name : columns.names()) {
        if (name == "name" || name == "locale") continue;
        for (const auto* value : {"777", "\"admin\"", "true", "null"}) {
            const auto answer = send(profile, profile.with(name, value));
            findings.expect(answer.status < 500, "PATCH /user/me with " + name);
        }
        const auto email = fmt::format("\"column{}@example.vn\"", ++people_);
        const auto answer = ask(Method::Post, "/auth/register",
                                fmt::format(R"({{"email":{},"password":"{}","{}":"777"}})", email,
                                            kOwnersPassword, name));
        if (answer.status != 201) continue;
        const auto row = columns.rows(
            "SELECT role, credits, held, session_epoch, email_verified_at,"
            " otp_enabled_at, gift_pending FROM users WHERE email = '" +
            email.substr(1, email.size() - 2) + "'");
        findings.expect(row == std::vector<std::string>{"user|5|0|1|NULL|NULL|0|"},
                        "POST /auth/register with " + name);
    }
    auto after = everything();
    std::erase_if(after, [](const std::string& row) {
        return row.contains("column") && row.contains("@example.vn");
    });
    std::uint64_t changed = 0;
    for (const auto& row : before) changed += std::ranges::count(after, row) == 1 ? 0U : 1U;
    findings.expect(changed == 0, fmt::format("{} rows changed by columns in bodies", changed));
}

}  // namespace imagify::testing
