#pragma once

namespace imagify::sqlite {

// Version 4: since when log-ins count, for tokens that another identity provider issued.
inline constexpr const char* kLogInsSince = R"sql(
ALTER TABLE users ADD COLUMN sessions_ended_at INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace imagify::sqlite
