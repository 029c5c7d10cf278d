#include "adapters/system/posix_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace imagify {

PosixFile& PosixFile::operator=(PosixFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

PosixFile::~PosixFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::unexpected<Error> io_error(std::string_view what) {
    const auto reason = std::generic_category().message(errno);
    return fail(ErrorKind::Unavailable, "blob.io_error", std::string(what) + ": " + reason);
}

Result<void> append(const PosixFile& file, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(file.descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return io_error("write");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<std::size_t> read_at(const PosixFile& file, std::int64_t offset,
                            std::span<std::byte> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        const auto rest = buffer.subspan(filled);
        const auto got = ::pread(file.descriptor(), rest.data(), rest.size(),
                                 offset + static_cast<std::int64_t>(filled));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return io_error("read");
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

Result<void> sync(const PosixFile& file) {
    // Never repeated after a failure: the kernel forgets dirty pages that it could not write.
    if (::fsync(file.descriptor()) != 0) return io_error("fsync");
    return {};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const PosixFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open()) return io_error("open folder");
    return sync(opened);
}

}  // namespace imagify
