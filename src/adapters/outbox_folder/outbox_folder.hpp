#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/mime/mailbox.hpp"
#include "base/clock.hpp"
#include "base/worker.hpp"
#include "ports/mailer.hpp"

namespace imagify {

/// How many letters are kept; the oldest go first.
inline constexpr std::size_t kKeptLetters = 200;

/// A letter in the folder, and when it was put there.
struct KeptLetter {
    Letter letter;
    TimePoint written_at{};
};

/// Carries letters nowhere: each is a file `<id>.eml` that only its owner may read, for
/// development. Letters hold live links: whoever reads the folder can take accounts over.
class OutboxFolder final : public Mailer {
public:
    struct Parts {
        /// Made when the first letter comes.
        std::filesystem::path folder;
        Mailbox from;
        Worker& worker;
        const Clock& clock;
    };
    explicit OutboxFolder(Parts parts) : parts_(std::move(parts)) {}

    /// A letter that comes again replaces itself. Errors: Invalid `mail.refused` for an id that is
    /// no file name; Unavailable `mail.unavailable`.
    Task<Result<void>> send(Letter letter) override;

    /// What is kept, the newest first. Files that are no letters of ours are left out.
    /// Errors: Unavailable `server.overloaded`.
    Task<Result<std::vector<KeptLetter>>> letters();

    /// Errors: NotFound `mail.not_found`; Unavailable `server.overloaded`.
    Task<Result<KeptLetter>> letter(MailId id);

private:
    Result<void> keep(const Letter& letter) const;
    void drop_oldest() const;
    std::vector<std::filesystem::path> files() const;

    Parts parts_;
};

}  // namespace imagify
