#pragma once

#include "adapters/local_identity/key_ring.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "ports/second_factors.hpp"

namespace imagify {

/// One-time passwords by liboath; secrets sealed with AES-256-GCM. Recovery codes are kept as their
/// SHA-256: they have 80 random bits, so neither a key nor a slow hash would add anything, and they
/// outlive every change of keys.
class Totp final : public SecondFactors {
public:
    /// Clock and random outlive this.
    Totp(const std::vector<Secret>& secrets, const Clock& clock, Random& random);
    ~Totp() override;
    Totp(const Totp&) = delete;
    Totp& operator=(const Totp&) = delete;

    NewOtpSecret new_secret(const UserId& user, std::string_view email) override;
    NewOtpSecret provided_secret(const UserId& user, std::string_view email,
                                 std::string_view base32, const Secret& grant) override;
    std::optional<Secret> grant_of(const UserId& user, std::string_view sealed) const override;
    std::optional<OtpMatch> match(const UserId& user, std::string_view sealed,
                                  std::string_view password) const override;
    std::vector<std::string> new_recovery_codes() override;
    std::string recovery_hash(std::string_view code) const override;
    std::optional<std::string> reseal(const UserId& user, std::string_view sealed) const override;

private:
    struct Opened;
    NewOtpSecret keep(const UserId& user, std::string_view email, std::string_view base32,
                      std::string_view kept);
    std::optional<Opened> open(const UserId& user, std::string_view sealed) const;

    Keys sealing_keys_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace imagify
