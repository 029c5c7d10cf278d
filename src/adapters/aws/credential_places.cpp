#include "adapters/aws/credential_places.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "adapters/aws/credentials_text.hpp"
#include "adapters/http_client/outbound_url.hpp"

namespace imagify::aws {
namespace {

// The link-local services answer within milliseconds, or are not there at all.
constexpr std::chrono::milliseconds kServiceLimit{1'000};
constexpr std::size_t kAnswerMaxBytes = std::size_t{16} * 1024;
constexpr std::string_view kContainerHost = "http://169.254.170.2";
constexpr std::string_view kInstanceEndpoint = "http://169.254.169.254";
constexpr std::string_view kRolePath = "/latest/meta-data/iam/security-credentials/";

std::unexpected<Error> absent() { return fail(ErrorKind::NotFound, "aws.no_credentials"); }

std::unexpected<Error> broken(std::string detail) {
    return fail(ErrorKind::Unavailable, "aws.no_credentials", std::move(detail));
}

// At most `limit` bytes; nothing when there is no such file, or it is longer.
std::optional<std::string> read_small_file(const std::string& path, std::size_t limit) {
    std::ifstream file(path, std::ios::binary);
    std::string text(limit + 1, '\0');
    if (!file) return std::nullopt;
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad() || text.size() > limit) return std::nullopt;
    return text;
}

// Whoever answers gets our token and chooses who we are.
bool may_be_asked(const OutboundUrl& url) {
    constexpr auto kHosts = std::to_array<std::string_view>(
        {"127.0.0.1", "::1", "localhost", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"});
    return url.tls || std::ranges::find(kHosts, url.host) != kHosts.end();
}

}  // namespace

std::string VariablesPlace::name() const { return "AWS_ACCESS_KEY_ID"; }

Task<Result<Credentials>> VariablesPlace::fetch() {
    if (environment_.access_key_id.empty() && environment_.secret_access_key.empty())
        co_return absent();
    if (environment_.access_key_id.empty() || environment_.secret_access_key.empty())
        co_return broken("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together");
    co_return Credentials{.access_key_id = environment_.access_key_id,
                          .secret_access_key = environment_.secret_access_key,
                          .session_token = environment_.session_token};
}

ProfilePlace::ProfilePlace(const AwsEnvironment& environment)
    : path_(environment.credentials_file),
      profile_(environment.profile.empty() ? "default" : environment.profile),
      is_named_(!environment.profile.empty() || !environment.credentials_file.empty()) {
    if (path_.empty() && !environment.home.empty()) path_ = environment.home + "/.aws/credentials";
}

std::string ProfilePlace::name() const {
    return "profile " + profile_ + " of " + (path_.empty() ? "~/.aws/credentials" : path_);
}

Task<Result<Credentials>> ProfilePlace::fetch() {
    const auto text = read_small_file(path_, kCredentialsFileMaxBytes);
    if (!text && !is_named_) co_return absent();
    if (!text) co_return broken("the file cannot be read");
    auto credentials = parse_credentials_file(*text, profile_);
    if (credentials || (credentials.error().kind == ErrorKind::NotFound && !is_named_))
        co_return credentials;
    co_return broken(credentials.error().detail);
}

ContainerPlace::ContainerPlace(const AwsEnvironment& environment, HttpClient& http,
                               const Clock& clock)
    : environment_(environment), http_(http), clock_(clock) {
    url_ = environment.container_path.empty()
               ? environment.container_url
               : std::string(kContainerHost) + environment.container_path;
}

std::string ContainerPlace::name() const { return "AWS_CONTAINER_CREDENTIALS_*_URI"; }

Result<std::string> ContainerPlace::token() const {
    if (environment_.container_token_file.empty()) return environment_.container_token.reveal();
    auto text = read_small_file(environment_.container_token_file, kAnswerMaxBytes);
    if (!text) return broken("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read");
    while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
    return *text;
}

Task<Result<Credentials>> ContainerPlace::fetch() {
    if (url_.empty()) co_return absent();
    const auto url = parse_outbound_url(url_);
    if (!url || !may_be_asked(*url)) co_return broken("this URL is not asked for credentials");
    const auto token_text = token();
    if (!token_text) co_return std::unexpected(token_text.error());
    OutboundRequest request{.url = url_, .body_limit_bytes = kAnswerMaxBytes};
    if (!token_text->empty()) request.headers.emplace_back("Authorization", *token_text);
    request.deadline = clock_.steady_now() + kServiceLimit;
    const auto answer = co_await http_.send(std::move(request));
    if (!answer) co_return broken(answer.error().code + ' ' + answer.error().detail);
    if (answer->status != 200) co_return broken("HTTP " + std::to_string(answer->status));
    auto credentials = parse_credentials_answer(answer->body);
    if (!credentials) co_return broken(credentials.error().detail);
    co_return credentials;
}

InstancePlace::InstancePlace(const AwsEnvironment& environment, HttpClient& http,
                             const Clock& clock)
    : endpoint_(environment.metadata_endpoint.empty() ? std::string(kInstanceEndpoint)
                                                      : environment.metadata_endpoint),
      disabled_(environment.metadata_disabled == "true"),
      http_(http),
      clock_(clock) {
    while (endpoint_.ends_with('/')) endpoint_.pop_back();
}

std::string InstancePlace::name() const { return "the instance's role (" + endpoint_ + ')'; }

Task<Result<std::string>> InstancePlace::ask(std::string method, std::string path,
                                             std::pair<std::string, std::string> header) {
    OutboundRequest request{.method = std::move(method), .url = endpoint_ + path};
    request.headers.push_back(std::move(header));
    request.deadline = clock_.steady_now() + kServiceLimit;
    request.body_limit_bytes = kAnswerMaxBytes;
    auto answer = co_await http_.send(std::move(request));
    if (!answer) co_return broken(answer.error().code);
    if (answer->status != 200) co_return broken("HTTP " + std::to_string(answer->status));
    co_return std::move(answer->body);
}

Task<Result<Credentials>> InstancePlace::fetch() {
    if (disabled_) co_return absent();
    const auto session =
        co_await ask("PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds", "21600"});
    if (!session) co_return std::unexpected(session.error());
    const std::pair<std::string, std::string> proof{"X-aws-ec2-metadata-token", *session};
    auto role = co_await ask("GET", std::string(kRolePath), proof);
    if (!role) co_return std::unexpected(role.error());
    const auto first = role->substr(0, role->find('\n'));
    if (first.empty()) co_return broken("the instance has no role");
    const auto answer = co_await ask("GET", std::string(kRolePath) + first, proof);
    if (!answer) co_return std::unexpected(answer.error());
    auto credentials = parse_credentials_answer(*answer);
    if (!credentials) co_return broken(credentials.error().detail);
    co_return credentials;
}

}  // namespace imagify::aws
