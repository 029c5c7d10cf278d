#pragma once

#include <gtest/gtest.h>

#include "adapters/s3/s3_blob_store.hpp"
#include "support/blob_texts.hpp"
#include "support/fake_clock.hpp"
#include "support/fixed_credentials.hpp"
#include "support/scripted_http_client.hpp"
#include "support/seeded_random.hpp"

namespace imagify::s3 {

class S3Test : public ::testing::Test {
protected:
    static BlobKey key(BlobVariant variant = BlobVariant::Original) {
        return {GenerationId("g1"), variant};
    }
    Result<void> put(std::string_view text, BlobVariant variant = BlobVariant::Original) {
        return testing::put_blob(store, key(variant), text);
    }
    /// What S3 answers to HEAD for an object with these bytes.
    void answer_head(const std::string& sha256, std::size_t size) {
        http.answer(200, "",
                    {{"x-amz-meta-sha256", sha256}, {"content-length", std::to_string(size)}});
    }

    testing::ScriptedHttpClient http;
    testing::FixedCredentials credentials;
    testing::FakeClock clock;
    testing::SeededRandom random;
    aws::ServiceClient::Parts parts{
        .http = http, .credentials = credentials, .clock = clock, .random = random};
    S3BlobStore store{
        {.bucket = "pictures", .region = "ap-southeast-1", .endpoint = "http://127.0.0.1:8813"},
        parts};
};

/// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
constexpr auto* kAbcSha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace imagify::s3
