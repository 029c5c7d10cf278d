#include "adapters/s3/staged_bytes.hpp"

#include <array>
#include <new>

#include "adapters/aws/digest.hpp"

namespace imagify::s3 {

StagedBytes::StagedBytes(std::size_t limit_bytes)
    : limit_bytes_(limit_bytes), digest_(EVP_MD_CTX_new()) {
    if (!digest_ || EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
}

Task<Result<void>> StagedBytes::write(std::span<const std::byte> bytes) {
    if (broken_) co_return fail(ErrorKind::Unavailable, "blob.io_error", "an earlier write failed");
    if (bytes.size() > limit_bytes_ - bytes_.size()) {
        broken_ = true;
        co_return fail(ErrorKind::TooLarge, "blob.too_large");
    }
    EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
    bytes_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    co_return Result<void>{};
}

std::string StagedBytes::digest() const {
    const std::unique_ptr<EVP_MD_CTX, FreeDigest> copy(EVP_MD_CTX_new());
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (!copy || EVP_MD_CTX_copy_ex(copy.get(), digest_.get()) != 1 ||
        EVP_DigestFinal_ex(copy.get(), hash.data(), &size) != 1)
        throw std::bad_alloc();
    return {reinterpret_cast<const char*>(hash.data()), size};
}

std::string StagedBytes::sha256() const { return aws::hex(digest()); }

Result<std::span<const std::byte>> StagedBytes::view() {
    return std::as_bytes(std::span(std::as_const(bytes_)));
}

}  // namespace imagify::s3
