#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace imagify {

inline constexpr std::size_t kPageMax = 100;
inline constexpr std::size_t kPageDefault = 20;

/// Which part of a list: at most `limit` items after the item that `cursor` names. A cursor is
/// opaque to everybody but the store that made it.
struct PageRequest {
    std::size_t limit = kPageDefault;
    std::string cursor{};
};

/// A part of a list. `next_cursor` is empty at the end.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next_cursor;
};

}  // namespace imagify
