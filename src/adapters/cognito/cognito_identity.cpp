#include "adapters/cognito/cognito_identity.hpp"

#include <boost/json.hpp>

#include "adapters/cognito/faults.hpp"
#include "adapters/cognito/json_text.hpp"

namespace imagify::cognito {
namespace {

namespace json = boost::json;

const json::object* object_in(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

json::object attribute(std::string_view name, std::string_view value) {
    return {{"Name", name}, {"Value", value}};
}

Result<void> done_or(const Result<UserAnswer>& answer, Attempt attempt) {
    if (!answer) return std::unexpected(answer.error());
    if (!answer->fault.empty()) return std::unexpected(normalize(*answer, attempt));
    return {};
}

// UserAttributes: [{Name, Value}].
std::string attribute_of(const json::object& user, std::string_view name) {
    const auto* const list = user.if_contains("UserAttributes");
    if (list == nullptr || !list->is_array()) return {};
    for (const auto& item : list->get_array()) {
        const auto* const object = item.if_object();
        if (object != nullptr && text_of(*object, "Name") == name) {
            return std::string(text_of(*object, "Value"));
        }
    }
    return {};
}

Error nonsense(std::string_view operation) {
    return {.kind = ErrorKind::Unavailable,
            .code = "identity.unavailable",
            .detail = "Cognito " + std::string(operation) + ": an answer without what was asked"};
}

}  // namespace

CognitoIdentity::CognitoIdentity(CognitoSettings settings, Parts parts)
    : calls_(std::move(settings), parts.http, parts.clock),
      admin_(parts.admin),
      clock_(parts.clock),
      keys_(parts.http, parts.clock, calls_.settings().key_set_url()),
      tokens_(keys_, parts.clock,
              {.issuer = calls_.settings().issuer(), .client_id = calls_.settings().client_id}) {}

json::object CognitoIdentity::client_body(std::string_view user) const {
    json::object body{{"ClientId", calls_.settings().client_id}, {"Username", user}};
    if (const auto hash = calls_.secret_hash(user); !hash.empty()) body["SecretHash"] = hash;
    return body;
}

Task<Result<std::string>> CognitoIdentity::sign_up(ProvidedSignUp person) {
    auto body = client_body(person.email.text());
    body["Password"] = person.password;
    json::array attributes{attribute("email", person.email.text()),
                           attribute("locale", to_text(person.locale))};
    if (!person.name.empty()) attributes.push_back(attribute("name", person.name));
    body["UserAttributes"] = std::move(attributes);
    const auto answer = co_await calls_.call("SignUp", std::move(body));
    if (auto made = done_or(answer, Attempt::SignUp); !made) {
        co_return std::unexpected(made.error());
    }
    std::string subject(text_of(answer->body, "UserSub"));
    if (subject.empty()) co_return std::unexpected(nonsense("SignUp"));
    co_return subject;
}

Task<Result<void>> CognitoIdentity::confirm(Email email, std::string code) {
    auto body = client_body(email.text());
    body["ConfirmationCode"] = code;
    co_return done_or(co_await calls_.call("ConfirmSignUp", std::move(body)), Attempt::Code);
}

Task<Result<void>> CognitoIdentity::resend(Email email) {
    const auto answer = co_await calls_.call("ResendConfirmationCode", client_body(email.text()));
    if (!answer) co_return std::unexpected(answer.error());
    // Whatever else it says would tell who has an account.
    co_return Result<void>{};
}

Task<Result<json::object>> CognitoIdentity::authenticate(const Email& email, std::string password,
                                                         std::string otp) {
    json::object parameters{{"USERNAME", email.text()}, {"PASSWORD", password}};
    if (const auto hash = calls_.secret_hash(email.text()); !hash.empty()) {
        parameters["SECRET_HASH"] = hash;
    }
    json::object body{{"AuthFlow", "USER_PASSWORD_AUTH"},
                      {"ClientId", calls_.settings().client_id},
                      {"AuthParameters", std::move(parameters)}};
    auto answer = co_await calls_.call("InitiateAuth", std::move(body));
    if (auto passed = done_or(answer, Attempt::LogIn); !passed) {
        co_return std::unexpected(passed.error());
    }
    const auto challenge = text_of(answer->body, "ChallengeName");
    if (challenge.empty()) co_return std::move(answer->body);
    if (challenge == "SOFTWARE_TOKEN_MFA") {
        if (otp.empty()) co_return fail(ErrorKind::Unauthenticated, "auth.otp_required");
        co_return co_await answer_challenge(answer->body, std::move(otp));
    }
    // NEW_PASSWORD_REQUIRED and what only a page of Cognito's can go through.
    co_return fail(ErrorKind::Unauthenticated, "auth.password_expired", std::string(challenge));
}

Task<Result<json::object>> CognitoIdentity::answer_challenge(const json::object& challenge,
                                                             std::string otp) {
    const auto* const parameters = object_in(challenge, "ChallengeParameters");
    const std::string user(parameters == nullptr ? std::string_view()
                                                 : text_of(*parameters, "USER_ID_FOR_SRP"));
    json::object responses{{"USERNAME", user}, {"SOFTWARE_TOKEN_MFA_CODE", otp}};
    if (const auto hash = calls_.secret_hash(user); !hash.empty()) responses["SECRET_HASH"] = hash;
    json::object body{{"ChallengeName", "SOFTWARE_TOKEN_MFA"},
                      {"ClientId", calls_.settings().client_id},
                      {"Session", text_of(challenge, "Session")},
                      {"ChallengeResponses", std::move(responses)}};
    auto answer = co_await calls_.call("RespondToAuthChallenge", std::move(body));
    if (auto passed = done_or(answer, Attempt::Otp); !passed) {
        auto error = passed.error();
        // Nobody is logged in yet; and a challenge that is over was answered wrongly too often.
        if (error.kind == ErrorKind::Conflict) error.code = "auth.otp_invalid";
        if (error.code == "auth.otp_invalid") error.kind = ErrorKind::Unauthenticated;
        co_return std::unexpected(std::move(error));
    }
    co_return std::move(answer->body);
}

Task<Result<ProvidedLogIn>> CognitoIdentity::log_in(Email email, std::string password,
                                                    std::string otp) {
    const auto passed = co_await authenticate(email, std::move(password), std::move(otp));
    if (!passed) co_return std::unexpected(passed.error());
    const auto* const tokens = object_in(*passed, "AuthenticationResult");
    const std::string access(tokens == nullptr ? "" : text_of(*tokens, "AccessToken"));
    const std::string id(tokens == nullptr ? "" : text_of(*tokens, "IdToken"));
    const auto claims = co_await tokens_.verify(id);
    if (!claims && claims.error().kind == ErrorKind::Unavailable) {
        co_return std::unexpected(claims.error());
    }
    if (!claims || access.empty()) co_return std::unexpected(nonsense("InitiateAuth"));
    // Cognito lets only confirmed people in, and by this address: it vouches for it.
    co_return ProvidedLogIn{.person = {.subject = claims->subject,
                                       .email = email.text(),
                                       .email_verified = true,
                                       .name = claims->name},
                            .grant = Secret(access)};
}

Task<Result<void>> CognitoIdentity::forgot(Email email) {
    const auto answer = co_await calls_.call("ForgotPassword", client_body(email.text()));
    if (!answer) co_return std::unexpected(answer.error());
    // Whatever else it says would tell who has an account.
    co_return Result<void>{};
}

Task<Result<void>> CognitoIdentity::reset(Email email, std::string code, std::string password) {
    auto body = client_body(email.text());
    body["ConfirmationCode"] = code;
    body["Password"] = password;
    co_return done_or(co_await calls_.call("ConfirmForgotPassword", std::move(body)),
                      Attempt::Reset);
}

Task<Result<void>> CognitoIdentity::change_password(Secret grant, std::string present,
                                                    std::string next) {
    json::object body{
        {"AccessToken", grant.reveal()}, {"PreviousPassword", present}, {"ProposedPassword", next}};
    co_return done_or(co_await calls_.call("ChangePassword", std::move(body)),
                      Attempt::ChangePassword);
}

Task<Result<void>> CognitoIdentity::as_admin(std::string_view operation, json::object body,
                                             std::chrono::milliseconds limit) {
    body["UserPoolId"] = calls_.settings().user_pool_id;
    const auto answer =
        co_await admin_.call({.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                                          {"X-Amz-Target", "AWSCognitoIdentityProviderService." +
                                                               std::string(operation)}},
                              .body = json::serialize(body),
                              .deadline = clock_.steady_now() + limit});
    if (!answer) co_return std::unexpected(answer.error());
    if (answer->succeeded()) co_return Result<void>{};
    co_return std::unexpected(normalize(
        {.fault = answer->fault, .fault_message = answer->fault_message}, Attempt::ChangeEmail));
}

Task<Result<void>> CognitoIdentity::change_email(std::string subject, Email email) {
    json::object body{{"Username", subject},
                      {"UserAttributes", json::array{attribute("email", email.text()),
                                                     attribute("email_verified", "true")}}};
    return as_admin("AdminUpdateUserAttributes", std::move(body), std::chrono::seconds(3));
}

Task<Result<void>> CognitoIdentity::end_log_ins(std::string subject) {
    // Somebody waits for the end of log-ins that have ended here already.
    return as_admin("AdminUserGlobalSignOut", {{"Username", subject}}, std::chrono::seconds(1));
}

Task<Result<std::string>> CognitoIdentity::new_otp_secret(Secret grant) {
    const auto answer = co_await calls_.call("AssociateSoftwareToken",
                                             json::object{{"AccessToken", grant.reveal()}});
    if (auto made = done_or(answer, Attempt::Grant); !made) {
        co_return std::unexpected(made.error());
    }
    std::string secret(text_of(answer->body, "SecretCode"));
    if (secret.empty()) co_return std::unexpected(nonsense("AssociateSoftwareToken"));
    co_return secret;
}

Task<Result<void>> CognitoIdentity::enable_otp(Secret grant, std::string otp) {
    json::object code{{"AccessToken", grant.reveal()}, {"UserCode", otp}};
    const auto answer = co_await calls_.call("VerifySoftwareToken", std::move(code));
    if (auto verified = done_or(answer, Attempt::Otp); !verified) co_return verified;
    if (text_of(answer->body, "Status") != "SUCCESS") {
        co_return fail(ErrorKind::Forbidden, "auth.otp_invalid");
    }
    json::object wanted{
        {"AccessToken", grant.reveal()},
        {"SoftwareTokenMfaSettings", json::object{{"Enabled", true}, {"PreferredMfa", true}}}};
    co_return done_or(co_await calls_.call("SetUserMFAPreference", std::move(wanted)),
                      Attempt::Grant);
}

Task<Result<void>> CognitoIdentity::disable_otp(Secret grant) {
    json::object wanted{
        {"AccessToken", grant.reveal()},
        {"SoftwareTokenMfaSettings", json::object{{"Enabled", false}, {"PreferredMfa", false}}}};
    co_return done_or(co_await calls_.call("SetUserMFAPreference", std::move(wanted)),
                      Attempt::Grant);
}

Task<Result<void>> CognitoIdentity::remove(Secret grant) {
    co_return done_or(
        co_await calls_.call("DeleteUser", json::object{{"AccessToken", grant.reveal()}}),
        Attempt::Grant);
}

Task<Result<ProvidedToken>> CognitoIdentity::verify(std::string token) {
    const auto claims = co_await tokens_.verify(std::move(token));
    if (!claims) co_return std::unexpected(claims.error());
    co_return ProvidedToken{.subject = claims->subject,
                            .authenticated_at = claims->authenticated_at};
}

Task<Result<ProvidedPerson>> CognitoIdentity::person_of(std::string token) {
    auto claims = co_await tokens_.verify(token);
    if (!claims) co_return std::unexpected(claims.error());
    if (claims->use == TokenUse::Access) co_return co_await get_user(std::move(token));
    co_return ProvidedPerson{.subject = std::move(claims->subject),
                             .email = std::move(claims->email),
                             .email_verified = claims->email_verified,
                             .name = std::move(claims->name)};
}

Task<Result<ProvidedPerson>> CognitoIdentity::get_user(std::string access_token) {
    const auto answer =
        co_await calls_.call("GetUser", json::object{{"AccessToken", access_token}});
    if (auto found = done_or(answer, Attempt::Grant); !found) {
        co_return std::unexpected(found.error());
    }
    co_return ProvidedPerson{
        .subject = attribute_of(answer->body, "sub"),
        .email = attribute_of(answer->body, "email"),
        .email_verified = attribute_of(answer->body, "email_verified") == "true",
        .name = attribute_of(answer->body, "name")};
}

}  // namespace imagify::cognito
