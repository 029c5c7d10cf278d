#pragma once

#include "adapters/cognito/user_calls.hpp"

namespace imagify::cognito {

/// What was tried when Cognito refused: the same fault means different things.
enum class Attempt { SignUp, Code, Reset, LogIn, Otp, ChangePassword, ChangeEmail, Grant };

/// Our error for a fault of Cognito. What is not expected is Unavailable `identity.refused`, with
/// the fault in the detail: a pool that is set up wrong.
Error normalize(const UserAnswer& refused, Attempt attempt);

}  // namespace imagify::cognito
