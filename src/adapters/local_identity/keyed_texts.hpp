#pragma once

#include "adapters/local_identity/key_ring.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "ports/device_tokens.hpp"
#include "ports/email_marks.hpp"
#include "ports/link_tokens.hpp"

namespace imagify {

/// The id of the link and its HMAC. A text made with a former key still counts.
class HmacLinkTokens final : public LinkTokens {
public:
    explicit HmacLinkTokens(const std::vector<Secret>& secrets);

    std::string text_of(const LinkId& id) const override;
    std::optional<LinkId> read(std::string_view text) const override;

private:
    Keys keys_;
};

/// The HMAC of the address.
class HmacEmailMarks final : public EmailMarks {
public:
    explicit HmacEmailMarks(const std::vector<Secret>& secrets);

    std::vector<std::string> marks_of(const Email& email) const override;

private:
    Keys keys_;
};

/// A random name and the HMAC of name and user.
class HmacDeviceTokens final : public DeviceTokens {
public:
    /// Clock and random outlive this.
    HmacDeviceTokens(const std::vector<Secret>& secrets, const Clock& clock, Random& random);

    std::string issue(const UserId& user) override;
    std::optional<std::string> device_of(const UserId& user, std::string_view token) const override;

private:
    Keys keys_;
    const Clock& clock_;
    Random& random_;
};

}  // namespace imagify
