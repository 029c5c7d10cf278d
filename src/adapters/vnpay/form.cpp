#include "adapters/vnpay/form.hpp"

#include "base/form_encoding.hpp"
#include "base/mutant.hpp"

namespace imagify::vnpay {
namespace {

/// Adds one `name=value` piece. False when it makes the whole query unacceptable.
bool add_parameter(std::string_view piece, std::string_view prefix, Fields& fields) {
    const auto equals = piece.find('=');
    auto name = form_decode(piece.substr(0, equals));
    if (!name) return false;
    if (!name->starts_with(prefix)) return true;
    auto value = form_decode(equals == std::string_view::npos ? std::string_view{}
                                                              : piece.substr(equals + 1));
    return value && (fields.emplace(std::move(*name), std::move(*value)).second ||
                     MUTANT("vnpay.doubled_field"));
}

}  // namespace

std::string_view value_of(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<Fields> parse_form(std::string_view raw, std::string_view prefix) {
    if (raw.size() > kMaxQueryBytes) return std::nullopt;
    Fields fields;
    std::size_t parameters = 0;
    while (!raw.empty()) {
        const auto piece = raw.substr(0, raw.find('&'));
        raw.remove_prefix(std::min(piece.size() + 1, raw.size()));
        if (piece.empty()) continue;
        if (++parameters > kMaxQueryParameters) return std::nullopt;
        if (!add_parameter(piece, prefix, fields)) return std::nullopt;
    }
    return fields;
}

std::string canonical(const Fields& fields) {
    std::string data;
    for (const auto& [name, value] : fields) {
        if (value.empty() || name == kSecureHash || name == kSecureHashType) continue;
        if (!data.empty()) data += '&';
        data += form_encode(name);
        data += '=';
        data += form_encode(value);
    }
    return data;
}

}  // namespace imagify::vnpay
