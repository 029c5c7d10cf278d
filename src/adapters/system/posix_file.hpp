#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

#include "base/result.hpp"

namespace imagify {

/// An open file descriptor, closed when dropped.
class PosixFile {
public:
    PosixFile() = default;
    explicit PosixFile(int descriptor) : descriptor_(descriptor) {}
    PosixFile(PosixFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    PosixFile& operator=(PosixFile&& other) noexcept;
    ~PosixFile();

    int descriptor() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

/// Unavailable `blob.io_error` with what failed and the system's reason, by errno. Names no path.
std::unexpected<Error> io_error(std::string_view what);

/// Writes all of `bytes` at the end of the file. Errors: Unavailable.
Result<void> append(const PosixFile& file, std::span<const std::byte> bytes);

/// As many bytes from `offset` on as there are, at most as many as `buffer` holds. Errors:
/// Unavailable.
Result<std::size_t> read_at(const PosixFile& file, std::int64_t offset,
                            std::span<std::byte> buffer);

/// Makes a file's bytes, or a folder's names, survive a power cut. Errors: Unavailable.
Result<void> sync(const PosixFile& file);
Result<void> sync_folder(const std::filesystem::path& folder);

}  // namespace imagify
