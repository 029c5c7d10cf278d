#pragma once

#include <memory>
#include <string>

#include "adapters/aws/service_client.hpp"
#include "ports/blob_store.hpp"

namespace imagify::s3 {

/// Opens the object at `path`: its first piece comes with its size. `client` outlives the reader.
/// Later pieces are asked of the same version (If-Match). Errors: NotFound `blob.not_found`;
/// Unavailable `blob.unavailable`.
Task<Result<std::unique_ptr<BlobReader>>> open_object(aws::ServiceClient& client, std::string path);

/// What a service's refusal means for a blob, and what to do about it.
std::unexpected<Error> blob_error(const aws::ServiceClient& client,
                                  const aws::ServiceAnswer& answer);
std::unexpected<Error> blob_error(const Error& error);

}  // namespace imagify::s3
