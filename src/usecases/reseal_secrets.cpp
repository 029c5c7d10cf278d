#include "usecases/reseal_secrets.hpp"

#include "base/log.hpp"

namespace imagify {
namespace {

constexpr std::size_t kAtOnce = 100;

}  // namespace

Task<Result<int>> ResealSecrets::run() const {
    int resealed = 0;
    for (UserId after;;) {
        const auto otps = co_await credentials_.sealed_otps(after, kAtOnce);
        if (!otps) co_return std::unexpected(otps.error());
        for (const auto& otp : *otps) {
            auto anew = factors_.reseal(otp.user_id, otp.sealed);
            if (!anew) continue;
            const auto kept = co_await credentials_.reseal_otp(otp, std::move(*anew));
            if (!kept) co_return std::unexpected(kept.error());
            ++resealed;
        }
        if (otps->size() < kAtOnce) break;
        after = otps->back().user_id;
    }
    if (resealed > 0) {
        log_event(LogLevel::Info, "secrets.resealed", {{"count", std::int64_t{resealed}}});
    }
    co_return resealed;
}

}  // namespace imagify
