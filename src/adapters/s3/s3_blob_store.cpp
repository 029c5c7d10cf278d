#include "adapters/s3/s3_blob_store.hpp"

#include <algorithm>

#include "adapters/aws/digest.hpp"
#include "adapters/aws/fault.hpp"
#include "adapters/s3/object_reader.hpp"
#include "adapters/s3/staged_bytes.hpp"
#include "base/failpoint.hpp"

namespace imagify::s3 {
namespace {

constexpr std::size_t kIdMaxLength = 64;
// One attempt has half of it: 16 MiB at 1 MiB/s.
constexpr std::chrono::seconds kTimeLimit{40};

// A dot in a bucket's name breaks the host's certificate; elsewhere nobody has such host names.
bool is_host_name(const S3Settings& settings) {
    return settings.endpoint.empty() && !settings.bucket.contains('.');
}

std::string endpoint_of(const S3Settings& settings) {
    if (!settings.endpoint.empty()) return settings.endpoint;
    const auto regional = "s3." + settings.region + ".amazonaws.com";
    return "https://" + (is_host_name(settings) ? settings.bucket + '.' : "") + regional;
}

// Letters, digits, '-' and '_' only, as ids are: nothing needs encoding, nothing climbs.
std::optional<std::string> object_of(const BlobKey& key) {
    const auto& id = key.generation.text();
    const auto is_safe = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '-' || c == '_';
    };
    if (id.empty() || id.size() > kIdMaxLength || !std::ranges::all_of(id, is_safe))
        return std::nullopt;
    return "images/" + id + (key.variant == BlobVariant::Original ? "/original" : "/thumb");
}

// What a painter may deliver (picture_inspector.hpp), told by its first bytes.
std::string type_of(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG")) return "image/png";
    if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
    if (bytes.starts_with("RIFF") &&
        bytes.substr(std::min<std::size_t>(8, bytes.size())).starts_with("WEBP"))
        return "image/webp";
    return "application/octet-stream";
}

aws::ServiceCall put_call(std::string path, std::string bytes, const std::string& digest) {
    return {.method = "PUT",
            .path = std::move(path),
            .headers = {{"Content-Type", type_of(bytes)},
                        {"Cache-Control", "private, max-age=31536000, immutable"},
                        {"x-amz-server-side-encryption", "AES256"},
                        {"x-amz-checksum-sha256", aws::base64(digest)},
                        {"x-amz-meta-sha256", aws::hex(digest)}},
            .body = std::move(bytes)};
}

}  // namespace

S3BlobStore::S3BlobStore(S3Settings settings, aws::ServiceClient::Parts parts)
    : settings_(std::move(settings)),
      client_({.service = "s3",
               .region = settings_.region,
               .endpoint = endpoint_of(settings_),
               .time_limit = kTimeLimit},
              parts),
      prefix_(is_host_name(settings_) ? "" : '/' + settings_.bucket) {}

std::string S3BlobStore::path_of(const std::string& object) const { return prefix_ + '/' + object; }

Task<Result<std::unique_ptr<StagedBlob>>> S3BlobStore::stage(std::size_t limit_bytes) {
    co_return std::make_unique<StagedBytes>(limit_bytes);
}

Task<Result<void>> S3BlobStore::publish(BlobKey key, std::unique_ptr<StagedBlob> staged) {
    auto* const bytes = dynamic_cast<StagedBytes*>(staged.get());
    const auto object = object_of(key);
    if (bytes == nullptr || !object) co_return fail(ErrorKind::Internal, "blob.bad_key");
    if (!bytes->is_whole())
        co_return fail(ErrorKind::Unavailable, "blob.io_error", "an earlier write failed");
    const auto digest = bytes->digest();
    const auto size = static_cast<std::size_t>(bytes->size_bytes());
    auto call = put_call(path_of(*object), std::move(*bytes).take(), digest);
    const bool once = key.variant == BlobVariant::Original;
    if (once) call.headers.emplace_back("If-None-Match", "*");
    FAILPOINT("blob.synced");
    const auto answer = co_await client_.call(std::move(call));
    FAILPOINT("blob.renamed");
    if (answer && answer->succeeded()) co_return Result<void>{};
    const bool is_there = answer && answer->status == 412;
    const bool is_unknown = !answer && answer.error().kind == ErrorKind::Unknown;
    if (!is_there && !is_unknown)
        co_return answer ? blob_error(client_, *answer) : blob_error(answer.error());
    const auto same = co_await holds(path_of(*object), aws::hex(digest), size);
    if (same && *same) co_return Result<void>{};
    if (same && is_there)
        co_return fail(ErrorKind::Conflict, "blob.other_bytes", "another worker was faster");
    if (!same) co_return std::unexpected(same.error());
    co_return blob_error(answer.error());
}

// False also when there is nothing.
Task<Result<bool>> S3BlobStore::holds(const std::string& path, const std::string& sha256,
                                      std::size_t size) {
    const auto answer = co_await client_.call({.method = "HEAD", .path = path});
    if (!answer) co_return blob_error(answer.error());
    if (answer->status == 404) co_return false;
    if (!answer->succeeded()) co_return blob_error(client_, *answer);
    co_return aws::header_value(answer->headers, "x-amz-meta-sha256") ==
        sha256&& aws::header_value(answer->headers, "content-length") == std::to_string(size);
}

Task<Result<std::unique_ptr<BlobReader>>> S3BlobStore::open(BlobKey key) {
    const auto object = object_of(key);
    if (!object) co_return fail(ErrorKind::NotFound, "blob.not_found");
    co_return co_await open_object(client_, path_of(*object));
}

Task<Result<void>> S3BlobStore::remove(BlobKey key) {
    const auto object = object_of(key);
    if (!object) co_return Result<void>{};
    const auto answer = co_await client_.call({.method = "DELETE", .path = path_of(*object)});
    if (!answer) co_return blob_error(answer.error());
    if (answer->succeeded()) co_return Result<void>{};
    auto error = blob_error(client_, *answer);
    if (error.error().kind == ErrorKind::NotFound) co_return Result<void>{};
    co_return error;
}

Task<Result<std::optional<BlobUrl>>> S3BlobStore::public_url(BlobKey key, BlobUrlWish wish) {
    const auto object = object_of(key);
    if (!settings_.presign || !object) co_return std::nullopt;
    aws::Pairs query{{"response-content-type", wish.content_type},
                     {"response-cache-control", "private, max-age=31536000, immutable"}};
    if (!wish.disposition.empty())
        query.emplace_back("response-content-disposition", wish.disposition);
    auto presigned =
        co_await client_.presign_get(path_of(*object), std::move(query), wish.validity);
    if (!presigned) co_return blob_error(presigned.error());
    co_return BlobUrl{.url = std::move(presigned->url), .expires_at = presigned->expires_at};
}

std::string S3BlobStore::public_origin() const {
    return settings_.presign ? client_.settings().endpoint : std::string();
}

Task<Result<void>> S3BlobStore::check() {
    const auto answer = co_await client_.call({.method = "HEAD", .path = prefix_ + '/'});
    if (!answer) co_return blob_error(answer.error());
    if (answer->succeeded()) co_return Result<void>{};
    co_return fail(
        ErrorKind::Unavailable, "blob.unavailable",
        answer->status == 404
            ? "there is no bucket " + settings_.bucket + "; create it or correct IMAGES_BUCKET"
            : "the bucket " + settings_.bucket + " answers " + answer->fault +
                  "; is AWS_REGION the bucket's region?");
}

}  // namespace imagify::s3
