#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.hpp"

namespace imagify {

/// SHA-256 in lower-case hex by path relative to the backup: the file SHA256SUMS, which
/// `sha256sum -c` reads too.
using Checksums = std::map<std::string, std::string>;

/// The name of that file in a backup.
inline constexpr const char* kChecksumsFile = "SHA256SUMS";

/// SHA-256 of a file's bytes. Errors: Unavailable `backup.failed`.
Result<std::string> hash_file(const std::filesystem::path& file);

/// Copies a file's bytes to the new file `to`, durably; yields their SHA-256. Errors: NotFound
/// `backup.no_file` when there is no `from`; Unavailable `backup.failed`.
Result<std::string> copy_hashed(const std::filesystem::path& from, const std::filesystem::path& to);

/// Writes SHA256SUMS into `folder`, durably. Errors: Unavailable `backup.failed`.
Result<void> write_checksums(const std::filesystem::path& folder, const Checksums& checksums);

/// Reads SHA256SUMS of `folder`: at most 1 GiB, relative paths without "..". Errors: Invalid
/// `backup.damaged` with what is wrong.
Result<Checksums> read_checksums(const std::filesystem::path& folder);

}  // namespace imagify
