#include <set>

#include "adapters/sqlite/order_rows.hpp"
#include "base/form_encoding.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/http/query.hpp"
#include "vnpay/second_signer.hpp"

namespace imagify::fuzz {
namespace {

namespace second = testing::second;

std::optional<second::Pairs> read_pairs(std::string_view text) {
    second::Pairs pairs;
    std::set<std::string> names;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('&', begin), text.size());
        const std::string piece(text.substr(begin, end - begin));
        begin = end + 1;
        if (piece.empty()) continue;
        const auto equals = piece.find('=');
        const auto name = second::unquote(piece.substr(0, equals));
        const auto value =
            second::unquote(equals == std::string::npos ? "" : piece.substr(equals + 1));
        if (!name || !value || !names.insert(*name).second || pairs.size() == 100) {
            return std::nullopt;
        }
        pairs.emplace_back(*name, *value);
    }
    return pairs;
}

bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

void check_page(const http::Query& query) {
    const auto page = query.page();
    if (!page) return;
    require(page->limit >= 1 && page->limit <= kPageMax, "a page has 1 to 100 items");
    require(page->cursor.size() <= 64, "a short cursor");
    const auto row = sqlite::row_cursor(page->cursor);
    require(!row || page->cursor.empty() || is_number(page->cursor), "a cursor is a number");
}

}  // namespace

void read_query(std::string_view input) {
    const auto query = http::Query::parse(input);
    const auto pairs = read_pairs(input);
    require(query.has_value() == pairs.has_value(), "both readers take it, or neither");
    if (!query) return;
    for (const auto& [name, value] : *pairs) require(query->get(name) == value, "the same value");
    check_page(*query);
    if (const auto id = query->get("id"); id && is_ulid(*id, "u_")) {
        require(ulid_time(*id, "u_").has_value() && id->size() == 28, "an id has a time");
    }
}

void read_percent(std::string_view input) {
    require(form_decode(input) == second::unquote(input), "decoded as by the second decoder");
    const auto encoded = form_encode(input);
    require(encoded == second::quote(input), "encoded as by the second encoder");
    if (!input.contains('\0')) {
        require(form_decode(encoded) == input, "decoding undoes encoding");
    }
}

}  // namespace imagify::fuzz
