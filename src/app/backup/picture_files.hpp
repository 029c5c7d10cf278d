#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace imagify {

/// "blobs/<last two characters>/<id>.original": where FileBlobStore keeps the picture itself.
std::string original_file(const GenerationId& id);

/// Every picture file below `data`, as "blobs/ab/g_....original", sorted; none where there is no
/// folder yet. Errors: Unavailable `backup.failed`.
Result<std::vector<std::string>> list_picture_files(const std::filesystem::path& data);

}  // namespace imagify
