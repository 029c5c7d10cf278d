#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "security/corpus.hpp"
#include "security/desync_cases.hpp"
#include "security/loopback.hpp"
#include "security/target.hpp"
#include "security/wire_reading.hpp"
#include "vnpay/dice.hpp"

namespace imagify::testing {
namespace {

constexpr std::int64_t kGrowthLimitBytes = std::int64_t{16} * 1024 * 1024;
constexpr std::size_t kAtOnce = 64;
constexpr std::size_t kPrintedFindings = 20;

constexpr auto kPaths =
    std::to_array<std::string_view>({"/plans", "/healthz", "/user/pay-vnpay", "/payment/vnpay-ipn",
                                     "/image/x/file", "/auth/session", "/dev/vnpay", "/login"});

constexpr auto kPieces =
    std::to_array<std::string_view>({"\r\n",
                                     "\n",
                                     "\r",
                                     "\r\n\r\n",
                                     " ",
                                     "\t",
                                     ":",
                                     ",",
                                     ";",
                                     "/",
                                     "?",
                                     "%",
                                     "#",
                                     std::string_view("\0", 1),
                                     "\x7f",
                                     "\xff",
                                     "0",
                                     "1",
                                     "5",
                                     "f",
                                     "-",
                                     "+",
                                     "0x",
                                     "Content-Length: 5\r\n",
                                     "Content-Length: 0\r\n",
                                     "Transfer-Encoding: chunked\r\n",
                                     "Host: b\r\n",
                                     "Connection: close\r\n",
                                     "Expect: 100-continue\r\n",
                                     "0\r\n\r\n",
                                     "5\r\n01234\r\n",
                                     "HTTP/1.0",
                                     "HTTP/1.1",
                                     "chunked",
                                     "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                                     "http://a",
                                     "X: a\r\n",
                                     "\r\n "});

// Changes hand-made requests until few of them are well-formed.
class Mutator {
public:
    explicit Mutator(std::uint64_t seed) : dice_(seed), cases_(desync_cases()) {}

    std::string next() {
        auto bytes = one_of_the_cases();
        if (dice_.one_in(3)) bytes += one_of_the_cases();
        if (dice_.one_in(8)) {
            const auto other = one_of_the_cases();
            bytes =
                bytes.substr(0, dice_.roll(bytes.size())) + other.substr(dice_.roll(other.size()));
        }
        for (auto edits = 1 + dice_.roll(4); edits > 0; --edits) edit(bytes);
        return bytes;
    }

private:
    std::string one_of_the_cases() {
        auto bytes = cases_[dice_.roll(cases_.size())].bytes;
        if (const auto at = bytes.find("/plans"); at != std::string::npos) {
            bytes.replace(at, 6, kPaths[dice_.roll(kPaths.size())]);
        }
        return bytes;
    }

    void edit(std::string& bytes) {
        const auto at = dice_.roll(bytes.size() + 1);
        const auto piece = kPieces[dice_.roll(kPieces.size())];
        switch (dice_.roll(6)) {
            case 0: bytes.insert(at, piece); break;
            case 1: bytes.erase(at, 1 + dice_.roll(4)); break;
            case 2:
                if (at < bytes.size()) bytes[at] = static_cast<char>(dice_.roll(256));
                break;
            case 3: bytes.insert(at, bytes.substr(dice_.roll(bytes.size() + 1), 40)); break;
            case 4: bytes.replace(at, std::min(piece.size(), bytes.size() - at), piece); break;
            default:
                // Beyond a limit: a line, a head, many fields.
                if (!dice_.one_in(10)) break;
                for (auto times = dice_.roll(1200); times > 0; --times) bytes.insert(at, piece);
        }
    }

    Dice dice_;
    std::vector<WireCase> cases_;
};

class Examination {
public:
    explicit Examination(bool tell) : tell_(tell) {}

    void examine(const std::string& sent, const Returned& returned) {
        ++report.cases;
        slowest_ = std::max(slowest_, returned.took);
        over_a_second_ += returned.took > std::chrono::seconds(1) ? 1 : 0;
        const auto expected = read_wire(sent);
        refused_ += std::ranges::count(expected, Fate::Refused) > 0 ? 1 : 0;
        const auto statuses = returned.statuses();
        if (returned.hung) note(sent, "the connection did not end");
        if (std::ranges::any_of(statuses, [](auto status) { return status >= 500; })) {
            note(sent, "a 5xx");
        }
        if (statuses.size() != expected.size()) {
            note(sent, fmt::format("{} answers instead of {}", statuses.size(), expected.size()));
        }
        if (!expected.empty() && expected.back() == Fate::Refused && !statuses.empty() &&
            statuses.back() / 100 != 4) {
            note(sent, fmt::format("{} instead of a refusal", statuses.back()));
        }
    }

    std::string figures() const {
        return fmt::format("{} % refused, slowest {:.0f} ms, {} over 1 s",
                           report.cases == 0 ? 0 : refused_ * 100 / report.cases,
                           static_cast<double>(slowest_.count()) / 1000, over_a_second_);
    }

    CorpusReport report;

private:
    void note(const std::string& sent, const std::string& fault) {
        if (++report.findings <= kPrintedFindings && tell_) {
            fmt::print("  {}: {}\n", fault, printable(sent));
        }
    }

    bool tell_;
    std::chrono::microseconds slowest_{};
    std::uint64_t over_a_second_ = 0;
    std::uint64_t refused_ = 0;
};

Examination examine(const Target& target, std::uint64_t seed, std::uint64_t wanted, bool tell) {
    Mutator mutator(seed);
    Examination examination(tell);
    std::uint64_t sent = 0;
    exchange_all(
        target.port(), kAtOnce,
        [&]() -> std::optional<std::string> {
            if (sent == wanted) return std::nullopt;
            if (++sent % 50'000 == 0) fmt::print(stderr, "  {} of {}\n", sent, wanted);
            return mutator.next();
        },
        [&](const std::string& bytes, const Returned& returned) {
            examination.examine(bytes, returned);
        });
    return examination;
}

}  // namespace

CorpusReport play_malformed(const CorpusPlan& plan, Verdicts& verdicts) {
    const Target target;
    const auto before = target.resident_bytes();
    const auto examination =
        examine(target, plan.seed, plan.choose(2'000, 200'000, 5'000'000), true);
    const auto growth = target.resident_bytes() - before;
    verdicts.expect(kSanitized || growth < kGrowthLimitBytes,
                    fmt::format("malformed: memory grew by {:.1f} MiB, limit 16",
                                static_cast<double>(growth) / (1 << 20)));
    verdicts.expect(target.serves(), "malformed: a normal request is served afterwards");
    const Target lenient({"IMAGIFY_MUTANT=http.length_beside_chunks"});
    const auto noticed = examine(lenient, plan.seed, 2'000, false).report.findings;
    verdicts.expect(noticed > 0, fmt::format("malformed: planted http.length_beside_chunks, {} "
                                             "times noticed",
                                             noticed));
    auto report = examination.report;
    report.notes = fmt::format("{}, memory {:+.1f} MiB", examination.figures(),
                               static_cast<double>(growth) / (1 << 20));
    return report;
}

}  // namespace imagify::testing
