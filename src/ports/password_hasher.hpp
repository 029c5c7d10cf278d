#pragma once

#include <string>
#include <string_view>

namespace imagify {

/// Slow one-way function for passwords. Pure CPU and memory: call it on a Worker. Safe from several
/// threads.
class PasswordHasher {
public:
    virtual ~PasswordHasher() = default;

    /// A new salted hash in its self-describing text form.
    virtual std::string hash(std::string_view password) = 0;

    /// True when `password` made `hash`. Takes as long for a wrong password as for the right one.
    virtual bool verify(std::string_view password, std::string_view hash) = 0;

    /// A hash that no password has, of the same cost as a real one: verified for unknown people, so
    /// that they take as long as known ones.
    virtual const std::string& decoy() const = 0;
};

}  // namespace imagify
