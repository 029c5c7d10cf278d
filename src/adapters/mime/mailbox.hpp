#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imagify {

/// Who a letter is from: "Imagify <no-reply@example.com>".
struct Mailbox {
    /// UTF-8, at most 100 code points without a control character; may be empty.
    std::string name;
    /// ASCII, lower case.
    std::string address;

    /// What is after the '@'.
    std::string_view domain() const;
};

/// Reads "Name <address>", "\"Name\" <address>" or the address alone; nothing for anything else.
std::optional<Mailbox> parse_mailbox(std::string_view text);

}  // namespace imagify
