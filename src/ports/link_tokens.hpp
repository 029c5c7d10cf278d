#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace imagify {

/// The secret texts of mailed links, made from their ids with a key: the store keeps no text, and
/// the text is made again when the letter is sent. Pure CPU. Safe from several threads.
class LinkTokens {
public:
    virtual ~LinkTokens() = default;

    /// What goes into the letter: letters, digits, '-' and '_'; at most 100 characters.
    virtual std::string text_of(const LinkId& id) const = 0;

    /// The id of a text that `text_of` made, or nothing.
    virtual std::optional<LinkId> read(std::string_view text) const = 0;
};

}  // namespace imagify
