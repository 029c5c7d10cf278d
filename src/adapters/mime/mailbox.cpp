#include "adapters/mime/mailbox.hpp"

#include "domain/account.hpp"

namespace imagify {
namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view Mailbox::domain() const {
    return std::string_view(address).substr(address.find('@') + 1);
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
    text = trimmed(text);
    std::string_view name;
    if (text.ends_with('>')) {
        const auto open = text.rfind('<');
        if (open == std::string_view::npos) return std::nullopt;
        name = trimmed(text.substr(0, open));
        text = text.substr(open + 1, text.size() - open - 2);
        if (name.size() >= 2 && name.starts_with('"') && name.ends_with('"')) {
            name = name.substr(1, name.size() - 2);
        }
    }
    const auto address = Email::parse(text);
    if (!address || name_problem(name) || name.find_first_of("<>\"") != std::string_view::npos) {
        return std::nullopt;
    }
    return Mailbox{.name = std::string(name), .address = address->text()};
}

}  // namespace imagify
