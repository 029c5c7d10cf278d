#pragma once

#include <cstdint>
#include <string>

#include "base/random.hpp"
#include "ports/password_hasher.hpp"

namespace imagify {

/// Cost of a hash. OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
struct Argon2Cost {
    std::uint32_t memory_kib = 19'456;
    std::uint32_t passes = 2;
};

/// argon2id by libargon2; also verifies bcrypt hashes ($2a$, $2b$, $2y$) of imported accounts.
class Argon2Hasher final : public PasswordHasher {
public:
    /// `random` outlives this.
    Argon2Hasher(Argon2Cost cost, Random& random);

    std::string hash(std::string_view password) override;
    bool verify(std::string_view password, std::string_view hash) override;
    const std::string& decoy() const override { return decoy_; }

private:
    Argon2Cost cost_;
    Random& random_;
    std::string decoy_;
};

}  // namespace imagify
