#include "adapters/cognito/user_calls.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json.hpp>

#include "adapters/cognito/json_text.hpp"

namespace imagify::cognito {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kCallLimit{5};
constexpr std::size_t kAnswerMaxBytes = std::size_t{256} * 1024;
// A kept connection may be dead; the call then never arrived.
constexpr int kAttempts = 2;

// "com.amazonaws.cognito#NotAuthorizedException:http://..." -> "NotAuthorizedException".
std::string bare_fault(std::string_view type) {
    type = type.substr(0, type.find(':'));
    const auto name = type.rfind('#');
    return std::string(name == std::string_view::npos ? type : type.substr(name + 1));
}

bool is_throttled(std::string_view fault) {
    // The last is Cognito's word for somebody who tried too often.
    constexpr std::string_view kFaults[] = {"TooManyRequestsException", "ThrottlingException",
                                            "LimitExceededException",
                                            "TooManyFailedAttemptsException"};
    return std::ranges::find(kFaults, fault) != std::end(kFaults);
}

}  // namespace

std::string UserCalls::secret_hash(std::string_view user) const {
    if (settings_.client_secret.empty()) return {};
    const auto text = std::string(user) + settings_.client_id;
    const auto& key = settings_.client_secret.reveal();
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &size);
    std::array<unsigned char, 64> encoded{};
    const auto length = EVP_EncodeBlock(encoded.data(), mac.data(), static_cast<int>(size));
    return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)};
}

Task<Result<UserAnswer>> UserCalls::call(std::string_view operation, json::object body) {
    const auto unavailable = [operation](std::string_view why) {
        return fail(ErrorKind::Unavailable, "identity.unavailable",
                    "Cognito " + std::string(operation) + ": " + std::string(why));
    };
    const OutboundRequest request{
        .method = "POST",
        .url = settings_.base_url() + "/",
        .headers = {{"Content-Type", "application/x-amz-json-1.1"},
                    {"X-Amz-Target",
                     "AWSCognitoIdentityProviderService." + std::string(operation)}},
        .body = json::serialize(body),
        .deadline = clock_.steady_now() + kCallLimit,
        .body_limit_bytes = kAnswerMaxBytes};
    auto answer = co_await http_.send(request);
    for (int attempt = 1; attempt < kAttempts && !answer; ++attempt) {
        if (answer.error().code != "upstream.unreachable") break;
        answer = co_await http_.send(request);
    }
    if (!answer) co_return unavailable(answer.error().code + ' ' + answer.error().detail);
    json::error_code failed;
    auto parsed = json::parse(answer->body.empty() ? "{}" : answer->body, failed);
    if (failed || !parsed.is_object()) {
        co_return unavailable("status " + std::to_string(answer->status) + ", no JSON");
    }
    UserAnswer read{.body = std::move(parsed.get_object())};
    if (answer->status / 100 == 2) co_return read;
    read.fault = bare_fault(text_of(read.body, "__type"));
    read.fault_message = text_of(read.body, "message");
    if (is_throttled(read.fault)) {
        co_return std::unexpected(Error{.kind = ErrorKind::RateLimited,
                                        .code = "rate.limited",
                                        .detail = "Cognito: " + read.fault,
                                        .retry_after = std::chrono::seconds(60)});
    }
    if (answer->status >= 500 || read.fault.empty()) {
        co_return unavailable("status " + std::to_string(answer->status) + ' ' + read.fault);
    }
    co_return read;
}

}  // namespace imagify::cognito
