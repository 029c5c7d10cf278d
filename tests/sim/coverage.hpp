#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace imagify::sim {

/// How often something worth reaching was reached.
class Coverage {
public:
    void count(std::string_view name, std::uint64_t times = 1) {
        const auto found = counts_.find(name);
        if (found == counts_.end()) {
            counts_.emplace(name, times);
        } else {
            found->second += times;
        }
    }
    void merge(const Coverage& other) {
        for (const auto& [name, times] : other.counts_) count(name, times);
    }
    std::uint64_t of(std::string_view name) const {
        const auto found = counts_.find(name);
        return found == counts_.end() ? 0 : found->second;
    }
    const std::map<std::string, std::uint64_t, std::less<>>& counts() const { return counts_; }

private:
    std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace imagify::sim
