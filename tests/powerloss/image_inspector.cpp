#include "powerloss/image_inspector.hpp"

#include "adapters/sqlite/sqlite_store.hpp"
#include "powerloss/books_state.hpp"
#include "support/run_task.hpp"

namespace imagify::testing {
namespace {

constexpr std::int64_t kWriteEvery = 8;

std::string count(std::int64_t& counter, std::string what) {
    ++counter;
    return what;
}

}  // namespace

Findings& Findings::operator+=(const Findings& other) {
    images += other.images;
    lost += other.lost;
    minted += other.minted;
    corrupt += other.corrupt;
    stuck += other.stuck;
    return *this;
}

std::string ImageInspector::inspect(DiskFiles image, std::size_t position, Findings& findings) {
    disk_.load(std::move(image));
    ++findings.images;
    auto opened = sqlite::SqliteStore::open(
        {.file = file(), .mode = sqlite::StoreMode::Simulation, .clock = &clock_});
    if (!opened) return count(findings.corrupt, "does not open: " + opened.error().detail);
    auto& store = **opened;
    const auto violations = run_task(store.verify());
    if (!violations) return count(findings.corrupt, violations.error().detail);
    for (const auto& violation : *violations) {
        const bool damaged =
            violation.invariant == "file integrity" || violation.invariant == "references";
        return count(damaged ? findings.corrupt : findings.minted,
                     violation.invariant + ": " + violation.detail);
    }
    if (auto wrong = compare(position, findings); !wrong.empty()) return wrong;
    // A new write makes the writer read the schema too: dear, and hardly ever news.
    if (findings.images % kWriteEvery == 0 && !run_task(store.check_writable())) {
        return count(findings.stuck, "takes no writes");
    }
    return {};
}

std::string ImageInspector::compare(std::size_t position, Findings& findings) const {
    const auto books = hash_books(file());
    if (!books) return count(findings.corrupt, "cannot be read");
    const auto& answers = recording_.answers;
    std::size_t promised = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].acknowledged <= position) promised = i;
    }
    const auto says = [&](std::size_t i) { return answers[i].books == *books; };
    // A group may be on the disk as soon as it was begun.
    for (std::size_t i = promised; i < answers.size() && answers[i].begun <= position; ++i) {
        if (says(i)) return {};
    }
    for (std::size_t i = 0; i < promised; ++i) {
        if (!says(i)) continue;
        return count(findings.lost, "answer " + std::to_string(promised) +
                                        " was given, the books are at " + std::to_string(i));
    }
    return count(findings.minted, "the books were never like this");
}

}  // namespace imagify::testing
