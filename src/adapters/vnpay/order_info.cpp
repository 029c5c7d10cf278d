#include "adapters/vnpay/order_info.hpp"

#include <algorithm>
#include <charconv>

namespace imagify::vnpay {
namespace {

constexpr std::size_t kMaxOrderInfo = 255;
constexpr std::string_view kMark = " IMG1 ";
constexpr std::string_view kUserPrefix = "u_";
constexpr std::int64_t kMaxCredits = 1'000'000;

// Cuts the text up to the next space off and yields it.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

}  // namespace

std::string plain_text(std::string text) {
    std::erase_if(text, [](char c) {
        const bool is_alphanumeric =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        return !is_alphanumeric && !std::string_view(" ._:-").contains(c);
    });
    text.resize(std::min(text.size(), kMaxOrderInfo));
    return text;
}

std::string order_info(const Order& order) {
    const auto credits = std::to_string(order.credits.count);
    const auto& user = order.user_id.text();
    auto info = "Imagify " + credits + " credits";
    if (is_ulid(user, kUserPrefix)) {
        info.append(kMark).append(user);
        info.append(" ").append(order.plan_id).append(" ").append(credits);
    }
    return plain_text(std::move(info));
}

std::optional<OrderClaim> parse_order_info(std::string_view text) {
    const auto mark = text.find(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    text.remove_prefix(mark + kMark.size());
    OrderClaim claim;
    claim.user_id = UserId(std::string(take_word(text)));
    claim.plan_id = std::string(take_word(text));
    const auto number = take_word(text);
    const auto* const end = number.data() + number.size();
    const auto [stop, error] = std::from_chars(number.data(), end, claim.credits.count);
    const bool is_whole = error == std::errc{} && stop == end && text.empty();
    if (!is_whole || claim.credits.count < 1 || claim.credits.count > kMaxCredits) {
        return std::nullopt;
    }
    if (!is_ulid(claim.user_id.text(), kUserPrefix) || claim.plan_id.empty()) return std::nullopt;
    return claim;
}

}  // namespace imagify::vnpay
