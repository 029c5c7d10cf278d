#include "adapters/outbox_folder/outbox_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

class OutboxFolderTest : public ::testing::Test {
protected:
    static Letter letter(const std::string& id, std::string text = "Chào\n") {
        return {.id = MailId(id),
                .to = "an@example.com",
                .subject = "Xác nhận",
                .text = std::move(text),
                .html = "<p>Chào</p>\n"};
    }
    Result<void> send(Letter letter) { return run_task(outbox.send(std::move(letter))); }
    std::string ids() {
        std::string text;
        for (const auto& kept : run_task(outbox.letters()).value()) {
            text += kept.letter.id.text() + ' ';
        }
        return text;
    }

    TempFolder temp;
    Worker worker{0, 0};
    FakeClock clock;
    std::filesystem::path folder = temp.path() / "mail";
    OutboxFolder outbox{{.folder = folder,
                         .from = {.name = "Imagify", .address = "no-reply@example.com"},
                         .worker = worker,
                         .clock = clock}};
};

TEST_F(OutboxFolderTest, LetterIsAFileThatOnlyItsOwnerReads) {
    ASSERT_TRUE(send(letter("m1")));

    struct stat status{};
    ASSERT_EQ(::stat((folder / "m1.eml").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(folder.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(OutboxFolderTest, LettersAreReadBackNewestFirst) {
    for (const auto* id : {"m1", "m3", "m2"}) ASSERT_TRUE(send(letter(id)));

    EXPECT_EQ(ids(), "m3 m2 m1 ");
    const auto found = run_task(outbox.letter(MailId("m2"))).value();
    EXPECT_EQ(found.letter.subject, "Xác nhận");
    EXPECT_EQ(found.letter.text, "Chào\n");
    EXPECT_GT(to_unix_ms(found.written_at), 0);
}

TEST_F(OutboxFolderTest, LetterThatComesAgainReplacesItself) {
    ASSERT_TRUE(send(letter("m1", "one\n")));
    ASSERT_TRUE(send(letter("m1", "two\n")));

    EXPECT_EQ(ids(), "m1 ");
    EXPECT_EQ(run_task(outbox.letter(MailId("m1"))).value().letter.text, "two\n");
}

TEST_F(OutboxFolderTest, TheNewest200AreKept) {
    for (int i = 0; i < 201; ++i) ASSERT_TRUE(send(letter("m" + std::to_string(1'000 + i))));

    const auto kept = run_task(outbox.letters()).value();

    ASSERT_EQ(kept.size(), 200U);
    EXPECT_EQ(kept.front().letter.id.text(), "m1200");
    EXPECT_EQ(kept.back().letter.id.text(), "m1001");
}

TEST_F(OutboxFolderTest, NoIdLeadsOutOfTheFolder) {
    for (const auto* id : {"", "../m1", "a/b", ".hidden", "a.eml"}) {
        const auto sent = send(letter(id));
        ASSERT_FALSE(sent) << id;
        EXPECT_EQ(sent.error().kind, ErrorKind::Invalid);
        const auto found = run_task(outbox.letter(MailId(id)));
        ASSERT_FALSE(found) << id;
        EXPECT_EQ(found.error().kind, ErrorKind::NotFound);
    }
    EXPECT_TRUE(send(letter(std::string(64, 'a'))));
    EXPECT_FALSE(send(letter(std::string(65, 'a'))));
}

TEST_F(OutboxFolderTest, FilesThatAreNoLettersAreLeftOut) {
    ASSERT_TRUE(send(letter("m1")));
    std::ofstream(folder / "m2.eml") << "not a letter";
    std::ofstream(folder / "notes.txt") << "mine";

    EXPECT_EQ(ids(), "m1 ");
    EXPECT_FALSE(run_task(outbox.letter(MailId("m2"))));
}

TEST_F(OutboxFolderTest, EmptyWithoutAFolder) { EXPECT_EQ(ids(), ""); }

TEST_F(OutboxFolderTest, FolderThatCannotBeMadeIsTriedLater) {
    std::ofstream(temp.path() / "mail") << "a file stands in the way";

    const auto sent = send(letter("m1"));

    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(sent.error().code, "mail.unavailable");
}

}  // namespace imagify::testing
