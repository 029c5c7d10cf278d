#include "usecases/deliver_mail.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "base/failpoint.hpp"
#include "base/log.hpp"

namespace imagify {
namespace {

// Up to a tenth more, so that letters that failed together do not come back together.
constexpr int kJitterSteps = 256;
constexpr int kJitterShare = 10;

// "a***@example.com": enough to find a letter by, too little to write to.
std::string masked(std::string_view address) {
    const auto at = address.find('@');
    if (at == std::string_view::npos || at == 0) return "***";
    return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
}

TimePoint worthless_from(const OutboxMail& mail) {
    const auto purpose = link_purpose(mail.kind);
    return mail.created_at + (purpose ? lifetime(*purpose) : kNoticeLifetime);
}

}  // namespace

struct DeliverMail::Round {
    std::vector<OutboxMail> mails;
    std::size_t next = 0;
};

Task<Result<int>> DeliverMail::run() {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await settle_open_verdicts();
    auto due = co_await parts_.outbox.due_mails(parts_.clock.now(), kMailRoundLimit);
    if (!due) co_return std::unexpected(due.error());
    const auto sent_before = sent_.load();
    Round round{.mails = std::move(*due)};
    static_assert(kMailsAtOnce == 4);
    if (round.mails.size() <= 1) {
        co_await work_off(*this, round);
    } else {
        co_await (work_off(*this, round) && work_off(*this, round) && work_off(*this, round) &&
                  work_off(*this, round));
    }
    co_return static_cast<int>(sent_.load() - sent_before);
}

MailCounts DeliverMail::counts() const {
    return {.sent = sent_, .failed = failed_, .given_up = given_up_};
}

Task<void> DeliverMail::settle_open_verdicts() {
    const auto open = unsettled_;
    for (const auto& [id, verdict] : open) co_await settle(id, verdict);
}

Task<void> DeliverMail::work_off(DeliverMail& self, Round& round) {
    while (round.next < round.mails.size()) {
        auto mail = std::move(round.mails[round.next++]);
        co_await self.deliver(std::move(mail));
    }
}

Task<void> DeliverMail::deliver(OutboxMail mail) {
    if (unsettled_.contains(mail.id)) co_return;
    const auto now = parts_.clock.now();
    const auto claimed = co_await parts_.outbox.claim_mail(mail.id, now, now + kMailClaim);
    if (!claimed || !*claimed) co_return;
    if (parts_.clock.now() >= worthless_from(mail)) {
        give_up(mail, "too_late", "");
        co_return co_await settle(mail.id, std::nullopt);
    }
    const auto link_text = mail.link.empty() ? std::string() : parts_.links.text_of(mail.link);
    const auto sent = co_await parts_.mailer.send(compose_letter(mail, link_text, parts_.head));
    FAILPOINT("mail.after_send");
    if (!sent) {
        const auto verdict = judge(mail, sent.error());
        co_return co_await settle(mail.id, verdict);
    }
    ++sent_;
    log_event(LogLevel::Info, "mail.sent",
              {{"mailId", mail.id.text()},
               {"kind", to_text(mail.kind)},
               {"attempts", mail.attempts + 1}});
    co_await settle(mail.id, std::nullopt);
}

DeliverMail::Verdict DeliverMail::judge(const OutboxMail& mail, const Error& error) {
    ++failed_;
    const auto next = next_attempt(mail);
    if (error.kind == ErrorKind::Invalid) {
        give_up(mail, error.code, error.detail);
        return std::nullopt;
    }
    if (next >= worthless_from(mail)) {
        give_up(mail, "too_late", error.detail);
        return std::nullopt;
    }
    log_event(LogLevel::Warning, "mail.failed",
              {{"mailId", mail.id.text()},
               {"kind", to_text(mail.kind)},
               {"attempts", mail.attempts + 1},
               {"code", std::string_view(error.code)},
               {"detail", std::string_view(error.detail)}});
    return next;
}

void DeliverMail::give_up(const OutboxMail& mail, std::string_view reason,
                          std::string_view detail) {
    ++given_up_;
    const auto to = masked(mail.to);
    log_event(LogLevel::Error, "mail.given_up",
              {{"mailId", mail.id.text()},
               {"kind", to_text(mail.kind)},
               {"to", std::string_view(to)},
               {"attempts", mail.attempts},
               {"reason", reason},
               {"detail", detail}});
}

Task<void> DeliverMail::settle(MailId id, Verdict verdict) {
    const auto settled = verdict ? co_await parts_.outbox.postpone_mail(id, *verdict)
                                 : co_await parts_.outbox.remove_mail(id);
    if (settled) {
        unsettled_.erase(id);
    } else {
        unsettled_.insert_or_assign(std::move(id), verdict);
    }
}

TimePoint DeliverMail::next_attempt(const OutboxMail& mail) const {
    const auto step =
        std::min<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(mail.attempts, 0)),
                              kMailSchedule.size() - 1);
    const std::chrono::milliseconds pause = kMailSchedule[step];
    std::array<std::byte, 1> roll{};
    parts_.random.fill(roll);
    return parts_.clock.now() + pause +
           pause * static_cast<int>(roll[0]) / (kJitterSteps * kJitterShare);
}

}  // namespace imagify
