#pragma once

#include <map>
#include <string>
#include <vector>

#include "security/attacked_api.hpp"

namespace imagify::testing {

/// Somebody who asks, by a token.
struct Caller {
    std::string name;
    std::string token{};
    /// A session that counts.
    bool lives = false;
    bool is_operator = false;
};

/// The people of the matrix and what two of them own, made anew when a case has used it up.
class Cast {
public:
    explicit Cast(AttackedApi& api);

    /// Nobody; those whose token is worth nothing, each for a reason of its own; an owner, somebody
    /// else, an operator.
    const std::vector<Caller>& callers() const { return callers_; }
    /// Brings back to life whoever was logged out, and what was deleted.
    void restore();
    /// The id that stands in `path` for what the owner (or the other person) has.
    std::string owned(const std::string& path, bool by_other) const;
    /// An id of the kind of `path` that nothing has.
    static std::string absent(const std::string& path);

private:
    struct Person {
        std::string email;
        std::string token{};
        std::map<std::string, std::string> things{};
    };
    void make_dead_tokens();
    void restore(Person& person);

    AttackedApi& api_;
    Person owner_{.email = "owner@example.vn"};
    Person other_{.email = "other@example.vn"};
    std::string operator_token_;
    std::vector<Caller> dead_;
    std::vector<Caller> callers_;
};

}  // namespace imagify::testing
