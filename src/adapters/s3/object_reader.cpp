#include "adapters/s3/object_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "adapters/aws/fault.hpp"

namespace imagify::s3 {
namespace {

// A thumbnail comes whole with the first request; a picture of 2 MB takes eight.
constexpr std::size_t kPieceBytes = std::size_t{256} * 1024;

struct Piece {
    std::int64_t offset = 0;
    std::int64_t total = 0;
    std::string etag;
    std::string bytes;
};

// "bytes 0-99/1234": the number behind the slash.
std::optional<std::int64_t> total_of(std::string_view content_range) {
    const auto slash = content_range.rfind('/');
    if (!content_range.starts_with("bytes ") || slash == std::string_view::npos)
        return std::nullopt;
    const auto digits = content_range.substr(slash + 1);
    std::int64_t total = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, total);
    if (error != std::errc{} || stop != end || total < 0) return std::nullopt;
    return total;
}

struct Wish {
    std::int64_t offset = 0;
    std::size_t length = kPieceBytes;
    std::string etag{};
};

Task<Result<Piece>> fetch(aws::ServiceClient& client, const std::string& path, Wish wish) {
    const auto last = wish.offset + static_cast<std::int64_t>(wish.length) - 1;
    aws::ServiceCall call{.method = "GET",
                          .path = path,
                          .headers = {{"Range", "bytes=" + std::to_string(wish.offset) + '-' +
                                                    std::to_string(last)}}};
    if (!wish.etag.empty()) call.headers.emplace_back("If-Match", wish.etag);
    call.body_limit_bytes = std::max(kPieceBytes, wish.length);
    auto answer = co_await client.call(std::move(call));
    if (!answer) co_return blob_error(answer.error());
    // An empty object has no first byte.
    if (answer->status == 416 && wish.offset == 0) co_return Piece{};
    if (!answer->succeeded()) co_return blob_error(client, *answer);
    Piece piece{.offset = wish.offset,
                .etag = std::string(aws::header_value(answer->headers, "etag")),
                .bytes = std::move(answer->body)};
    const auto total = answer->status == 206
                           ? total_of(aws::header_value(answer->headers, "content-range"))
                           : static_cast<std::int64_t>(piece.bytes.size());
    const bool fits =
        total && piece.offset + static_cast<std::int64_t>(piece.bytes.size()) <= *total;
    if (!fits || (answer->status != 206 && wish.offset != 0))
        co_return fail(ErrorKind::Unavailable, "blob.unavailable", "S3 answered another range");
    piece.total = *total;
    co_return piece;
}

class ObjectReader final : public BlobReader {
public:
    ObjectReader(aws::ServiceClient& client, std::string path, Piece first)
        : client_(client), path_(std::move(path)), piece_(std::move(first)), etag_(piece_.etag) {}

    std::int64_t size_bytes() const override { return piece_.total; }

    Task<Result<std::size_t>> read(std::int64_t offset, std::span<std::byte> buffer) override {
        std::size_t filled = 0;
        while (filled < buffer.size() && offset < piece_.total) {
            if (!has(offset)) {
                auto next = co_await fetch(client_, path_,
                                           {.offset = offset,
                                            .length = std::max(kPieceBytes, buffer.size() - filled),
                                            .etag = etag_});
                // It was there when it was opened: half of it is not "no such picture".
                if (!next && next.error().kind == ErrorKind::NotFound)
                    co_return fail(ErrorKind::Unavailable, "blob.unavailable", "it is gone");
                if (!next) co_return std::unexpected(next.error());
                if (next->bytes.empty() || next->total != piece_.total)
                    co_return fail(ErrorKind::Unavailable, "blob.unavailable", "it has changed");
                piece_ = std::move(*next);
            }
            const auto start = static_cast<std::size_t>(offset - piece_.offset);
            const auto count = std::min(buffer.size() - filled, piece_.bytes.size() - start);
            std::memcpy(buffer.data() + filled, piece_.bytes.data() + start, count);
            filled += count;
            offset += static_cast<std::int64_t>(count);
        }
        co_return filled;
    }

private:
    bool has(std::int64_t offset) const {
        return offset >= piece_.offset &&
               offset < piece_.offset + static_cast<std::int64_t>(piece_.bytes.size());
    }

    aws::ServiceClient& client_;
    std::string path_;
    Piece piece_;
    std::string etag_;
};

std::string advice(std::string_view fault) {
    if (fault == "NoSuchBucket") return "; create the bucket or correct IMAGES_BUCKET";
    if (fault == "PermanentRedirect" || fault == "AuthorizationHeaderMalformed" ||
        fault == "IllegalLocationConstraintException")
        return "; the bucket is in another region than AWS_REGION";
    return {};
}

}  // namespace

std::unexpected<Error> blob_error(const aws::ServiceClient& client,
                                  const aws::ServiceAnswer& answer) {
    if (answer.fault == "NoSuchKey" || answer.fault == "NotFound")
        return fail(ErrorKind::NotFound, "blob.not_found");
    return fail(ErrorKind::Unavailable, "blob.unavailable",
                "S3 at " + client.settings().endpoint + ": " + answer.fault + ' ' +
                    answer.fault_message + advice(answer.fault));
}

std::unexpected<Error> blob_error(const Error& error) {
    const bool denied = error.code == "aws.denied";
    return fail(
        error.kind == ErrorKind::Internal ? ErrorKind::Internal : ErrorKind::Unavailable,
        "blob.unavailable",
        error.detail + (denied ? "; IMAGES_BUCKET: the role needs s3:GetObject, s3:PutObject, "
                                 "s3:DeleteObject and s3:ListBucket"
                               : ""));
}

Task<Result<std::unique_ptr<BlobReader>>> open_object(aws::ServiceClient& client,
                                                      std::string path) {
    auto first = co_await fetch(client, path, {});
    if (!first) co_return std::unexpected(first.error());
    co_return std::make_unique<ObjectReader>(client, std::move(path), std::move(*first));
}

}  // namespace imagify::s3
