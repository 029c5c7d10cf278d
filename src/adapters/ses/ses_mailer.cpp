#include "adapters/ses/ses_mailer.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "adapters/aws/digest.hpp"
#include "adapters/mime/letter_writer.hpp"
#include "domain/account.hpp"

namespace imagify::ses {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds kTimeLimit{20};

std::string endpoint_of(const SesSettings& settings) {
    return aws::regional_endpoint("email", settings.region, settings.endpoint);
}

std::unexpected<Error> unavailable(std::string detail) {
    return fail(ErrorKind::Unavailable, "mail.unavailable", std::move(detail));
}

std::unexpected<Error> refusal(const aws::ServiceAnswer& answer) {
    auto detail = "SES: " + answer.fault;
    // Only here a text decides: SES says the same of a sender that nobody verified and of a letter
    // that it does not like, and a letter must not be lost for the former.
    const bool unverified = answer.fault_message.contains("not verified");
    const bool is_final =
        answer.fault == "MessageRejected" || answer.fault == "BadRequestException";
    if (is_final && !unverified) return fail(ErrorKind::Invalid, "mail.refused", std::move(detail));
    if (unverified || answer.fault == "MailFromDomainNotVerifiedException")
        detail += "; verify MAIL_FROM's address or domain in SES, and leave its sandbox";
    if (answer.fault == "AccountSuspendedException" || answer.fault == "SendingPausedException")
        detail += "; sending is paused: see the SES console";
    if (answer.fault == "LimitExceededException") detail += "; the sending quota is used up";
    return unavailable(std::move(detail));
}

}  // namespace

SesMailer::SesMailer(SesSettings settings, aws::ServiceClient::Parts parts)
    : settings_(std::move(settings)),
      client_({.service = "ses",
               .region = settings_.region,
               .endpoint = endpoint_of(settings_),
               .time_limit = kTimeLimit},
              parts),
      clock_(parts.clock) {}

Task<Result<void>> SesMailer::send(Letter letter) {
    const auto recipient = Email::parse(letter.to);
    if (!recipient || recipient->text() != letter.to)
        co_return fail(ErrorKind::Invalid, "mail.refused", "the recipient is no address");
    const auto message = write_letter(letter, settings_.from, clock_.now());
    json::object request{
        {"Destination", json::object{{"ToAddresses", json::array{json::value(letter.to)}}}},
        {"Content", json::object{{"Raw", json::object{{"Data", aws::base64(message)}}}}}};
    if (!settings_.configuration_set.empty())
        request["ConfigurationSetName"] = settings_.configuration_set;
    const auto answer = co_await client_.call({.path = "/v2/email/outbound-emails",
                                               .headers = {{"Content-Type", "application/json"}},
                                               .body = json::serialize(request)});
    if (!answer) co_return unavailable(answer.error().detail);
    if (!answer->succeeded()) co_return refusal(*answer);
    co_return Result<void>{};
}

Task<Result<void>> SesMailer::check() {
    const auto answer = co_await client_.call({.method = "GET", .path = "/v2/email/account"});
    if (!answer) co_return unavailable(answer.error().detail);
    if (!answer->succeeded()) co_return refusal(*answer);
    boost::system::error_code error;
    const auto value = json::parse(answer->body, error);
    const auto* const enabled =
        !error && value.is_object() ? value.get_object().if_contains("SendingEnabled") : nullptr;
    if (enabled != nullptr && enabled->is_bool() && !enabled->get_bool())
        co_return unavailable("SES: sending is paused: see the SES console");
    co_return Result<void>{};
}

}  // namespace imagify::ses
