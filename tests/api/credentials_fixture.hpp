#pragma once

#include "api/api_fixture.hpp"

namespace imagify::testing {

inline constexpr auto kPassword = "a long pass phrase";

/// People who read their mail and have an authenticator app.
class CredentialsTest : public ApiTest {
protected:
    /// What the newest letter of that kind to the address says its link is; "" without one.
    std::string mailed_token(MailKind kind, const std::string& email = "an@example.vn");
    std::size_t letters_to(const std::string& email);
    Answer log_in(const std::string& email, const std::string& password,
                  const std::string& otp = {});
    /// `{"password":...}` and more members.
    static std::string with_password(const std::string& more = {},
                                     const std::string& password = kPassword);
    /// Serves from now on with another configuration, the same store and empty limits.
    void serve(GiftTime gift_time);
    std::string otp(const std::string& secret);
    /// Switches one-time passwords on; yields the secret.
    std::string enable_mfa(const std::string& token);
    bool is_live(const std::string& token) { return get("/user/me", token).status == 200; }

    std::vector<std::string> recovery_codes;
};

}  // namespace imagify::testing
