#include "support/fake_dynamo/table.hpp"

#include <set>

#include "support/fake_dynamo/refused.hpp"

namespace imagify::testing::dynamo {
namespace {

constexpr std::size_t kHashMaxBytes = 2048;
constexpr std::size_t kRangeMaxBytes = 1024;

std::string key_part(const Item& item, const std::string& name, const std::string& type,
                     std::size_t limit) {
    const auto* const value = item.if_contains(name);
    if (value == nullptr) {
        invalid("One or more parameter values were invalid: Missing the key " + name +
                " in the item");
    }
    if (type_of(*value) != type) {
        invalid("One or more parameter values were invalid: Type mismatch for key " + name +
                " expected: " + type + " actual: " + std::string(type_of(*value)));
    }
    if (type != "N" && (text_of(*value).empty() || text_of(*value).size() > limit)) {
        invalid(
            "One or more parameter values are not valid. The AttributeValue for a key attribute "
            "cannot contain an empty string value or exceed its limit. Key: " +
            name);
    }
    return sortable(*value);
}

// Sparse: an item without the index's key attributes is not in it.
std::optional<ItemKey> index_key(const KeySchema& schema, const Item& item) {
    for (const auto& name : schema.names()) {
        if (!item.contains(name)) return std::nullopt;
    }
    return key_of(schema, item);
}

}  // namespace

std::vector<std::string> KeySchema::names() const {
    if (range.empty()) return {hash};
    return {hash, range};
}

std::string sortable(const boost::json::value& value) {
    if (type_of(value) != "N") return std::string(text_of(value));
    // Flipping the sign bit makes negative numbers sort before positive ones.
    const auto bits = static_cast<std::uint64_t>(number_of(value)) ^ (std::uint64_t{1} << 63);
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<char>(bits >> shift));
    }
    return bytes;
}

ItemKey key_of(const KeySchema& schema, const Item& item) {
    ItemKey key{.hash = key_part(item, schema.hash, schema.hash_type, kHashMaxBytes), .range = {}};
    if (!schema.range.empty()) {
        key.range = key_part(item, schema.range, schema.range_type, kRangeMaxBytes);
    }
    return key;
}

void Index::check(const Item& item) const {
    if (item.contains(schema_.hash)) {
        key_part(item, schema_.hash, schema_.hash_type, kHashMaxBytes);
    }
    if (!schema_.range.empty() && item.contains(schema_.range)) {
        key_part(item, schema_.range, schema_.range_type, kRangeMaxBytes);
    }
}

void Index::change(const ItemKey& item, ItemRef image, std::int64_t ripe_at_ms) {
    pending_.push_back({.item = item, .image = std::move(image), .ripe_at_ms = ripe_at_ms});
}

ItemRef Index::projection(const ItemRef& image) const {
    if (projected_.empty()) return image;
    Item shown;
    for (const auto& name : projected_) {
        if (const auto* const value = image->if_contains(name)) shown[name] = *value;
    }
    return std::make_shared<const Item>(std::move(shown));
}

void Index::apply(const Change& change) {
    if (const auto old = places_.find(change.item); old != places_.end()) {
        entries_.erase(old->second);
        places_.erase(old);
    }
    if (!change.image) return;
    auto key = index_key(schema_, *change.image);
    if (!key) return;
    const IndexKey place{.key = std::move(*key), .item = change.item};
    entries_.emplace(place, projection(change.image));
    places_.emplace(change.item, place);
}

const std::map<IndexKey, ItemRef>& Index::read(std::int64_t now_ms) {
    std::set<ItemKey> waiting;
    std::erase_if(pending_, [&](const Change& change) {
        if (change.ripe_at_ms > now_ms || waiting.contains(change.item)) {
            waiting.insert(change.item);
            return false;
        }
        apply(change);
        return true;
    });
    return entries_;
}

}  // namespace imagify::testing::dynamo
