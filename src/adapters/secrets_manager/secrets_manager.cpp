#include "adapters/secrets_manager/secrets_manager.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/log.hpp"

namespace imagify::secrets_manager {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kBetweenRefusals{5};
// Nobody waits for a service that is down at every request.
constexpr std::chrono::seconds kAfterFailure{10};
// A secret is at most 64 KiB; escaping may double it.
constexpr std::size_t kAnswerMaxBytes = std::size_t{160} * 1024;

std::optional<std::string> member_of(std::string_view object_text, std::string_view name) {
    boost::system::error_code error;
    const auto value = json::parse({object_text.data(), object_text.size()}, error);
    if (error || !value.is_object()) return std::nullopt;
    const auto* const member = value.get_object().if_contains(name);
    if (member == nullptr || !member->is_string()) return std::nullopt;
    return std::string(member->get_string());
}

Result<Secret> select(const Secret& whole, const std::string& id, const std::string& member) {
    if (member.empty()) return whole;
    auto text = member_of(whole.reveal(), member);
    if (!text)
        return fail(ErrorKind::Invalid, "secret.no_member",
                    "the secret " + id + " is no JSON object with a text " + member);
    return Secret(std::move(*text));
}

}  // namespace

SecretsManager::SecretsManager(SecretsSettings settings, aws::ServiceClient::Parts parts)
    : settings_(std::move(settings)),
      client_({.service = "secretsmanager",
               .region = settings_.region,
               .endpoint =
                   aws::regional_endpoint("secretsmanager", settings_.region, settings_.endpoint)},
              parts),
      clock_(parts.clock) {}

std::optional<Secret> SecretsManager::fresh(const std::string& id, bool refused) {
    const std::scoped_lock lock(mutex_);
    const auto found = known_.find(id);
    if (found == known_.end()) return std::nullopt;
    const auto age = clock_.steady_now() - found->second.read_at;
    if (age >= settings_.keep || (refused && age >= kBetweenRefusals)) return std::nullopt;
    return found->second.text;
}

Task<Result<Secret>> SecretsManager::secret(std::string reference, bool refused) {
    const auto hash = reference.find('#');
    const auto member = hash == std::string::npos ? "" : reference.substr(hash + 1);
    const auto id = reference.substr(0, hash);
    if (const auto found = fresh(id, refused)) co_return select(*found, id, member);
    auto whole = co_await read(id);
    if (whole) {
        const std::scoped_lock lock(mutex_);
        known_.insert_or_assign(id, Known{.text = *whole, .read_at = clock_.steady_now()});
    } else {
        log_event(
            LogLevel::Error, "secret.unreadable",
            {{"secret", std::string_view(id)}, {"detail", std::string_view(whole.error().detail)}});
        const std::scoped_lock lock(mutex_);
        const auto found = known_.find(id);
        if (found == known_.end()) co_return whole;
        whole = found->second.text;
        found->second.read_at = clock_.steady_now() - settings_.keep + kAfterFailure;
    }
    co_return select(*whole, id, member);
}

Task<Result<Secret>> SecretsManager::read(std::string id) {
    auto call = aws::ServiceClient::json_call(
        "secretsmanager.GetSecretValue", json::serialize(json::object{{"SecretId", id}}), "1.1");
    call.changes = false;
    call.body_limit_bytes = kAnswerMaxBytes;
    const auto answer = co_await client_.call(std::move(call));
    if (!answer) co_return std::unexpected(answer.error());
    if (answer->fault == "ResourceNotFoundException")
        co_return fail(ErrorKind::NotFound, "secret.not_found",
                       "there is no secret " + id + "; create it or correct the *_SECRET_ARN");
    if (!answer->succeeded())
        co_return fail(ErrorKind::Unavailable, "aws.unavailable",
                       "the secret " + id + ": " + answer->fault);
    auto text = member_of(answer->body, "SecretString");
    if (!text)
        co_return fail(ErrorKind::Invalid, "secret.no_member",
                       "the secret " + id + " is binary; store it as text");
    co_return Secret(std::move(*text));
}

}  // namespace imagify::secrets_manager
