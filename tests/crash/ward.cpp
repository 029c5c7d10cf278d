#include "crash/ward.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "adapters/demo_painter/demo_painter.hpp"
#include "crash/books_check.hpp"
#include "crash/customer.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr std::chrono::seconds kRecoveryLimit{20};
constexpr std::size_t kLongestLifeUs = 200'000;
constexpr std::size_t kLongestStartUs = 12'000;
constexpr std::size_t kDamageShown = 20;
constexpr auto kRandomMoment = "random moment";
constexpr auto kWhileStarting = "while starting";

std::string small_png() {
    demo::Pixmap pixmap{.width = 64, .height = 64, .rgb = std::vector<std::uint8_t>(64 * 64 * 3)};
    for (std::size_t i = 0; i < pixmap.rgb.size(); ++i) {
        pixmap.rgb[i] = static_cast<std::uint8_t>(i * 7);
    }
    const auto png = demo::encode_png(pixmap);
    return {png.begin(), png.end()};
}

/// The run as all wards see it.
struct Run {
    explicit Run(const KillPlan& what) : plan(what) {}

    const KillPlan& plan;
    std::mutex mutex;
    KillReport report;
    std::atomic<int> begun = 0;
    std::atomic<bool> stop = false;

    // The number of the next kill; nothing when there were enough.
    std::optional<int> next() {
        const int kill = begun++;
        if (stop || kill >= plan.kills) return std::nullopt;
        return kill;
    }
    void note_kill(const std::string& where, bool missed) {
        const std::scoped_lock lock(mutex);
        ++report.kills;
        ++report.at[where];
        report.missed += missed ? 1 : 0;
        if (plan.show_progress) std::fprintf(stderr, "\r%d of %d kills ", report.kills, plan.kills);
    }
    void add_facts(std::uint64_t facts) {
        const std::scoped_lock lock(mutex);
        report.facts += facts;
    }
    void note_memory(const Memory& memory, std::uint64_t looked_back) {
        const std::scoped_lock lock(mutex);
        report.acknowledged += memory.acknowledged;
        report.accounts += memory.accounts.size() + 1;
        report.pictures += memory.ready.size() + memory.removed.size();
        report.orders += memory.orders.size();
        report.payments += memory.paid.size();
        report.removals += memory.removed.size();
        report.refunds += memory.refunded.size();
        report.facts += looked_back;
    }
    void note(std::uint64_t& count, const std::vector<std::string>& what) {
        if (what.empty()) return;
        const std::scoped_lock lock(mutex);
        count += what.size();
        for (const auto& line : what) {
            if (report.damage.size() < kDamageShown) report.damage.push_back(line);
        }
        if (plan.until_damage) stop = true;
    }
};

/// One data folder with its customers, killed `kills_per_folder` times.
class Ward {
public:
    Ward(Run& run, std::uint64_t seed)
        : run_(run),
          dice_(seed),
          painter_(always(make_answer(200, {{"Content-Type", "image/png"}}, small_png()))),
          server_(environment(), run.plan.folder) {
        server_.start();
        for (int i = 0; i < run_.plan.customers; ++i) {
            customers_.emplace_back(fmt::format("c{}-{}", i, seed), seed * 100 + dice_.roll(100));
            customers_.back().sign_up(server_.port());
        }
        auto& first = customers_.front();
        const auto& email = first.memory().email;
        if (server_.command({"make-admin", email, "--note", "refunds for the test"}) != 0) {
            throw std::runtime_error(email + " could not be made an operator");
        }
        first.become_operator();
    }

    void serve() {
        for (int i = 0; i < run_.plan.kills_per_folder; ++i) {
            const auto kill = run_.next();
            if (!kill) break;
            live_and_die(*kill);
            come_back();
        }
        std::vector<std::string> locked_out;
        for (auto& customer : customers_) {
            for (const auto& email : customer.locked_out(server_.port())) {
                locked_out.push_back("the account " + email);
            }
            run_.note_memory(customer.memory(), customer.looked_back());
        }
        run_.note(run_.report.lost, locked_out);
    }

private:
    std::vector<std::string> environment() const {
        auto all = run_.plan.environment;
        all.push_back("CLIPDROP_URL=" + painter_.url());
        all.emplace_back("CLIPDROP_API=invented-key");
        all.emplace_back("SIGNUP_CREDITS=1000");
        return all;
    }

    // Two in five at a failpoint, one in ten while it starts, the rest whenever.
    void live_and_die(int kill) {
        const auto& points = run_.plan.failpoints;
        if (kill % 10 == 9) {
            die_while_starting();
            return;
        }
        const bool at_point = kill % 5 < 2 && !points.empty();
        std::vector<std::jthread> lives;
        lives.reserve(customers_.size());
        for (auto& customer : customers_) {
            lives.emplace_back([&customer, port = server_.port()] { customer.live(port); });
        }
        const std::chrono::microseconds moment(dice_.roll(kLongestLifeUs));
        server_.ends_within(moment);
        if (!at_point) {
            server_.kill_now();
            run_.note_kill(kRandomMoment, false);
            return;
        }
        const auto& point =
            points[static_cast<std::size_t>(kill / 5 * 2 + kill % 5) % points.size()];
        server_.arm(point);
        const bool reached = server_.ends_within(kPatience);
        if (reached) {
            server_.was_killed();
        } else {
            server_.kill_now();
        }
        run_.note_kill(reached ? point : kRandomMoment, !reached);
    }

    // The recovery of the death before is cut off, too.
    void die_while_starting() {
        server_.kill_now();
        server_.launch();
        server_.ends_within(std::chrono::microseconds(dice_.roll(kLongestStartUs)));
        server_.kill_now();
        run_.note_kill(kWhileStarting, false);
    }

    void come_back() {
        server_.start();
        const auto limit = std::chrono::steady_clock::now() + kRecoveryLimit;
        while (open_holds(server_.data()) > 0 && std::chrono::steady_clock::now() < limit) {
            server_.ask("GET", "/readyz");
        }
        std::vector<const Memory*> memories;
        for (auto& customer : customers_) memories.push_back(&customer.memory());
        std::uint64_t facts = 0;
        auto damage = check_books(server_.data(), memories, facts);
        if (open_holds(server_.data()) > 0) damage.broken.emplace_back("a hold was never resolved");
        run_.note(run_.report.lost, damage.lost);
        run_.note(run_.report.minted, damage.minted);
        run_.note(run_.report.broken, damage.broken);
        for (auto& customer : customers_) {
            customer.look_back(server_.port());
            run_.note(run_.report.contradictions, customer.contradictions());
            customer.contradictions().clear();
        }
        run_.add_facts(facts);
    }

    Run& run_;
    Dice dice_;
    UpstreamServer painter_;
    ServerProcess server_;
    std::vector<Customer> customers_;
};

}  // namespace

KillReport kill_servers(const KillPlan& plan) {
    Run run(plan);
    std::filesystem::create_directories(plan.folder);
    const auto start = std::chrono::steady_clock::now();
    std::atomic<std::uint64_t> folders = 0;
    {
        std::vector<std::jthread> wards;
        for (int i = 0; i < plan.servers; ++i) {
            wards.emplace_back([&] {
                while (!run.stop && run.begun < plan.kills) {
                    try {
                        Ward(run, plan.seed * 1'000'000 + ++folders).serve();
                    } catch (const std::exception& error) {
                        run.note(run.report.broken, {error.what()});
                    }
                }
            });
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    run.report.seconds = took.count();
    if (plan.show_progress) std::fprintf(stderr, "\n");
    return run.report;
}

}  // namespace imagify::testing
