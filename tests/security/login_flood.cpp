#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "security/corpus.hpp"
#include "security/loopback.hpp"
#include "security/regular.hpp"
#include "security/target.hpp"

namespace imagify::testing {
namespace {

constexpr std::int64_t kGrowthLimitBytes = std::int64_t{128} * 1024 * 1024;
constexpr double kGoalMs = 100;
// The goal is for a machine of one's own; here builds and other tests may share it.
constexpr double kLimitMs = 3 * kGoalMs;
constexpr std::size_t kPeople = 16;
constexpr std::string_view kPassword = "a long pass phrase";

std::string credentials(const std::string& email, std::string_view password) {
    return fmt::format(R"({{"email":"{}","password":"{}"}})", email, password);
}

std::string email_of(std::size_t person) { return fmt::format("person{}@example.vn", person); }

void sign_up_people(const Target& target) {
    for (std::size_t person = 0; person < kPeople; ++person) {
        const auto reply =
            target.server().ask("POST", "/auth/register", credentials(email_of(person), kPassword));
        if (!reply || reply->status != 201) throw std::runtime_error("nobody can sign up");
    }
}

// By turns somebody we know, somebody with a wrong password, and somebody unknown.
std::string login(std::size_t turn) {
    const auto person = turn % 3 == 2 ? kPeople + turn : turn % kPeople;
    const auto password = turn % 3 == 1 ? std::string_view("a wrong pass phrase") : kPassword;
    return http_request("POST", "/auth/login", credentials(email_of(person), password));
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

class Tally {
public:
    explicit Tally(std::size_t per_connection) : per_connection_(per_connection) {}

    void note(const Returned& returned) {
        const auto statuses = returned.statuses();
        std::size_t later = 0;
        for (const auto status : statuses) {
            ++answers_[status];
            if (status == 429 || status == 503) ++later;
            if (status != 200 && status != 401 && status != 429 && status != 503) ++findings;
        }
        const bool told = count(returned.bytes, "Retry-After: ") == later;
        if (returned.hung || !told || statuses.size() != per_connection_) ++findings;
    }

    std::string figures() const {
        std::string text;
        for (const auto& [status, times] : answers_) {
            text += fmt::format("{}{} x{}", text.empty() ? "" : ", ", status, times);
        }
        return text;
    }

    /// At least one password was looked at, or the flood was none.
    bool has_logins() const { return answers_.contains(200) && answers_.contains(401); }

    std::uint64_t findings = 0;

private:
    std::size_t per_connection_;
    std::map<unsigned, std::size_t> answers_;
};

}  // namespace

CorpusReport play_logins(const CorpusPlan& plan, Verdicts& verdicts) {
    const auto connections = plan.choose(100, 1'000, 1'000);
    const auto each = static_cast<std::size_t>(plan.choose(1, 5, 100));
    const Target target;
    const auto before = target.resident_bytes();
    sign_up_people(target);
    RegularCustomer customer(target.port(), http_request("GET", "/healthz"));
    Tally tally(each);
    std::size_t turn = 0;
    exchange_all(
        target.port(), connections,
        [&]() -> std::optional<std::string> {
            if (turn == connections * each) return std::nullopt;
            std::string bytes;
            for (std::size_t i = 0; i < each; ++i) bytes += login(turn++);
            return bytes;
        },
        [&](const std::string&, const Returned& returned) { tally.note(returned); });
    const auto latencies = customer.stop();
    const auto growth = target.peak_bytes() - before;
    const auto grown = fmt::format("{:+.1f} MiB", static_cast<double>(growth) / (1 << 20));
    verdicts.expect(kSanitized || growth < kGrowthLimitBytes,
                    "logins: memory " + grown + ", limit 128");
    verdicts.expect(latencies.at(0.99) < kLimitMs && customer.unanswered() == 0,
                    fmt::format("logins: /healthz meanwhile: {}, {} unanswered; goal p99 < {} ms",
                                latencies.figures(), customer.unanswered(), kGoalMs));
    verdicts.expect(tally.has_logins(), "logins: some were let in, some were not");
    return {.cases = turn,
            .findings = tally.findings,
            .notes = fmt::format("{}; /healthz {}; memory {}", tally.figures(), latencies.figures(),
                                 grown)};
}

}  // namespace imagify::testing
