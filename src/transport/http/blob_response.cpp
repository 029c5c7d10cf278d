#include "transport/http/blob_response.hpp"

#include "base/log.hpp"
#include "transport/http/byte_range.hpp"
#include "transport/http/problem.hpp"

namespace imagify::http {
namespace {

// Reads the wanted part of a blob as the socket takes it.
class BlobBody final : public BodyStream {
public:
    BlobBody(std::unique_ptr<BlobReader> reader, ByteRange range)
        : reader_(std::move(reader)), next_(range.first), left_(range.length), size_(left_) {}

    Task<Result<std::size_t>> next(std::span<std::byte> buffer) override {
        const auto wanted = std::min<std::size_t>(buffer.size(), static_cast<std::size_t>(left_));
        if (wanted == 0) co_return std::size_t{0};
        const auto count = co_await reader_->read(next_, buffer.first(wanted));
        if (!count) co_return count;
        if (*count == 0) co_return fail(ErrorKind::Unavailable, "blob.unreadable", "too short");
        next_ += static_cast<std::int64_t>(*count);
        left_ -= static_cast<std::int64_t>(*count);
        co_return count;
    }

    std::optional<std::uint64_t> size_bytes() const override {
        return static_cast<std::uint64_t>(size_);
    }

private:
    std::unique_ptr<BlobReader> reader_;
    std::int64_t next_;
    std::int64_t left_;
    std::int64_t size_;
};

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
    return if_none_match == "*" || if_none_match.contains(etag);
}

void add_common_headers(Response& response, const std::string& etag) {
    response.headers.add("ETag", etag);
    response.headers.add("Cache-Control", "private, max-age=31536000, immutable");
    response.headers.add("Accept-Ranges", "bytes");
    // Pictures are data: should a browser be tricked into opening one as a page, nothing runs.
    response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
}

std::string file_name(const Generation& image, std::string_view mime) {
    const auto extension = mime.substr(mime.find('/') + 1);
    return "imagify-" + image.id.text() + "." + std::string(extension);
}

// How long the URL of a redirect is good, and how long a browser may use it again without asking.
constexpr std::chrono::minutes kUrlValidity{10};
constexpr std::string_view kRedirectCaching = "private, max-age=60";

std::string disposition(const Generation& image, std::string_view mime) {
    return "attachment; filename=\"" + file_name(image, mime) + '"';
}

// To where the store itself hands the bytes out, if it does; the URL is made for GET alone.
Task<std::optional<Response>> redirect(BlobStore& blobs, const Generation& image,
                                       BlobVariant variant, std::string mime,
                                       const Request& request) {
    if (request.method != Method::Get) co_return std::nullopt;
    BlobUrlWish wish{.content_type = mime, .validity = kUrlValidity};
    if (request.query.starts_with("download")) wish.disposition = disposition(image, mime);
    auto url =
        co_await blobs.public_url({.generation = image.id, .variant = variant}, std::move(wish));
    if (!url || !*url) co_return std::nullopt;  // Bytes that pass through us will do.
    Response response;
    response.status = 302;
    response.headers.add("Location", (*url)->url);
    response.headers.add("Cache-Control", std::string(kRedirectCaching));
    co_return response;
}

}  // namespace

Task<Response> blob_response(BlobStore& blobs, const Generation& image, BlobVariant variant,
                             const Request& request) {
    const auto& picture = *image.picture;
    const bool thumbnail = variant == BlobVariant::Thumbnail;
    const std::string mime = thumbnail ? "image/webp" : picture.mime;
    const auto etag = '"' + picture.sha256.substr(0, 32) + (thumbnail ? "-t\"" : "\"");
    Response response;
    add_common_headers(response, etag);
    if (etag_matches(request.headers.get("If-None-Match"), etag)) {
        response.status = 304;
        co_return response;
    }
    if (auto elsewhere = co_await redirect(blobs, image, variant, mime, request))
        co_return std::move(*elsewhere);
    auto reader = co_await blobs.open({.generation = image.id, .variant = variant});
    if (!reader) {
        log_event(LogLevel::Error, "blob.missing", {{"generationId", image.id.text()}});
        co_return problem({.kind = ErrorKind::Unavailable, .code = "server.unavailable"},
                          request.request_id);
    }
    const auto size = (*reader)->size_bytes();
    // If-Range is not offered a second representation: bytes of an id never change.
    const auto wanted = parse_range(request.headers.get("Range"), size);
    if (wanted.kind == RangeRequest::Kind::Unsatisfiable) {
        auto refusal =
            problem({.kind = ErrorKind::Invalid, .code = "request.range_not_satisfiable"},
                    request.request_id);
        refusal.status = 416;
        refusal.headers.add("Content-Range", "bytes */" + std::to_string(size));
        co_return refusal;
    }
    ByteRange range{.first = 0, .length = size};
    if (wanted.kind == RangeRequest::Kind::Part) {
        range = wanted.range;
        response.status = 206;
        response.headers.add("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                                  std::to_string(range.first + range.length - 1) +
                                                  "/" + std::to_string(size));
    }
    response.headers.add("Content-Type", mime);
    if (request.query.starts_with("download")) {
        response.headers.add("Content-Disposition", disposition(image, mime));
    }
    response.body = std::make_unique<BlobBody>(std::move(*reader), range);
    co_return response;
}

}  // namespace imagify::http
