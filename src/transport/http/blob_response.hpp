#pragma once

#include "ports/blob_store.hpp"
#include "ports/generation_store.hpp"
#include "transport/http/message.hpp"

namespace imagify::http {

/// The bytes of a ready picture, streamed: ETag, If-None-Match, one Range, private and immutable
/// caching; `?download` in the query makes the browser save it. Where the store hands bytes out
/// itself (`BlobStore::public_url`): 302 to there. Never throws.
Task<Response> blob_response(BlobStore& blobs, const Generation& image, BlobVariant variant,
                             const Request& request);

}  // namespace imagify::http
