#include "adapters/files/staged_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "adapters/files/blocking.hpp"
#include "base/failpoint.hpp"

namespace imagify {
namespace {

constexpr std::size_t kSha256Bytes = 32;

std::string to_hex(std::span<const unsigned char> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

std::unexpected<Error> broken() {
    return fail(ErrorKind::Unavailable, "blob.io_error", "an earlier write failed");
}

}  // namespace

StagedFile::StagedFile(PosixFile file, std::filesystem::path path, std::size_t limit_bytes,
                       Worker& worker)
    : file_(std::move(file)),
      path_(std::move(path)),
      limit_bytes_(limit_bytes),
      worker_(worker),
      digest_(EVP_MD_CTX_new()) {
    if (!digest_ || EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

StagedFile::~StagedFile() {
    unmap();
    if (!path_.empty()) ::unlink(path_.c_str());
}

Task<Result<void>> StagedFile::write(std::span<const std::byte> bytes) {
    if (broken_) co_return broken();
    if (bytes.size() > limit_bytes_ - size_bytes_) {
        broken_ = true;
        co_return fail(ErrorKind::TooLarge, "blob.too_large");
    }
    unmap();
    auto written = co_await run_blocking<void>(worker_, WhenFull::RunHere, [this, bytes] {
        EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
        return append(file_, bytes);
    });
    if (written) {
        size_bytes_ += bytes.size();
    } else {
        broken_ = true;
    }
    co_return written;
}

std::string StagedFile::sha256() const {
    const Digest copy(EVP_MD_CTX_new());
    std::array<unsigned char, kSha256Bytes> hash{};
    if (!copy || EVP_MD_CTX_copy_ex(copy.get(), digest_.get()) != 1 ||
        EVP_DigestFinal_ex(copy.get(), hash.data(), nullptr) != 1) {
        throw std::bad_alloc();
    }
    return to_hex(hash);
}

Result<std::span<const std::byte>> StagedFile::view() {
    if (!mapped_.empty() || size_bytes_ == 0) return mapped_;
    void* start = ::mmap(nullptr, size_bytes_, PROT_READ, MAP_PRIVATE, file_.descriptor(), 0);
    if (start == MAP_FAILED) return io_error("mmap");
    mapped_ = {static_cast<const std::byte*>(start), size_bytes_};
    return mapped_;
}

Result<void> StagedFile::move_to(const std::filesystem::path& target) {
    if (broken_) return broken();
    if (auto synced = sync(file_); !synced) return synced;
    FAILPOINT("blob.synced");
    if (::rename(path_.c_str(), target.c_str()) != 0) return io_error("rename");
    FAILPOINT("blob.renamed");
    path_.clear();
    return {};
}

void StagedFile::unmap() {
    if (mapped_.empty()) return;
    ::munmap(const_cast<std::byte*>(mapped_.data()), mapped_.size());
    mapped_ = {};
}

}  // namespace imagify
