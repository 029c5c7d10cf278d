#include "adapters/local_identity/keyed_texts.hpp"

#include <algorithm>

#include "base/base64url.hpp"

namespace imagify {
namespace {

constexpr std::string_view kLinkPrefix = "l_";
constexpr std::size_t kUlidLength = 26;
constexpr std::size_t kMacLength = 43;  // 32 bytes in base64url.

// "<ulid><mac>": the ulid when the mac is that of `text(ulid)` under one of the keys.
template <class Text>
std::optional<std::string> read_keyed(const Keys& keys, std::string_view keyed, Text text) {
    if (keyed.size() != kUlidLength + kMacLength) return std::nullopt;
    const auto ulid = keyed.substr(0, kUlidLength);
    const auto mac = base64url_decode(keyed.substr(kUlidLength));
    if (!is_ulid(ulid, "") || !mac) return std::nullopt;
    const bool ours = std::ranges::any_of(
        keys, [&](const Secret& key) { return same_bytes(mac_of(key, text(ulid)), *mac); });
    if (!ours) return std::nullopt;
    return std::string(ulid);
}

std::string device_text(std::string_view name, const UserId& user) {
    return std::string(name) + '|' + user.text();
}

}  // namespace

HmacLinkTokens::HmacLinkTokens(const std::vector<Secret>& secrets)
    : keys_(derive_keys(secrets, "imagify mailed links")) {}

std::string HmacLinkTokens::text_of(const LinkId& id) const {
    const auto ulid = id.text().substr(kLinkPrefix.size());
    return ulid + base64url_encode(mac_of(keys_.front(), id.text()));
}

std::optional<LinkId> HmacLinkTokens::read(std::string_view text) const {
    const auto id_text = [](std::string_view ulid) {
        return std::string(kLinkPrefix).append(ulid);
    };
    const auto ulid = read_keyed(keys_, text, id_text);
    if (!ulid) return std::nullopt;
    return LinkId(id_text(*ulid));
}

HmacEmailMarks::HmacEmailMarks(const std::vector<Secret>& secrets)
    : keys_(derive_keys(secrets, "imagify former addresses")) {}

std::vector<std::string> HmacEmailMarks::marks_of(const Email& email) const {
    std::vector<std::string> marks;
    marks.reserve(keys_.size());
    for (const auto& key : keys_) marks.push_back(base64url_encode(mac_of(key, email.text())));
    return marks;
}

HmacDeviceTokens::HmacDeviceTokens(const std::vector<Secret>& secrets, const Clock& clock,
                                   Random& random)
    : keys_(derive_keys(secrets, "imagify devices")), clock_(clock), random_(random) {}

std::string HmacDeviceTokens::issue(const UserId& user) {
    const auto name = new_ulid("", clock_, random_);
    return name + base64url_encode(mac_of(keys_.front(), device_text(name, user)));
}

std::optional<std::string> HmacDeviceTokens::device_of(const UserId& user,
                                                       std::string_view token) const {
    return read_keyed(keys_, token,
                      [&user](std::string_view name) { return device_text(name, user); });
}

}  // namespace imagify
