#include "api/fake_user_pool.hpp"

#include <boost/json.hpp>

#include "support/jws.hpp"

namespace imagify::testing {
namespace {

namespace json = boost::json;

std::string text(const json::object& body, std::string_view name) {
    const auto* value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

OutboundAnswer said(const json::object& body) {
    return {.status = 200, .headers = {}, .body = json::serialize(body)};
}

OutboundAnswer fault(std::string_view name) {
    return {.status = 400,
            .headers = {},
            .body = json::serialize(json::object{{"__type", name}, {"message", "no"}})};
}

std::string new_subject(int number) {
    const auto digits = std::to_string(number);
    return "8a1b6c9e-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

bool is_strong(const std::string& password) {
    const auto has = [&](auto kind) { return std::ranges::any_of(password, kind); };
    return password.size() >= 8 && has([](unsigned char c) { return std::isupper(c) != 0; }) &&
           has([](unsigned char c) { return std::islower(c) != 0; }) &&
           has([](unsigned char c) { return std::isdigit(c) != 0; });
}

// Made of what the documentation says, with another base64 than the product's.
bool proves_client(const std::string& user, const std::string& hash) {
    auto expected =
        base64url(hmac("SHA256", FakeUserPool::kClientSecret, user + FakeUserPool::kClientId));
    std::ranges::replace(expected, '-', '+');
    std::ranges::replace(expected, '_', '/');
    return hash == expected + "=";
}

}  // namespace

Task<Result<OutboundAnswer>> FakeUserPool::send(OutboundRequest request) {
    if (down) co_return fail(ErrorKind::Timeout, "upstream.timeout");
    if (request.url.ends_with("/.well-known/jwks.json")) {
        co_return OutboundAnswer{.status = 200, .headers = {}, .body = key_set({signer_.jwk()})};
    }
    std::string operation;
    for (const auto& [name, value] : request.headers) {
        if (name == "X-Amz-Target") operation = value.substr(value.find('.') + 1);
    }
    operations.push_back(operation);
    if (const auto planned = faults.extract(operation)) co_return fault(planned.mapped());
    co_return answer(operation, json::parse(request.body).as_object());
}

OutboundAnswer FakeUserPool::answer(const std::string& operation, const Json& body) {
    const bool by_client = body.contains("ClientId");
    const auto* parameters = body.if_contains("AuthParameters");
    if (parameters == nullptr) parameters = body.if_contains("ChallengeResponses");
    if (by_client) {
        const auto& names = parameters == nullptr ? body : parameters->as_object();
        const auto user = text(names, parameters == nullptr ? "Username" : "USERNAME");
        const auto hash = text(names, parameters == nullptr ? "SecretHash" : "SECRET_HASH");
        if (text(body, "ClientId") != kClientId) return fault("ResourceNotFoundException");
        if (!proves_client(user, hash)) return fault("NotAuthorizedException");
    }
    if (operation == "SignUp") return sign_up(body);
    if (operation == "ConfirmSignUp") return confirm(body);
    if (operation == "ResendConfirmationCode") return said({});
    if (operation == "InitiateAuth") return initiate(body);
    if (operation == "RespondToAuthChallenge") return respond(body);
    if (operation == "ForgotPassword") return forgot(body);
    if (operation == "ConfirmForgotPassword") return reset(body);
    if (operation.starts_with("Admin")) return as_admin(operation, body);
    return by_token(operation, body);
}

FakeUserPool::Person* FakeUserPool::find(std::string_view name) {
    for (auto& [email, person] : people_) {
        if (person.email == name || person.subject == name) return &person;
    }
    return nullptr;
}

OutboundAnswer FakeUserPool::sign_up(const Json& body) {
    const auto email = text(body, "Username");
    if (find(email) != nullptr) return fault("UsernameExistsException");
    if (!is_strong(text(body, "Password"))) return fault("InvalidPasswordException");
    Person person{
        .subject = new_subject(++made_), .email = email, .password = text(body, "Password")};
    for (const auto& item : body.at("UserAttributes").as_array()) {
        if (text(item.as_object(), "Name") == "name") person.name = text(item.as_object(), "Value");
    }
    const auto& made = people_.emplace(email, std::move(person)).first->second;
    return said({{"UserConfirmed", false}, {"UserSub", made.subject}});
}

void FakeUserPool::add_confirmed(const std::string& email, const std::string& password) {
    people_[email] = {
        .subject = new_subject(++made_), .email = email, .password = password, .confirmed = true};
}

OutboundAnswer FakeUserPool::confirm(const Json& body) {
    auto* person = find(text(body, "Username"));
    if (person == nullptr || text(body, "ConfirmationCode") != kCode) {
        return fault("CodeMismatchException");
    }
    if (person->confirmed) return fault("NotAuthorizedException");
    person->confirmed = true;
    return said({});
}

std::string FakeUserPool::token(const std::string& email, const std::string& use) {
    const auto& person = people_.at(email);
    const auto now = to_unix_ms(clock_.now()) / 1'000;
    json::object claims{
        {"iss", std::string("https://cognito-idp.ap-southeast-1.amazonaws.com/") + kPoolId},
        {"sub", person.subject},
        {"token_use", use},
        {"iat", now},
        {"auth_time", now},
        {"exp", now + 3'600},
        {"jti", std::to_string(++made_)}};
    if (use == "id") {
        claims["aud"] = kClientId;
        claims["email"] = person.email;
        claims["email_verified"] = person.confirmed;
        if (!person.name.empty()) claims["name"] = person.name;
    } else {
        claims["client_id"] = kClientId;
    }
    auto made = signer_.token(json::serialize(claims));
    if (use == "access") grants_[made] = email;
    return made;
}

OutboundAnswer FakeUserPool::logged_in(const Person& person) {
    return said(
        {{"AuthenticationResult", json::object{{"AccessToken", token(person.email, "access")},
                                               {"IdToken", token(person.email, "id")},
                                               {"RefreshToken", "opaque"}}}});
}

OutboundAnswer FakeUserPool::initiate(const Json& body) {
    const auto& given = body.at("AuthParameters").as_object();
    const auto* person = find(text(given, "USERNAME"));
    if (person == nullptr || person->password != text(given, "PASSWORD")) {
        return fault("NotAuthorizedException");
    }
    if (!person->confirmed) return fault("UserNotConfirmedException");
    if (!person->mfa) return logged_in(*person);
    return said({{"ChallengeName", "SOFTWARE_TOKEN_MFA"},
                 {"Session", "session of " + person->email},
                 {"ChallengeParameters", json::object{{"USER_ID_FOR_SRP", person->subject}}}});
}

OutboundAnswer FakeUserPool::respond(const Json& body) {
    const auto& given = body.at("ChallengeResponses").as_object();
    const auto* person = find(text(given, "USERNAME"));
    if (person == nullptr || text(body, "Session") != "session of " + person->email) {
        return fault("NotAuthorizedException");
    }
    if (text(given, "SOFTWARE_TOKEN_MFA_CODE") != kOtp) return fault("CodeMismatchException");
    return logged_in(*person);
}

OutboundAnswer FakeUserPool::forgot(const Json& body) {
    if (auto* person = find(text(body, "Username"))) person->reset_asked = true;
    return said({});
}

OutboundAnswer FakeUserPool::reset(const Json& body) {
    auto* person = find(text(body, "Username"));
    const bool asked = person != nullptr && person->reset_asked;
    if (!asked) return fault("ExpiredCodeException");
    if (text(body, "ConfirmationCode") != kCode) return fault("CodeMismatchException");
    person->password = text(body, "Password");
    person->reset_asked = false;
    person->confirmed = true;
    return said({});
}

OutboundAnswer FakeUserPool::by_token(const std::string& operation, const Json& body) {
    const auto grant = grants_.find(text(body, "AccessToken"));
    auto* person = grant == grants_.end() ? nullptr : find(grant->second);
    if (person == nullptr) return fault("NotAuthorizedException");
    if (operation == "ChangePassword") {
        if (text(body, "PreviousPassword") != person->password) {
            return fault("NotAuthorizedException");
        }
        person->password = text(body, "ProposedPassword");
        return said({});
    }
    if (operation == "AssociateSoftwareToken") {
        person->has_secret = true;
        return said({{"SecretCode", "JBSWY3DPEHPK3PXP"}});
    }
    if (operation == "VerifySoftwareToken") {
        if (!person->has_secret || text(body, "UserCode") != kOtp) {
            return fault("EnableSoftwareTokenMFAException");
        }
        return said({{"Status", "SUCCESS"}});
    }
    if (operation == "SetUserMFAPreference") {
        person->mfa = body.at("SoftwareTokenMfaSettings").at("Enabled").as_bool();
        return said({});
    }
    if (operation == "DeleteUser") {
        people_.erase(person->email);
        return said({});
    }
    if (operation != "GetUser") return fault("UnknownOperationException");
    const auto item = [](const char* name, const std::string& value) {
        return json::object{{"Name", name}, {"Value", value}};
    };
    return said({{"UserAttributes",
                  json::array{item("sub", person->subject), item("email", person->email),
                              item("email_verified", person->confirmed ? "true" : "false")}}});
}

OutboundAnswer FakeUserPool::as_admin(const std::string& operation, const Json& body) {
    auto* person = find(text(body, "Username"));
    if (text(body, "UserPoolId") != kPoolId) return fault("ResourceNotFoundException");
    if (person == nullptr) return fault("UserNotFoundException");
    if (operation == "AdminUserGlobalSignOut") {
        std::erase_if(grants_, [&](const auto& one) { return one.second == person->email; });
        return said({});
    }
    for (const auto& item : body.at("UserAttributes").as_array()) {
        if (text(item.as_object(), "Name") != "email") continue;
        const auto email = text(item.as_object(), "Value");
        if (find(email) != nullptr && find(email) != person) return fault("AliasExistsException");
        auto moved = people_.extract(person->email);
        moved.key() = moved.mapped().email = email;
        people_.insert(std::move(moved));
        break;
    }
    return said({});
}

}  // namespace imagify::testing
