#pragma once

#include <cstdio>
#include <string>

namespace imagify::testing {

/// What a proof found, one line for each thing that had to hold.
struct Verdicts {
    int passed = 0;
    int failed = 0;

    /// Counts it and says it at once: a proof may run for an hour.
    void expect(bool holds, const std::string& what) {
        (holds ? passed : failed) += 1;
        std::printf("%s %s\n", holds ? "ok    " : "FAILED", what.c_str());
        std::fflush(stdout);
    }

    /// Prints the closing line that ./test reads; yields the exit code.
    int close(const char* proof) const {
        std::printf("%s: %d passed, %d failed\n", proof, passed, failed);
        return failed == 0 ? 0 : 1;
    }
};

}  // namespace imagify::testing
