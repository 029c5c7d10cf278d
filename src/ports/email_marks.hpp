#pragma once

#include <string>
#include <vector>

#include "domain/account.hpp"

namespace imagify {

/// What is remembered of an address that was promised a sign-up gift, so that it earns no second
/// one after its account was deleted or has moved to another address: a keyed hash, which nobody
/// without the key can turn back or guess at. Pure CPU. Safe from several threads.
class EmailMarks {
public:
    virtual ~EmailMarks() = default;

    /// One mark for each key that counts, the present key's first.
    virtual std::vector<std::string> marks_of(const Email& email) const = 0;
};

}  // namespace imagify
