#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ports/http_client.hpp"
#include "support/rsa_signer.hpp"

namespace imagify::testing {

/// A Cognito user pool as its documentation describes it, in memory: user names are e-mail
/// addresses, the client has a secret and hides who has an account. Codes are always kCode, and
/// one-time passwords kOtp.
class FakeUserPool final : public HttpClient {
public:
    static constexpr const char* kCode = "123456";
    static constexpr const char* kOtp = "654321";
    static constexpr const char* kPoolId = "ap-southeast-1_Test";
    static constexpr const char* kClientId = "client-1";
    static constexpr const char* kClientSecret = "a client's secret";

    explicit FakeUserPool(const Clock& clock) : clock_(clock) {}

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink&) override {
        co_return co_await send(std::move(request));
    }

    /// A person who signed up without us, confirmed.
    void add_confirmed(const std::string& email, const std::string& password);
    bool knows(const std::string& email) const { return people_.contains(email); }
    std::string subject_of(const std::string& email) const { return people_.at(email).subject; }
    /// A token of the pool for a person: use "id" or "access".
    std::string token(const std::string& email, const std::string& use);

    /// The fault that the next call of an operation answers, once.
    std::map<std::string, std::string> faults;
    /// Nothing answers.
    bool down = false;
    /// What was called.
    std::vector<std::string> operations;

private:
    struct Person {
        std::string subject;
        std::string email;
        std::string password;
        std::string name{};
        bool confirmed = false;
        bool mfa = false;
        bool has_secret = false;
        bool reset_asked = false;
    };
    using Json = boost::json::object;

    OutboundAnswer answer(const std::string& operation, const Json& body);
    OutboundAnswer sign_up(const Json& body);
    OutboundAnswer confirm(const Json& body);
    OutboundAnswer initiate(const Json& body);
    OutboundAnswer respond(const Json& body);
    OutboundAnswer forgot(const Json& body);
    OutboundAnswer reset(const Json& body);
    OutboundAnswer by_token(const std::string& operation, const Json& body);
    OutboundAnswer as_admin(const std::string& operation, const Json& body);
    OutboundAnswer logged_in(const Person& person);
    Person* find(std::string_view name);

    const Clock& clock_;
    RsaSigner signer_{"pool-key"};
    std::map<std::string, Person> people_;
    std::map<std::string, std::string> grants_;
    int made_ = 0;
};

}  // namespace imagify::testing
