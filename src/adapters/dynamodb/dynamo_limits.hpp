#pragma once

#include <atomic>

#include "adapters/dynamodb/table_client.hpp"
#include "ports/limits.hpp"

namespace imagify::dynamodb {

/// Limits that several processes share, kept in the users table, with the meaning of MemoryLimits.
/// A use that is allowed costs one conditional write, or two while its bucket is not full. While
/// the table does not answer, this process counts alone: nobody is kept out, and guessing does not
/// become free.
class DynamoLimits final : public Limits {
public:
    /// All outlive this.
    struct Parts {
        TableClient& client;
        Table users;
        const Clock& clock;
        /// Counts while the table does not answer.
        Limits& meanwhile;
    };
    explicit DynamoLimits(Parts parts) : parts_(std::move(parts)) {}

    Task<LimitUse> take(LimitRule rule, std::string key) override;
    Task<void> give_back(LimitRule rule, std::string key) override;
    Task<LimitUse> guess(std::string key) override;
    Task<void> uncount_guess(std::string key) override;
    Task<void> forget_guesses(std::string key) override;

    /// Uses that were counted by this process alone: imagify_limits_alone_total.
    std::int64_t counted_alone() const { return alone_.load(); }

private:
    struct Guesses;
    Task<bool> keep(const std::string& key, const std::optional<Item>& before, Guesses guesses);

    Parts parts_;
    std::atomic<std::int64_t> alone_{0};
};

}  // namespace imagify::dynamodb
