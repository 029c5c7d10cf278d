#include <cstdlib>
#include <fstream>

#include "api/api_fixture.hpp"
#include "transport/http/export_archive.hpp"

namespace imagify::testing {

namespace fs = std::filesystem;
using http::Method;

namespace {

/// A ledger of `count` entries with long notes, in pages.
class LongLedger final : public LedgerStore {
public:
    explicit LongLedger(int count) : count_(count) {}
    Task<Result<Page<LedgerEntry>>> list_entries(UserId, PageRequest page) override {
        int next = page.cursor.empty() ? 0 : std::stoi(page.cursor);
        Page<LedgerEntry> entries;
        for (std::size_t i = 0; i < page.limit && next < count_; ++i, ++next) {
            LedgerEntry entry;
            entry.id = next;
            entry.note = std::string(2'000, 'n');
            entries.items.push_back(std::move(entry));
        }
        if (next < count_) entries.next_cursor = std::to_string(next);
        largest_page = std::max(largest_page, page.limit);
        co_return entries;
    }
    Task<Result<LedgerEntry>> add_entry(ManualEntry) override { co_return LedgerEntry{}; }

    std::size_t largest_page = 0;

private:
    int count_;
};

}  // namespace

class ExportTest : public ApiTest {
protected:
    static std::string file_text(const fs::path& path) {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    /// What the system's tar makes of an archive: path below its one folder -> bytes.
    std::map<std::string, std::string> unpacked(const std::string& archive) {
        const TempFolder temp;
        const auto file = temp.path() / "export.tar";
        std::ofstream(file, std::ios::binary) << archive;
        const auto target = temp.path() / "unpacked";
        fs::create_directory(target);
        const auto command = "tar -C " + target.string() + " -xf " + file.string() + " 2>&1";
        EXPECT_EQ(std::system(command.c_str()), 0);
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(target)) {
            if (!entry.is_regular_file()) continue;
            const auto path = fs::relative(entry.path(), target);
            EXPECT_EQ(*path.begin(), "imagify-export-2026-01-15");
            files[fs::relative(path, *path.begin()).string()] = file_text(entry.path());
        }
        return files;
    }
    std::string paint(const std::string& token) {
        const auto answer = post("/image/generate-image", R"({"prompt":"chợ nổi"})", token);
        EXPECT_EQ(answer.status, 200U) << answer.body;
        return answer.text("imageId");
    }
    void replace(BlobKey key, const std::string& bytes) {
        EXPECT_TRUE(run_task(storage.blobs->remove(key)));
        auto staged = run_task(storage.blobs->stage(bytes.size())).value();
        EXPECT_TRUE(run_task(staged->write(std::as_bytes(std::span(bytes)))));
        EXPECT_TRUE(run_task(storage.blobs->publish(key, std::move(staged))));
    }
    /// Somebody else takes it out of the store while it is read.
    void lose(BlobKey key) {
        if (!storage.picture_files) {
            EXPECT_TRUE(run_task(storage.blobs->remove(key)));
            return;
        }
        // An open file stays readable when its name goes.
        const auto& id = key.generation.text();
        fs::resize_file(folder.path() / "blobs" / id.substr(id.size() - 2) / (id + ".original"), 0);
    }
    std::string bytes_of(BlobKey key) {
        const auto reader = run_task(storage.blobs->open(key)).value();
        std::string bytes(static_cast<std::size_t>(reader->size_bytes()), '\0');
        std::size_t filled = 0;
        while (filled < bytes.size()) {
            const auto rest = std::as_writable_bytes(std::span(bytes)).subspan(filled);
            filled += run_task(reader->read(static_cast<std::int64_t>(filled), rest)).value();
        }
        return bytes;
    }
    /// The rest of a body.
    static std::string drain(http::BodyStream& body) {
        std::string text;
        std::array<std::byte, 700> buffer{};
        for (;;) {
            const auto count = run_task(body.next(buffer)).value();
            if (count == 0) return text;
            text.append(reinterpret_cast<const char*>(buffer.data()), count);
        }
    }
    http::ExportRoutes parts(LedgerStore& ledger) {
        return {.sessions = *storage.store,
                .ledger = ledger,
                .orders = *storage.store,
                .refunds = *storage.store,
                .generations = *storage.store,
                .blobs = *storage.blobs,
                .clock = clock,
                .seller = "Imagify"};
    }
};

TEST_F(ExportTest, ArchiveHoldsEverythingOfItsOwner) {
    const auto token = sign_up("an@example.vn");
    const auto first = paint(token);
    const auto second = paint(token);
    const auto order = open_order(token);
    ASSERT_EQ(ipn(order).text("RspCode"), "00");

    const auto answer = get("/user/export", token);
    const auto files = unpacked(answer.body);

    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.headers.get("Content-Type"), "application/x-tar");
    EXPECT_EQ(answer.headers.get("Content-Disposition"),
              "attachment; filename=\"imagify-export-2026-01-15.tar\"");
    EXPECT_EQ(answer.headers.get("Cache-Control"), "no-store");
    ASSERT_EQ(files.size(), 8U);
    EXPECT_EQ(answer.body.size() % 512, 0U);
    EXPECT_EQ(files.at("pictures/" + first + ".png"), get("/image/" + first + "/file", token).body);
    EXPECT_EQ(files.at("pictures/" + second + ".png"),
              get("/image/" + second + "/file", token).body);
    const auto list = [&](const char* name) { return boost::json::parse(files.at(name)); };
    EXPECT_EQ(list("profile.json").at("email"), "an@example.vn");
    EXPECT_EQ(list("profile.json").at("credits"), 103);
    EXPECT_EQ(list("sessions.json").as_array().size(), 1U);
    EXPECT_EQ(list("ledger.json").as_array().size(), 4U);
    EXPECT_EQ(list("images.json").as_array().size(), 2U);
    const auto orders = list("orders.json").as_array();
    ASSERT_EQ(orders.size(), 1U);
    EXPECT_EQ(orders[0].at("id").as_string(), order);
    EXPECT_EQ(orders[0].at("receipt").at("amountVnd"), 250'000);
    EXPECT_TRUE(files.at("README.txt").starts_with("Đây là toàn bộ dữ liệu"));
}

TEST_F(ExportTest, ArchiveOfANewcomerIsWholeToo) {
    const auto token = sign_up();
    ASSERT_EQ(call({.method = Method::Patch,
                    .target = "/user/me",
                    .body = R"({"locale":"en"})",
                    .token = token})
                  .status,
              200U);

    const auto files = unpacked(get("/user/export", token).body);

    EXPECT_EQ(files.size(), 6U);
    EXPECT_TRUE(boost::json::parse(files.at("orders.json")).as_array().empty());
    EXPECT_TRUE(boost::json::parse(files.at("images.json")).as_array().empty());
    EXPECT_TRUE(files.at("README.txt").starts_with("This is all of your data"));
}

TEST_F(ExportTest, NothingOfAnotherIsInIt) {
    const auto an = sign_up("an@example.vn");
    const auto bo = sign_up("bo@example.vn");
    const auto picture = paint(bo);
    const auto order = open_order(bo);

    const auto archive = get("/user/export", an).body;

    EXPECT_EQ(get("/user/export").status, 401U);
    for (const auto& part : {std::string("bo@example.vn"), picture, order}) {
        EXPECT_FALSE(archive.contains(part)) << part;
        EXPECT_TRUE(get("/user/export", bo).body.contains(part)) << part;
    }
}

TEST_F(ExportTest, PictureThatIsDeletedMeanwhileIsLeftOut) {
    const auto token = sign_up();
    std::vector<std::string> pictures;
    for (int i = 0; i < 3; ++i) {
        pictures.push_back(paint(token));
        clock.advance(std::chrono::seconds(1));
    }
    const auto account = run_task(
        storage.store->find_account(UserId(std::string(get("/user/me", token).text("id")))));
    http::ExportArchive archive(parts(*storage.store), account.value());

    std::string text;
    std::array<std::byte, 512> buffer{};
    while (!text.contains("pictures/" + pictures[2])) {  // The newest comes first.
        const auto count = run_task(archive.next(buffer)).value();
        ASSERT_GT(count, 0U);
        text.append(reinterpret_cast<const char*>(buffer.data()), count);
    }
    for (const auto& picture : {pictures[2], pictures[1]}) {
        ASSERT_EQ(
            call({.method = Method::Delete, .target = "/image/" + picture, .token = token}).status,
            204U);
    }
    const auto files = unpacked(text + drain(archive));

    EXPECT_TRUE(files.contains("pictures/" + pictures[2] + ".png"));
    EXPECT_FALSE(files.contains("pictures/" + pictures[1] + ".png"));
    EXPECT_EQ(files.at("pictures/" + pictures[0] + ".png"),
              get("/image/" + pictures[0] + "/file", token).body);
}

TEST_F(ExportTest, LongListGoesOnInFurtherFiles) {
    const auto token = sign_up();
    const auto account = run_task(
        storage.store->find_account(UserId(std::string(get("/user/me", token).text("id")))));
    LongLedger ledger(1'234);
    http::ExportArchive archive(parts(ledger), account.value());

    const auto files = unpacked(drain(archive));

    std::size_t entries = 0;
    for (const auto* name : {"ledger.json", "ledger-2.json", "ledger-3.json"}) {
        const auto& text = files.at(name);
        EXPECT_LT(text.size(), http::kExportListMaxBytes + kPageMax * 2'200) << name;
        const auto list = boost::json::parse(text).as_array();
        for (const auto& entry : list) {
            EXPECT_EQ(entry.at("id").as_string(), std::to_string(entries++));
        }
    }
    EXPECT_EQ(entries, 1'234U);
    EXPECT_FALSE(files.contains("ledger-4.json"));
    EXPECT_TRUE(files.contains("orders.json"));
    EXPECT_FALSE(files.contains("orders-2.json"));
    EXPECT_EQ(ledger.largest_page, kPageMax);
}

TEST_F(ExportTest, LostBytesCutTheConnection) {
    const auto token = sign_up();
    const auto picture = paint(token);
    const auto account = run_task(
        storage.store->find_account(UserId(std::string(get("/user/me", token).text("id")))));
    http::ExportArchive archive(parts(*storage.store), account.value());
    const BlobKey key{.generation = GenerationId(picture)};
    const auto whole = bytes_of(key);
    replace(key, std::string(std::size_t{3} << 20U, 'x'));  // No store reads so much at once.

    std::string text;
    std::array<std::byte, 512> buffer{};
    while (!text.contains("/pictures/")) {
        const auto count = run_task(archive.next(buffer)).value();
        text.append(reinterpret_cast<const char*>(buffer.data()), count);
    }
    lose(key);
    auto count = run_task(archive.next(buffer));
    while (count && *count > 0) count = run_task(archive.next(buffer));
    replace(key, whole);  // The books are checked at the end.

    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().kind, ErrorKind::Unavailable);
}

}  // namespace imagify::testing
