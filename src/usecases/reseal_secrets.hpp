#pragma once

#include "ports/credential_store.hpp"
#include "ports/second_factors.hpp"

namespace imagify {

/// After a change of keys: seals one-time password secrets again with the present key, so that the
/// former one can be taken away. Runs when the server starts.
class ResealSecrets {
public:
    ResealSecrets(CredentialStore& credentials, const SecondFactors& factors)
        : credentials_(credentials), factors_(factors) {}

    /// Yields how many were sealed again. Errors: those of CredentialStore.
    Task<Result<int>> run() const;

private:
    CredentialStore& credentials_;
    const SecondFactors& factors_;
};

}  // namespace imagify
