#include "adapters/http_client/tls_trust.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "support/temp_folder.hpp"
#include "support/tls_identity.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kAwsHost = "dynamodb.ap-southeast-1.amazonaws.com";
constexpr int kAmazonRootCount = 5;

X509_STORE* store_of(TlsTrust& trust, std::string_view host) {
    return SSL_CTX_get_cert_store(trust.context(host).value()->native_handle());
}

int authorities(TlsTrust& trust, std::string_view host) {
    return sk_X509_OBJECT_num(X509_STORE_get0_objects(store_of(trust, host)));
}

std::shared_ptr<X509> certificate(const std::string& pem) {
    BIO* const source = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    std::shared_ptr<X509> read(PEM_read_bio_X509(source, nullptr, nullptr, nullptr), X509_free);
    BIO_free(source);
    return read;
}

bool is_trusted(X509_STORE* store, X509* who) {
    X509_STORE_CTX* const check = X509_STORE_CTX_new();
    X509_STORE_CTX_init(check, store, who, nullptr);
    const bool trusted = X509_verify_cert(check) == 1;
    X509_STORE_CTX_free(check);
    return trusted;
}

// One of the system's authorities that is none of Amazon's.
std::shared_ptr<X509> some_authority(TlsTrust& trust) {
    auto* const objects = X509_STORE_get0_objects(store_of(trust, "example.com"));
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
        X509* const found = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
        std::array<char, 512> name{};
        X509_NAME_oneline(X509_get_subject_name(found), name.data(), name.size());
        const std::string_view text(name.data());
        if (text.contains("Amazon") || text.contains("Starfield")) continue;
        if (X509_cmp_current_time(X509_get0_notAfter(found)) < 0) continue;
        X509_up_ref(found);
        return {found, X509_free};
    }
    return nullptr;
}

class TlsTrustTest : public ::testing::Test {
protected:
    /// Nobody names a file.
    static std::string nobody() {
        ::unsetenv("SSL_CERT_FILE");
        return {};
    }

    TlsTrust trust{nobody()};
};

TEST_F(TlsTrustTest, HostOfAwsNeedsAmazonsAuthoritiesOnly) {
    EXPECT_EQ(authorities(trust, kAwsHost), kAmazonRootCount);
    EXPECT_EQ(store_of(trust, kAwsHost), store_of(trust, "sqs.eu-west-1.amazonaws.com"));
}

TEST_F(TlsTrustTest, OtherHostsAreHeldAgainstTheSystem) {
    for (const auto* host :
         {"clipdrop-api.co", "amazonaws.com.evil.example", "evilamazonaws.com"}) {
        EXPECT_GT(authorities(trust, host), 2 * kAmazonRootCount) << host;
    }
}

TEST_F(TlsTrustTest, OtherAuthorityForAHostOfAwsIsFoundInTheSystem) {
    const auto other = some_authority(trust);
    ASSERT_TRUE(other);
    auto* const store = store_of(trust, kAwsHost);

    EXPECT_TRUE(is_trusted(store, other.get()));
    EXPECT_GT(authorities(trust, kAwsHost), 2 * kAmazonRootCount);
    EXPECT_TRUE(is_trusted(store, other.get()));
}

TEST_F(TlsTrustTest, StrangerIsTrustedNowhere) {
    const auto stranger = certificate(make_tls_identity("localhost").certificate_pem);

    EXPECT_FALSE(is_trusted(store_of(trust, kAwsHost), stranger.get()));
    EXPECT_FALSE(is_trusted(store_of(trust, "example.com"), stranger.get()));
}

TEST_F(TlsTrustTest, SeveralThreadsMayBeTheFirst) {
    const auto other = some_authority(trust);
    auto* const store = store_of(trust, kAwsHost);
    std::atomic<int> trusted = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { trusted += is_trusted(store, other.get()) ? 1 : 0; });
    }

    EXPECT_EQ(trusted, 8);
}

TEST_F(TlsTrustTest, NamedFileIsAllThatIsTrusted) {
    const TempFolder folder;
    const auto pem = make_tls_identity("localhost").certificate_pem;
    std::ofstream(folder.path() / "ca.pem") << pem;
    TlsTrust named((folder.path() / "ca.pem").string());

    EXPECT_EQ(authorities(named, kAwsHost), 1);
    EXPECT_TRUE(is_trusted(store_of(named, kAwsHost), certificate(pem).get()));
    EXPECT_FALSE(is_trusted(store_of(named, kAwsHost), some_authority(trust).get()));
}

}  // namespace
}  // namespace imagify::testing
