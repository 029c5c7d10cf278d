#include "vnpay/second_signer.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace imagify::testing::second {
namespace {

constexpr std::size_t kBlockBytes = 128;
constexpr std::size_t kDigestBytes = 64;
constexpr std::string_view kHash = "vnp_SecureHash";

using Digest = std::array<unsigned char, kDigestBytes>;

Digest sha512(std::string_view text) {
    Digest digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha512(), nullptr);
    return digest;
}

// Every byte's encoding, made once.
std::array<std::string, 256> quoting_table() {
    std::array<std::string, 256> table;
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        std::array<char, 4> text{};
        std::snprintf(text.data(), text.size(), "%%%02X", static_cast<unsigned>(byte));
        table[byte] = text.data();
    }
    constexpr std::string_view kPlain =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*-._";
    for (const char c : kPlain) table[static_cast<unsigned char>(c)] = std::string(1, c);
    table[' '] = "+";
    return table;
}

const std::vector<std::string>& answer_names(Answer answer) {
    static const std::vector<std::string> query = {
        "vnp_ResponseId", "vnp_Command",       "vnp_ResponseCode",    "vnp_Message",
        "vnp_TmnCode",    "vnp_TxnRef",        "vnp_Amount",          "vnp_BankCode",
        "vnp_PayDate",    "vnp_TransactionNo", "vnp_TransactionType", "vnp_TransactionStatus",
        "vnp_OrderInfo",  "vnp_PromotionCode", "vnp_PromotionAmount"};
    static const std::vector<std::string> refund(query.begin(), query.end() - 2);
    return answer == Answer::Query ? query : refund;
}

int digit_of(char c) {
    const auto place = std::string_view("0123456789abcdefABCDEF").find(c);
    if (place == std::string_view::npos) return -1;
    return static_cast<int>(place < 16 ? place : place - 6);
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

}  // namespace

std::string hmac_sha512(std::string_view key, std::string_view text) {
    std::string block(key);
    if (block.size() > kBlockBytes) {
        const auto digest = sha512(block);
        block.assign(digest.begin(), digest.end());
    }
    block.resize(kBlockBytes, '\0');
    std::string inner;
    std::string outer;
    inner.reserve(kBlockBytes + text.size());
    for (const char c : block) {
        inner.push_back(static_cast<char>(c ^ 0x36));
        outer.push_back(static_cast<char>(c ^ 0x5c));
    }
    const auto first = sha512(inner.append(text));
    outer.append(first.begin(), first.end());
    std::string hex;
    for (const unsigned byte : sha512(outer)) {
        hex.push_back("0123456789abcdef"[byte / 16]);
        hex.push_back("0123456789abcdef"[byte % 16]);
    }
    return hex;
}

std::string quote(std::string_view text) {
    static const auto table = quoting_table();
    std::string quoted;
    for (const char c : text) quoted += table[static_cast<unsigned char>(c)];
    return quoted;
}

std::optional<std::string> unquote(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        std::size_t used = 1;
        char c = text[0];
        if (c == '+') c = ' ';
        if (text[0] == '%') {
            if (text.size() < 3) return std::nullopt;
            const int high = digit_of(text[1]);
            const int low = digit_of(text[2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            used = 3;
        }
        if (c == '\0') return std::nullopt;
        plain.push_back(c);
        text.remove_prefix(used);
    }
    return plain;
}

std::string signed_text(const Pairs& fields) {
    std::vector<std::pair<std::string_view, std::string_view>> counted;
    for (const auto& [name, value] : fields) {
        if (!value.empty() && name != kHash && name != "vnp_SecureHashType") {
            counted.emplace_back(name, value);
        }
    }
    std::ranges::sort(counted);
    std::string text;
    for (const auto& [name, value] : counted) {
        text += (text.empty() ? "" : "&") + quote(name) + "=" + quote(value);
    }
    return text;
}

std::string notice(std::string_view secret, const Pairs& fields) {
    const auto text = signed_text(fields);
    return text + "&vnp_SecureHash=" + hmac_sha512(secret, text);
}

std::string signed_text(Answer answer, const Sorted& values) {
    std::string text;
    for (const auto& name : answer_names(answer)) {
        const auto found = values.find(name);
        text += (found == values.end() ? "" : found->second) + "|";
    }
    return text.substr(0, text.size() - 1);
}

std::string to_json(const Pairs& fields) {
    std::string text = "{";
    for (const auto& [name, value] : fields) {
        text += (text.size() > 1 ? "," : "") + boost::json::serialize(boost::json::string(name)) +
                ":" + boost::json::serialize(boost::json::string(value));
    }
    return text + "}";
}

std::string answer(std::string_view secret, Answer answer, Pairs fields) {
    const Sorted values(fields.begin(), fields.end());
    fields.emplace_back(kHash, hmac_sha512(secret, signed_text(answer, values)));
    return to_json(fields);
}

std::optional<Reading> read_notice(std::string_view query) {
    if (query.size() > 16'384) return std::nullopt;
    Reading reading;
    Sorted all;
    std::size_t parameters = 0;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto piece = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (piece.empty()) continue;
        if (++parameters > 100) return std::nullopt;
        const auto equals = std::min(piece.find('='), piece.size());
        const auto name = unquote(piece.substr(0, equals));
        if (!name) return std::nullopt;
        if (!name->starts_with("vnp_")) continue;
        const auto value = unquote(piece.substr(std::min(equals + 1, piece.size())));
        if (!value || !all.emplace(*name, *value).second) return std::nullopt;
    }
    reading.hash = lower(all[std::string(kHash)]);
    for (auto& [name, value] : all) {
        if (value.empty() || name == kHash || name == "vnp_SecureHashType") continue;
        reading.fields.emplace(name, value);
    }
    return reading;
}

std::optional<Reading> read_answer(Answer answer, std::string_view json) {
    boost::json::error_code failed;
    const auto document = boost::json::parse(json, failed);
    const auto* const object = failed ? nullptr : document.if_object();
    if (object == nullptr || json.size() > 65'536) return std::nullopt;
    const auto text_of = [object](std::string_view name) -> std::string {
        const auto* const value = object->if_contains(name);
        if (value == nullptr) return "";
        if (value->is_string()) return std::string(value->get_string());
        return value->is_int64() || value->is_uint64() ? boost::json::serialize(*value) : "";
    };
    Reading reading{.fields = {}, .hash = lower(text_of(kHash))};
    for (const auto& name : answer_names(answer)) {
        auto value = text_of(name);
        if (value.contains('|')) return std::nullopt;
        if (!value.empty()) reading.fields.emplace(name, std::move(value));
    }
    return reading;
}

}  // namespace imagify::testing::second
