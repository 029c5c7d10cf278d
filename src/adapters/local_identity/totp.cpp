#include "adapters/local_identity/totp.hpp"

#include <liboath/oath.h>
#include <openssl/sha.h>

#include <array>
#include <cctype>
#include <ctime>
#include <stdexcept>

#include "adapters/local_identity/sealed_text.hpp"
#include "base/base64url.hpp"

namespace imagify {
namespace {

constexpr std::size_t kSecretBytes = 20;  // RFC 4226, 4: 160 bits are recommended.
constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kDigits = 6;
constexpr std::size_t kTolerance = 1;
constexpr std::size_t kCodeCharacters = 16;
constexpr std::size_t kCodeGroup = 4;
// Without the letters that look like digits (Crockford's).
constexpr std::string_view kCodeAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

std::string base32_of(std::string_view bytes) {
    char* text = nullptr;
    std::size_t size = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &size) != OATH_OK) {
        throw std::runtime_error("base32 failed");
    }
    const std::string copy(text, size);
    std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): liboath allocates so.
    return copy;
}

// The label's unreserved characters only; an e-mail needs no more than '@', '+' and the like.
std::string percent_encode(std::string_view text) {
    constexpr std::string_view kDigitsOf = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_') {
            encoded += c;
            continue;
        }
        encoded += '%';
        encoded += kDigitsOf[static_cast<unsigned char>(c) >> 4U];
        encoded += kDigitsOf[static_cast<unsigned char>(c) & 15U];
    }
    return encoded;
}

std::optional<std::int64_t> matching_step(const std::string& secret, const std::string& password,
                                          TimePoint now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::uint64_t step = 0;
    int position = 0;
    const int found =
        oath_totp_validate3(secret.data(), secret.size(), static_cast<std::time_t>(seconds),
                            kStepSeconds, 0, kTolerance, &position, &step, password.c_str());
    if (found < 0) return std::nullopt;
    return static_cast<std::int64_t>(step);
}

// The code as `new_recovery_codes` writes it, without its dash.
std::string plain_code(std::string_view typed) {
    std::string plain;
    for (const char c : typed) {
        const auto lower = std::tolower(static_cast<unsigned char>(c));
        if (c != '-' && c != ' ') plain += static_cast<char>(lower);
    }
    return plain;
}

}  // namespace

Totp::Totp(const std::vector<Secret>& secrets, const Clock& clock, Random& random)
    : sealing_keys_(derive_keys(secrets, "imagify one-time passwords")),
      clock_(clock),
      random_(random) {
    if (oath_init() != OATH_OK) throw std::runtime_error("liboath does not start");
}

Totp::~Totp() { oath_done(); }

NewOtpSecret Totp::new_secret(const UserId& user, std::string_view email) {
    std::string secret(kSecretBytes, '\0');
    random_.fill(std::as_writable_bytes(std::span(secret)));
    return keep(user, email, base32_of(secret), secret);
}

NewOtpSecret Totp::provided_secret(const UserId& user, std::string_view email,
                                   std::string_view base32, const Secret& grant) {
    return keep(user, email, base32, grant.reveal());
}

NewOtpSecret Totp::keep(const UserId& user, std::string_view email, std::string_view base32,
                        std::string_view kept) {
    return {.base32 = std::string(base32),
            .uri = "otpauth://totp/Imagify:" + percent_encode(email) +
                   "?secret=" + std::string(base32) + "&issuer=Imagify",
            .sealed = seal(sealing_keys_.front(), kept, user.text(), random_)};
}

// A secret, and whether the present key sealed it.
struct Totp::Opened {
    std::string secret;
    bool present = false;
};

std::optional<Totp::Opened> Totp::open(const UserId& user, std::string_view sealed) const {
    for (const auto& key : sealing_keys_) {
        if (auto secret = unseal(key, sealed, user.text())) {
            return Opened{.secret = std::move(*secret), .present = &key == &sealing_keys_.front()};
        }
    }
    return std::nullopt;
}

std::optional<Secret> Totp::grant_of(const UserId& user, std::string_view sealed) const {
    auto opened = open(user, sealed);
    if (!opened) return std::nullopt;
    return Secret(std::move(opened->secret));
}

std::optional<OtpMatch> Totp::match(const UserId& user, std::string_view sealed,
                                    std::string_view password) const {
    // liboath takes the number of digits from the text: a shorter one would be easier to guess.
    const bool digits = password.size() == kDigits &&
                        std::ranges::all_of(password, [](char c) { return c >= '0' && c <= '9'; });
    const auto opened = digits ? open(user, sealed) : std::nullopt;
    if (!opened) return std::nullopt;
    const auto step = matching_step(opened->secret, std::string(password), clock_.now());
    if (!step) return std::nullopt;
    return OtpMatch{.step = *step};
}

std::optional<std::string> Totp::reseal(const UserId& user, std::string_view sealed) const {
    const auto opened = open(user, sealed);
    if (!opened || opened->present) return std::nullopt;
    return seal(sealing_keys_.front(), opened->secret, user.text(), random_);
}

std::vector<std::string> Totp::new_recovery_codes() {
    std::vector<std::string> codes(kRecoveryCodes);
    for (auto& code : codes) {
        std::array<std::byte, kCodeCharacters> bytes{};
        random_.fill(bytes);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (i > 0 && i % kCodeGroup == 0) code += '-';
            code += kCodeAlphabet[static_cast<unsigned>(bytes[i]) & 31U];
        }
    }
    return codes;
}

std::string Totp::recovery_hash(std::string_view code) const {
    const auto plain = plain_code(code);
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
           reinterpret_cast<unsigned char*>(digest.data()));
    return base64url_encode(digest);
}

}  // namespace imagify
