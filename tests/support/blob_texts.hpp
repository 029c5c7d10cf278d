#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ports/blob_store.hpp"
#include "support/run_task.hpp"

namespace imagify::testing {

inline std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// Stages and publishes `text`.
inline Result<void> put_blob(BlobStore& store, const BlobKey& key, std::string_view text) {
    auto staged = run_task(store.stage(kPictureMaxBytes));
    if (!staged) return std::unexpected(staged.error());
    if (auto written = run_task((*staged)->write(as_bytes(text))); !written) return written;
    return run_task(store.publish(key, std::move(*staged)));
}

/// All bytes of a blob, or the code of the error.
inline std::string get_blob(BlobStore& store, const BlobKey& key) {
    auto reader = run_task(store.open(key));
    if (!reader) return reader.error().code;
    std::string text(static_cast<std::size_t>((*reader)->size_bytes()) + 10, '\0');
    const auto got = run_task((*reader)->read(0, std::as_writable_bytes(std::span(text))));
    if (!got) return got.error().code;
    text.resize(*got);
    return text;
}

}  // namespace imagify::testing
