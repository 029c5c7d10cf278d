#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/secret.hpp"

namespace imagify {

inline constexpr std::size_t kRecoveryCodes = 10;

/// A new secret for one-time passwords.
struct NewOtpSecret {
    /// For the person, once: base32 for typing, an otpauth:// address for the QR code.
    std::string base32;
    std::string uri;
    /// For the store: encrypted, and bound to the user.
    std::string sealed;
};

/// A one-time password that was right.
struct OtpMatch {
    /// Its time step (RFC 6238, T): each may be used once.
    std::int64_t step = 0;
};

/// One-time passwords (RFC 6238: SHA-1, six digits, 30 s, one step of tolerance each way) and
/// recovery codes. Pure CPU, microseconds. Safe from several threads.
class SecondFactors {
public:
    virtual ~SecondFactors() = default;

    /// `email` is the label that the person's app shows.
    virtual NewOtpSecret new_secret(const UserId& user, std::string_view email) = 0;

    /// A secret that an identity provider keeps, shown like one of ours; what goes into the store
    /// is the grant with which it is enabled.
    virtual NewOtpSecret provided_secret(const UserId& user, std::string_view email,
                                         std::string_view base32, const Secret& grant) = 0;
    /// The grant of a secret made so; nothing when no present key opens it.
    virtual std::optional<Secret> grant_of(const UserId& user, std::string_view sealed) const = 0;

    /// Nothing for a wrong password, and for a secret that no present key opens.
    virtual std::optional<OtpMatch> match(const UserId& user, std::string_view sealed,
                                          std::string_view password) const = 0;

    /// kRecoveryCodes new ones of 80 random bits, such as "k3v9-x7m2-qp4r-t8wz".
    virtual std::vector<std::string> new_recovery_codes() = 0;

    /// What the store keeps of a code, however it was typed (case, spaces, dashes).
    virtual std::string recovery_hash(std::string_view code) const = 0;

    /// The same secret sealed with the present key; nothing when it is so already, or when no key
    /// opens it.
    virtual std::optional<std::string> reseal(const UserId& user,
                                              std::string_view sealed) const = 0;
};

}  // namespace imagify
