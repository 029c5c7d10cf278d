#include "app/backup/picture_files.hpp"

#include <algorithm>

namespace imagify {

std::string original_file(const GenerationId& id) {
    const auto& text = id.text();
    return "blobs/" + text.substr(text.size() - std::min<std::size_t>(text.size(), 2)) + "/" +
           text + ".original";
}

Result<std::vector<std::string>> list_picture_files(const std::filesystem::path& data) {
    std::vector<std::string> files;
    std::error_code code;
    const auto blobs = data / "blobs";
    if (!std::filesystem::exists(blobs, code)) return files;
    for (auto entry = std::filesystem::recursive_directory_iterator(blobs, code);
         !code && entry != std::filesystem::recursive_directory_iterator(); entry.increment(code)) {
        std::error_code gone;
        if (entry->is_regular_file(gone)) {
            files.push_back("blobs/" + entry->path().parent_path().filename().string() + "/" +
                            entry->path().filename().string());
        }
    }
    if (code) {
        return fail(ErrorKind::Unavailable, "backup.failed",
                    "cannot list " + blobs.string() + ": " + code.message());
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace imagify
