#pragma once

#include <atomic>

#include "security/attacked_api.hpp"

namespace imagify::testing {

/// Counts how many passwords were really compared with somebody's hash.
class CountingHasher final : public PasswordHasher {
public:
    explicit CountingHasher(PasswordHasher& hasher) : hasher_(hasher) {}
    std::string hash(std::string_view password) override { return hasher_.hash(password); }
    bool verify(std::string_view password, std::string_view hash) override {
        if (hash != hasher_.decoy()) ++compared;
        return hasher_.verify(password, hash);
    }
    const std::string& decoy() const override { return hasher_.decoy(); }

    std::atomic<std::uint64_t> compared = 0;

private:
    PasswordHasher& hasher_;
};

/// The API with its limits, as people from many addresses see it.
class GuessedApi : public AttackedApi {
public:
    explicit GuessedApi(GiftTime gift_time = GiftTime::Registration);

    /// The same with a hasher of its own, which outlives this.
    explicit GuessedApi(PasswordHasher& own_hasher);

    std::uint64_t compared() const { return counting_->compared; }
    /// 127.0.0.1 is not limited from now on.
    void without_limits();
    Answer register_from(const std::string& address, const std::string& email);
    Answer log_in_from(const std::string& address, const std::string& email,
                       const std::string& password, const std::string& device = {});
    /// Registers the owner; what the browser keeps of it.
    std::string device_of_owner(const std::string& email);

private:
    void serve_with(PasswordHasher& used);
    void serve_limited(bool unlimited_loopback);

    std::unique_ptr<CountingHasher> counting_;
};

}  // namespace imagify::testing
