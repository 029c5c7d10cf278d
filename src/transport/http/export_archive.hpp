#pragma once

#include <functional>
#include <memory>
#include <string>

#include "transport/http/routes.hpp"

namespace imagify::http {

/// A list longer than this goes on in a second file: "ledger-2.json".
inline constexpr std::size_t kExportListMaxBytes = std::size_t{1} << 20U;

/// Everything of one account as a tar archive (ustar) that is made while it is sent: one page of a
/// list or one piece of a picture is in memory. What is deleted on the way is left out. Used by one
/// coroutine.
class ExportArchive final : public BodyStream {
public:
    /// What `parts` refers to outlives it.
    ExportArchive(ExportRoutes parts, Account account);

    /// Errors: those of the stores.
    Task<Result<std::size_t>> next(std::span<std::byte> buffer) override;

    std::optional<std::uint64_t> size_bytes() const override { return std::nullopt; }

    /// "imagify-export-2026-01-15": the file's name and the folder in it.
    const std::string& name() const { return name_; }

private:
    /// One page of a list as JSON texts; it moves `cursor_` on.
    using ReadPage = std::function<Task<Result<std::vector<std::string>>>()>;
    enum class Part { Readme, Profile, Sessions, Ledger, Orders, Images, Pictures, End, Nothing };

    Task<Result<void>> advance();
    void add_file(const std::string& name, const std::string& text);
    Task<Result<void>> add_list(std::string name, Part after, ReadPage read_page);
    Task<Result<void>> add_sessions();
    Task<Result<void>> add_next_picture();
    Task<Result<std::vector<std::string>>> ledger_page();
    Task<Result<std::vector<std::string>>> order_page();
    Task<Result<std::vector<std::string>>> image_page();
    Task<Result<std::size_t>> read_picture(std::span<std::byte> buffer);
    PageRequest page() const { return {.limit = kPageMax, .cursor = cursor_}; }
    /// Remembers where the next page begins.
    void turn(const std::optional<std::string>& next_cursor);

    ExportRoutes parts_;
    Account account_;
    TimePoint now_;
    std::string name_;
    Part part_ = Part::Readme;
    /// Bytes that wait to be sent, from `sent_` on.
    std::string ready_;
    std::size_t sent_ = 0;
    /// Where the list that is being read goes on, and how many files it has so far.
    std::string cursor_;
    bool list_ended_ = false;
    int list_files_ = 0;
    std::vector<Generation> pictures_;
    std::unique_ptr<BlobReader> picture_;
    std::int64_t picture_offset_ = 0;
};

}  // namespace imagify::http
