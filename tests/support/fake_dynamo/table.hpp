#pragma once

#include <compare>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/fake_dynamo/values.hpp"

namespace imagify::testing::dynamo {

/// The names and types of a key's attributes; a key without sort key has an empty `range`.
struct KeySchema {
    std::string hash;
    std::string hash_type;
    std::string range{};
    std::string range_type{};

    std::vector<std::string> names() const;
};

/// A key's values, so spelled that they sort as DynamoDB sorts them.
struct ItemKey {
    std::string hash;
    std::string range;
    auto operator<=>(const ItemKey&) const = default;
};

/// The key of an item. Throws Refused (ValidationException) when it lacks an attribute, or one has
/// another type or is empty.
ItemKey key_of(const KeySchema& schema, const Item& item);

/// A value of a key attribute, so spelled that it sorts as DynamoDB sorts it.
std::string sortable(const boost::json::value& value);

using ItemRef = std::shared_ptr<const Item>;

/// A place in an index. Equal index keys are told apart by the table's.
struct IndexKey {
    ItemKey key;
    ItemKey item;
    auto operator<=>(const IndexKey&) const = default;
};

/// A global secondary index: sparse, and behind its table.
class Index {
public:
    /// `projected`: the attributes that it holds; empty: all.
    Index(KeySchema schema, std::vector<std::string> projected)
        : schema_(std::move(schema)), projected_(std::move(projected)) {}

    const KeySchema& schema() const { return schema_; }

    /// The item changed, or is gone; seen from `ripe_at_ms` on, and never before an earlier change
    /// of the same item.
    void change(const ItemKey& item, ItemRef image, std::int64_t ripe_at_ms);

    /// Throws Refused (ValidationException) for an item with a key attribute of another type, be it
    /// in the index or not.
    void check(const Item& item) const;

    /// As somebody sees it who reads it now.
    const std::map<IndexKey, ItemRef>& read(std::int64_t now_ms);

private:
    struct Change {
        ItemKey item;
        ItemRef image;
        std::int64_t ripe_at_ms;
    };
    void apply(const Change& change);
    ItemRef projection(const ItemRef& image) const;

    KeySchema schema_;
    std::vector<std::string> projected_;
    std::map<IndexKey, ItemRef> entries_;
    std::map<ItemKey, IndexKey> places_;
    std::deque<Change> pending_;
};

struct Table {
    KeySchema schema;
    std::map<ItemKey, ItemRef> items{};
    std::map<std::string, Index> indexes{};
    /// The attribute that says when an item expires; empty when items do not.
    std::string ttl_attribute{};
};

}  // namespace imagify::testing::dynamo
