#include "crash/parallel_generations.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include "adapters/demo_painter/demo_painter.hpp"
#include "adapters/in_process/event_hub.hpp"
#include "adapters/in_process/local_work_queue.hpp"
#include "adapters/picture/library_picture_inspector.hpp"
#include "adapters/system/system_clock.hpp"
#include "app/storage.hpp"
#include "support/run_task.hpp"
#include "support/seeded_random.hpp"
#include "support/temp_folder.hpp"
#include "usecases/generate_image.hpp"
#include "usecases/paint_generation.hpp"
#include "usecases/verify_books.hpp"

namespace imagify::testing {
namespace {

/// Has its picture ready before it is asked.
class QuickPainter final : public Painter {
public:
    QuickPainter() {
        capabilities_.id = "quick";
        capabilities_.aspect_ratios = {AspectRatio::Square};
        capabilities_.styles = {"none"};
        const demo::Pixmap pixmap{
            .width = 64, .height = 64, .rgb = std::vector<std::uint8_t>(64 * 64 * 3, 77)};
        picture_ = demo::encode_png(pixmap);
    }
    const PainterCapabilities& capabilities() const override { return capabilities_; }
    Task<Result<Painted>> paint(PaintRequest, ByteSink& sink) override {
        auto written = co_await sink.write(std::as_bytes(std::span(picture_)));
        if (!written) co_return std::unexpected(written.error());
        co_return Painted{.engine = "quick"};
    }

private:
    PainterCapabilities capabilities_;
    std::vector<std::uint8_t> picture_;
};

/// Several event loops with a thread each.
class Loops {
public:
    explicit Loops(int count) {
        for (int i = 0; i < count; ++i) {
            contexts_.push_back(std::make_unique<boost::asio::io_context>());
            guards_.push_back(boost::asio::make_work_guard(*contexts_.back()));
            threads_.emplace_back([context = contexts_.back().get()] { context->run(); });
        }
    }
    ~Loops() {
        guards_.clear();
        threads_.clear();  // Joined after their last work.
    }
    Loops(const Loops&) = delete;
    Loops& operator=(const Loops&) = delete;

    boost::asio::io_context& at(int i) {
        return *contexts_[static_cast<std::size_t>(i) % contexts_.size()];
    }

private:
    using Guard = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;
    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::vector<Guard> guards_;
    std::vector<std::jthread> threads_;
};

Storage open(const std::filesystem::path& folder, Worker& worker, const Clock& clock,
             Random& random) {
    auto storage = open_storage(folder, sqlite::StoreMode::Server, worker, clock, random);
    if (!storage) throw std::runtime_error(storage.error().detail);
    return std::move(*storage);
}

class Studio {
public:
    Studio() : storage_(open(folder_.path(), worker_, clock_, random_)) {}

    Account person(int number, Credits gift) {
        auto made = run_task(storage_.store->create_account(
            {.id = UserId(new_ulid("u_", clock_, random_)),
             .email = *Email::parse(fmt::format("person{}@example.vn", number)),
             .password_hash = "hash",
             .gift = gift,
             .created_at = clock_.now()}));
        if (!made) throw std::runtime_error(made.error().detail);
        return *made;
    }

    Task<Result<ImageAnswer>> paint(UserId user) {
        return generate_.run({.user_id = std::move(user),
                              .order = {.prompt = "chợ nổi lúc bình minh", .style = "none"}});
    }

    Account account(const UserId& user) {
        return run_task(storage_.store->find_account(user)).value();
    }

    std::string broken_invariants() {
        const VerifyBooks verify_books({.store = *storage_.store,
                                        .generations = *storage_.store,
                                        .blobs = *storage_.blobs,
                                        .clock = clock_});
        std::string text;
        const auto violations = run_task(verify_books.run());
        if (!violations) return violations.error().detail;
        for (const auto& each : *violations) text += each.invariant + ": " + each.subject + "\n";
        return text;
    }

private:
    TempFolder folder_;
    SystemClock clock_;
    SeededRandom random_;
    Worker worker_{2, 1'024};
    Storage storage_;
    EventHub events_;
    QuickPainter painter_;
    PainterRoster roster_{{&painter_}, clock_};
    LibraryPictureInspector inspector_;
    PaintGeneration paint_{{.generations = *storage_.store,
                            .blobs = *storage_.blobs,
                            .painters = roster_,
                            .inspector = inspector_,
                            .worker = worker_,
                            .events = events_,
                            .clock = clock_}};
    LocalWorkQueue queue_{[this](GenerationId id) { return paint_.run(std::move(id)); }, {}};
    GenerateImage generate_{{.generations = *storage_.store,
                             .accounts = *storage_.store,
                             .painters = roster_,
                             .queue = queue_,
                             .events = events_,
                             .clock = clock_,
                             .random = random_,
                             .lease = "p_1"}};
};

void play_round(const ParallelPlan& plan, Studio& studio, Loops& loops, ParallelReport& report) {
    const std::int64_t credits = report.rounds % (plan.most_credits + 1);
    const auto person = studio.person(report.rounds, Credits{credits});
    std::vector<std::future<Result<ImageAnswer>>> answers;
    for (int i = 0; i < plan.requests; ++i) {
        answers.push_back(
            boost::asio::co_spawn(loops.at(i), studio.paint(person.id), boost::asio::use_future));
    }
    std::int64_t pictures = 0;
    std::int64_t refused = 0;
    for (auto& each : answers) {
        const auto answer = each.get();
        pictures += answer && answer->generation.state == GenerationState::Ready ? 1 : 0;
        refused += !answer && answer.error().kind == ErrorKind::InsufficientCredits ? 1 : 0;
    }
    ++report.rounds;
    report.credits_given += credits;
    report.pictures += pictures;
    report.refused += refused;
    const auto after = studio.account(person.id);
    if (pictures != credits || refused != plan.requests - credits || after.credits.count != 0 ||
        after.held.count != 0) {
        report.failures.push_back(
            fmt::format("{} credits: {} pictures, {} refused, {} credits and {} held afterwards",
                        credits, pictures, refused, after.credits.count, after.held.count));
    }
}

}  // namespace

ParallelReport paint_in_parallel(const ParallelPlan& plan) {
    ParallelReport report;
    const auto start = std::chrono::steady_clock::now();
    Studio studio;
    {
        Loops loops(plan.threads);
        while (report.rounds < plan.rounds) play_round(plan, studio, loops, report);
    }
    if (auto broken = studio.broken_invariants(); !broken.empty()) {
        report.failures.push_back(std::move(broken));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    report.seconds = took.count();
    return report;
}

}  // namespace imagify::testing
