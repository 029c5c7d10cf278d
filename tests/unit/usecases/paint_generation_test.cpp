#include "usecases/paint_generation.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "support/blob_texts.hpp"
#include "support/fake_clock.hpp"
#include "support/shared_blobs.hpp"

namespace imagify::testing {
namespace {

/// One generation, as a store that others change too shows it.
class OneGeneration final : public GenerationStore {
public:
    Task<Result<HoldOutcome>> place_hold(NewHold) override {
        co_return fail(ErrorKind::Unavailable, "not.asked");
    }
    Task<Result<Balance>> capture(Capture capture) override {
        if (!is_held() || capture.lease != generation.lease) co_return not_held();
        generation.state = GenerationState::Ready;
        generation.picture = capture.picture;
        co_return Balance{};
    }
    Task<Result<Balance>> release(Release release) override {
        if (busy_for > 0 && busy_for--) co_return fail(ErrorKind::Unavailable, "store.busy");
        if (!is_held()) co_return not_held();
        generation.state = release.to;
        co_return Balance{};
    }
    Task<Result<void>> take_lease(GenerationId, std::string lease) override {
        generation.lease = std::move(lease);
        co_return Result<void>{};
    }
    Task<Result<Generation>> find_generation_of(UserId, GenerationId) override {
        co_return generation;
    }
    Task<Result<Generation>> find_generation(GenerationId) override { co_return generation; }
    Task<Result<Page<Generation>>> list_generations(UserId, GenerationFilter,
                                                    PageRequest) override {
        co_return Page<Generation>{};
    }
    Task<Result<void>> delete_generation(UserId, GenerationId, TimePoint) override {
        co_return Result<void>{};
    }
    Task<Result<std::vector<Generation>>> overdue_holds(TimePoint, std::size_t) override {
        co_return std::vector<Generation>{};
    }
    Task<Result<std::vector<Generation>>> orphaned_holds(std::string, std::size_t) override {
        co_return std::vector<Generation>{};
    }
    Task<Result<std::vector<GenerationId>>> deleted_generations(std::size_t) override {
        co_return std::vector<GenerationId>{};
    }
    Task<Result<void>> purge_generation(GenerationId) override { co_return Result<void>{}; }

    Generation generation;
    /// So many releases are refused before one is taken.
    int busy_for = 0;

private:
    bool is_held() const { return generation.state == GenerationState::Held; }
    static std::unexpected<Error> not_held() {
        return fail(ErrorKind::Conflict, "generation.not_held");
    }
};

class ScriptedPainter final : public Painter {
public:
    const PainterCapabilities& capabilities() const override { return capabilities_; }
    Task<Result<Painted>> paint(PaintRequest, ByteSink& sink) override {
        if (meanwhile) meanwhile();
        if (bytes.empty()) co_return fail(ErrorKind::Unavailable, "painter.unavailable");
        if (auto taken = co_await sink.write(as_bytes(bytes)); !taken)
            co_return std::unexpected(taken.error());
        co_return Painted{.engine = "scripted"};
    }

    std::string bytes = "ours";
    /// What others do while we paint.
    std::function<void()> meanwhile;

private:
    PainterCapabilities capabilities_{
        .id = "scripted", .name = "Scripted", .aspect_ratios = {AspectRatio{}}, .styles = {"none"}};
};

/// Everything is a picture; its thumbnail tells of which.
class TrustingInspector final : public PictureInspector {
public:
    Result<PictureFacts> inspect(std::span<const std::byte> bytes) const override {
        const std::string text =
            "small " + std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const auto small = as_bytes(text);
        return PictureFacts{
            .mime = "image/png", .color = "#000000", .thumbnail = {small.begin(), small.end()}};
    }
};

class DeafEvents final : public Events {
public:
    void publish(const UserId&, Change) override {}
    Task<std::unique_ptr<Subscription>> subscribe(UserId) override { co_return nullptr; }
};

class PaintGenerationTest : public ::testing::Test {
protected:
    PaintGenerationTest() {
        store.generation.id = id;
        store.generation.lease = "our-lease";
    }
    void paint() {
        boost::asio::io_context context;
        boost::asio::co_spawn(context, work.run(id), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
        context.run();
    }
    std::string original() { return get_blob(blobs, {id, BlobVariant::Original}); }
    std::string thumbnail() { return get_blob(blobs, {id, BlobVariant::Thumbnail}); }
    void another_publishes(std::string_view text) {
        ASSERT_TRUE(put_blob(blobs, {id, BlobVariant::Original}, text));
    }

    GenerationId id{"g_1"};
    OneGeneration store;
    SharedBlobs blobs;
    ScriptedPainter painter;
    FakeClock clock;
    PainterRoster roster{{&painter}, clock};
    TrustingInspector inspector;
    Worker worker{0, 0};
    DeafEvents events;
    PaintGeneration work{{.generations = store,
                          .blobs = blobs,
                          .painters = roster,
                          .inspector = inspector,
                          .worker = worker,
                          .events = events,
                          .clock = clock}};
};

TEST_F(PaintGenerationTest, PaintedPictureIsStoredAndCharged) {
    paint();

    EXPECT_EQ(store.generation.state, GenerationState::Ready);
    EXPECT_EQ(original(), "ours");
    EXPECT_EQ(thumbnail(), "small ours");
}

TEST_F(PaintGenerationTest, FailureGivesTheCreditBackAndLeavesNothing) {
    painter.bytes.clear();

    paint();

    EXPECT_EQ(store.generation.state, GenerationState::Failed);
    EXPECT_EQ(original(), "blob.not_found");
}

TEST_F(PaintGenerationTest, BusyStoreIsAskedAgainToGiveTheCreditBack) {
    painter.bytes.clear();
    store.busy_for = 3;

    paint();

    EXPECT_EQ(store.generation.state, GenerationState::Failed);
    EXPECT_EQ(store.busy_for, 0);
}

TEST_F(PaintGenerationTest, StoreThatStaysBusyIsLeftToTheReaperAtTheDeadline) {
    painter.bytes.clear();
    store.busy_for = 1'000'000;

    paint();

    EXPECT_EQ(store.generation.state, GenerationState::Held);
    EXPECT_LT(1'000'000 - store.busy_for, kHoldDeadline / std::chrono::seconds{1} + 3);
}

TEST_F(PaintGenerationTest, SlowerWorkerChargesForTheBytesThatAreThere) {
    painter.meanwhile = [this] { another_publishes("theirs"); };

    paint();

    ASSERT_EQ(store.generation.state, GenerationState::Ready);
    EXPECT_EQ(original(), "theirs");
    EXPECT_EQ(thumbnail(), "small theirs");
    EXPECT_EQ(store.generation.picture->size_bytes, 6);
}

TEST_F(PaintGenerationTest, FailureDoesNotTouchAPictureThatAnotherWorkerCharged) {
    painter.bytes.clear();
    painter.meanwhile = [this] {
        another_publishes("theirs");
        store.generation.state = GenerationState::Ready;
    };

    paint();

    EXPECT_EQ(original(), "theirs");
}

TEST_F(PaintGenerationTest, BytesOfAHoldThatAnotherProcessTookOverStay) {
    painter.meanwhile = [this] { store.generation.lease = "another-lease"; };

    paint();

    EXPECT_EQ(store.generation.state, GenerationState::Held);
    EXPECT_EQ(original(), "ours");
}

TEST_F(PaintGenerationTest, BytesOfACancelledGenerationGo) {
    painter.meanwhile = [this] { store.generation.state = GenerationState::Cancelled; };

    paint();

    EXPECT_EQ(original(), "blob.not_found");
    EXPECT_EQ(thumbnail(), "blob.not_found");
}

}  // namespace
}  // namespace imagify::testing
