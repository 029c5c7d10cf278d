#include "transport/beast/address_limit.hpp"

#include <algorithm>

namespace imagify::http {
namespace {

AddressLimit::Key key_of(const boost::asio::ip::address& address) {
    namespace ip = boost::asio::ip;
    if (address.is_v4()) return ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return bytes;
}

}  // namespace

std::optional<AddressLimit::Seat> AddressLimit::take(const boost::asio::ip::address& address,
                                                     Kind kind) {
    const std::lock_guard lock(mutex_);
    if (in_all_ >= limits_.in_all) return std::nullopt;
    std::optional<Key> key;
    if (kind == Kind::Client) {
        key = key_of(address);
        auto& open = per_client_[*key];
        if (open >= limits_.per_client) return std::nullopt;
        ++open;
    }
    ++in_all_;
    return std::optional<Seat>(std::in_place, *this, key);
}

void AddressLimit::leave(const std::optional<Key>& key) {
    const std::lock_guard lock(mutex_);
    --in_all_;
    if (!key) return;
    const auto client = per_client_.find(*key);
    if (--client->second == 0) per_client_.erase(client);
}

}  // namespace imagify::http
