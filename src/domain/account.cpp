#include "domain/account.hpp"

#include <algorithm>
#include <cctype>

#include "base/mutant.hpp"
#include "base/utf8.hpp"
#include "domain/common_passwords.hpp"

namespace imagify {
namespace {

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_ascii(std::string_view text) {
    std::string lowered(text);
    std::ranges::transform(lowered, lowered.begin(), [](char c) { return lower_ascii(c); });
    return lowered;
}

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// RFC 5321 dot-string, without the quoted form that no provider hands out.
bool is_local_part(std::string_view local) {
    constexpr std::string_view kSpecials = "!#$%&'*+-/=?^_`{|}~.";
    if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') {
        return false;
    }
    if (local.contains("..")) return false;
    return std::ranges::all_of(local, [&](char c) { return is_alnum(c) || kSpecials.contains(c); });
}

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
        return false;
    }
    return std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    for (std::size_t start = 0; start <= domain.size(); ++labels) {
        const auto dot = std::min(domain.find('.', start), domain.size());
        if (!is_label(domain.substr(start, dot - start))) return false;
        start = dot + 1;
    }
    return labels >= 2;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

std::string_view to_text(Locale locale) {
    switch (locale) {
        case Locale::Vietnamese: return "vi";
        case Locale::English: return "en";
    }
    std::unreachable();
}

std::optional<Locale> parse_locale(std::string_view text) {
    if (text == "vi") return Locale::Vietnamese;
    if (text == "en") return Locale::English;
    return std::nullopt;
}

std::string_view to_text(Role role) {
    switch (role) {
        case Role::User: return "user";
        case Role::Admin: return "admin";
    }
    std::unreachable();
}

std::optional<Role> parse_role(std::string_view text) {
    if (text == "user") return Role::User;
    if (text == "admin") return Role::Admin;
    return std::nullopt;
}

std::optional<Email> Email::parse(std::string_view text) {
    if (text.size() > kEmailMaxBytes + (MUTANT("parse.email_length") ? 1 : 0)) return std::nullopt;
    auto lowered = lower_ascii(text);
    const auto at = lowered.find('@');
    if (at == std::string::npos) return std::nullopt;
    const std::string_view view(lowered);
    if (!is_local_part(view.substr(0, at)) || !is_domain(view.substr(at + 1))) return std::nullopt;
    return Email(std::move(lowered));
}

std::optional<std::string> password_problem(std::string_view password, const Email& email) {
    if (password.size() > kPasswordMaxBytes) return "too_long";
    const auto length = count_code_points(password);
    if (!length || password.contains('\0')) return "invalid";
    if (*length < kPasswordMinCodePoints) return "too_short";
    const auto lowered = lower_ascii(password);
    if (lowered == email.text()) return "same_as_email";
    if (is_common_password(lowered)) return "too_common";
    return std::nullopt;
}

std::optional<std::string> composition_problem(std::string_view password) {
    const auto has = [password](char first, char last) {
        return std::ranges::any_of(password, [=](char c) { return c >= first && c <= last; });
    };
    if (!has('A', 'Z')) return "needs_upper";
    if (!has('a', 'z')) return "needs_lower";
    if (!has('0', '9')) return "needs_digit";
    return std::nullopt;
}

std::optional<std::string> name_problem(std::string_view name) {
    const auto length = count_code_points(name);
    if (!length || has_control(name)) return "invalid";
    if (*length > kNameMaxCodePoints) return "too_long";
    return std::nullopt;
}

}  // namespace imagify
