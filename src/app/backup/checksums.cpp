#include "app/backup/checksums.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

#include "adapters/system/posix_file.hpp"

namespace imagify {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;
constexpr std::uintmax_t kMaxBytes = std::uintmax_t{1} << 30U;
constexpr std::size_t kHexDigits = 64;

std::unexpected<Error> failed(const std::string& doing) {
    const int code = errno;
    return fail(code == ENOENT ? ErrorKind::NotFound : ErrorKind::Unavailable,
                code == ENOENT ? "backup.no_file" : "backup.failed",
                doing + ": " + std::strerror(code));
}

class Digest {
public:
    Digest() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
    void add(std::span<const std::byte> bytes) {
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
        std::string text;
        for (const auto byte : std::span(bytes).first(size)) {
            text += "0123456789abcdef"[byte >> 4U];
            text += "0123456789abcdef"[byte & 15U];
        }
        return text;
    }

private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

// Reads `from` to its end and hands each piece on.
template <class Take>
Result<std::string> digest_of(const std::filesystem::path& from, Take take) {
    const PosixFile file(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.is_open()) return failed("cannot read " + from.string());
    Digest digest;
    std::vector<std::byte> piece(kPiece);
    for (;;) {
        const auto got = ::read(file.descriptor(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("cannot read " + from.string());
        if (got == 0) return digest.hex();
        const auto bytes = std::span(piece).first(static_cast<std::size_t>(got));
        digest.add(bytes);
        if (Result<void> taken = take(bytes); !taken) return std::unexpected(taken.error());
    }
}

Result<void> say_where(Result<void> done, const std::filesystem::path& file) {
    if (done) return done;
    return fail(ErrorKind::Unavailable, "backup.failed",
                "cannot write " + file.string() + ": " + done.error().detail);
}

bool is_digest(std::string_view text) {
    return text.size() == kHexDigits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool stays_inside(const std::filesystem::path& path) {
    if (path.empty() || path.is_absolute()) return false;
    for (const auto& part : path) {
        if (part == ".." || part == "." || part.empty()) return false;
    }
    return true;
}

}  // namespace

Result<std::string> hash_file(const std::filesystem::path& file) {
    return digest_of(file, [](std::span<const std::byte>) { return Result<void>{}; });
}

Result<std::string> copy_hashed(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
    const PosixFile file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.is_open()) return failed("cannot make " + to.string());
    auto digest = digest_of(
        from, [&](std::span<const std::byte> bytes) { return say_where(append(file, bytes), to); });
    if (!digest) {
        ::unlink(to.c_str());
        return digest;
    }
    if (auto synced = say_where(sync(file), to); !synced) return std::unexpected(synced.error());
    return digest;
}

Result<void> write_checksums(const std::filesystem::path& folder, const Checksums& checksums) {
    const auto path = folder / kChecksumsFile;
    const PosixFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.is_open()) return failed("cannot make " + path.string());
    std::string text;
    for (const auto& [name, digest] : checksums) {
        text += digest;
        text += "  ";
        text += name;
        text += '\n';
    }
    if (auto wrote = say_where(append(file, std::as_bytes(std::span(text))), path); !wrote) {
        return wrote;
    }
    return say_where(sync(file), path);
}

Result<Checksums> read_checksums(const std::filesystem::path& folder) {
    const auto path = folder / kChecksumsFile;
    const auto damaged = [&](const std::string& why) {
        return fail(ErrorKind::Invalid, "backup.damaged", path.string() + " " + why);
    };
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(path, missing);
    if (missing) return damaged("is missing: this is not a whole backup");
    if (bytes > kMaxBytes) return damaged("is larger than 1 GiB");
    std::ifstream stream(path);
    Checksums checksums;
    for (std::string line; std::getline(stream, line);) {
        const std::string_view text = line;
        if (text.size() < kHexDigits + 3 || !is_digest(text.substr(0, kHexDigits)) ||
            text.substr(kHexDigits, 2) != "  " || !stays_inside(text.substr(kHexDigits + 2)) ||
            stream.eof()) {
            return damaged("has a line that is not \"SHA-256  path\"");
        }
        checksums.emplace(text.substr(kHexDigits + 2), text.substr(0, kHexDigits));
    }
    if (!checksums.contains("imagify.db")) return damaged("does not name imagify.db");
    return checksums;
}

}  // namespace imagify
