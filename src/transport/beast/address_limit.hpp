#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace imagify::http {

/// Counts open connections, in all and per client: an IPv4 address, or an IPv6 /64, which is what
/// one customer gets. Safe from several threads; outlives its seats.
class AddressLimit {
public:
    using Key = boost::asio::ip::address_v6::bytes_type;
    struct Limits {
        std::size_t per_client;
        std::size_t in_all;
    };
    enum class Kind { Client, Proxy };

    explicit AddressLimit(Limits limits) : limits_(limits) {}

    /// A place that is given back when it is destroyed.
    class Seat {
    public:
        Seat(AddressLimit& limit, std::optional<Key> key) : limit_(&limit), key_(key) {}
        Seat(Seat&& other) noexcept
            : limit_(std::exchange(other.limit_, nullptr)), key_(other.key_) {}
        Seat& operator=(Seat&&) = delete;
        ~Seat() {
            if (limit_) limit_->leave(key_);
        }

    private:
        AddressLimit* limit_;
        std::optional<Key> key_;
    };

    /// A seat, or nothing when the client or the server has enough. A proxy stands for many clients
    /// and counts only in all.
    std::optional<Seat> take(const boost::asio::ip::address& address, Kind kind);

private:
    void leave(const std::optional<Key>& key);

    const Limits limits_;
    std::mutex mutex_;
    std::size_t in_all_ = 0;
    std::map<Key, std::size_t> per_client_;
};

}  // namespace imagify::http
