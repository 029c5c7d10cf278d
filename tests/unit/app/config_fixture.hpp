#pragma once

#include <map>
#include <string>

#include "app/config.hpp"

namespace imagify::testing {

using Settings = std::map<std::string, std::string, std::less<>>;

/// Reads settings as the process would: an empty one is absent.
inline ConfigReading read(const Settings& settings) {
    return read_config([&settings](std::string_view name) -> std::optional<std::string> {
        const auto found = settings.find(name);
        if (found == settings.end() || found->second.empty()) return std::nullopt;
        return found->second;
    });
}

/// "SETTING: advice" of every problem, one a line.
inline std::string problems_of(const Settings& settings) {
    std::string text;
    for (const auto& problem : read(settings).problems) {
        text += problem.setting + ": " + problem.advice + '\n';
    }
    return text;
}

/// The settings of a production installation, all invented, with some replaced. An empty value
/// takes a setting away.
inline Settings production(const Settings& changes = {}) {
    Settings settings{
        {"IMAGIFY_MODE", "production"},
        {"IMAGIFY_PUBLIC_URL", "https://imagify.example"},
        {"JWT_SECRET", "0123456789abcdef0123456789abcdef"},
        {"VNPAY_TMN_CODE", "INVENTED"},
        {"VNPAY_HASH_SECRET", "INVENTEDSECRETINVENTEDSECRET0000"},
        {"VNPAY_URL", "https://pay.example/vpcpay.html"},
        {"VNPAY_API_URL", "https://merchant.example/api/transaction"},
        {"CLIPDROP_API", "invented-key"},
        {"SMTP_URL", "smtps://invented:invented-mail-password@mail.example"},
        {"MAIL_FROM", "Imagify <no-reply@imagify.example>"},
    };
    for (const auto& [name, value] : changes) settings[name] = value;
    return settings;
}

}  // namespace imagify::testing
