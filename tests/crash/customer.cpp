#include "crash/customer.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "vnpay/second_signer.hpp"

namespace imagify::testing {
namespace {

constexpr auto kPrompt = R"({"prompt":"chợ nổi lúc bình minh"})";
constexpr auto kPlan = R"({"planId":"basic"})";

boost::json::value json_of(const Reply& reply) {
    boost::json::error_code failed;
    auto value = boost::json::parse(reply.body, failed);
    return failed ? boost::json::value() : value;
}

std::string text_of(const boost::json::value& value, std::string_view name) {
    const auto* const object = value.if_object();
    const auto* const member = object == nullptr ? nullptr : object->if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

std::string credentials(const std::string& email, const std::string& password) {
    return fmt::format(R"({{"email":"{}","password":"{}"}})", email, password);
}

bool was_paid(std::string_view status) {
    return status == "paid" || status == "refunding" || status == "refunded";
}

std::string idempotent(const std::string& key) { return "Idempotency-Key: " + key + "\r\n"; }

}  // namespace

Customer::Customer(std::string name, std::uint64_t seed) : name_(std::move(name)), dice_(seed) {
    memory_.email = name_ + "@example.vn";
    memory_.password = "a long pass phrase of " + name_;
}

std::optional<Reply> Customer::ask(const std::string& method, const std::string& target,
                                   const std::string& body, const std::string& more_headers) {
    auto reply = line_->ask(http_request(method, target, body, memory_.token, more_headers));
    if (!reply || !reply->complete) return std::nullopt;
    ++memory_.acknowledged;
    return reply;
}

void Customer::sign_up(std::uint16_t port) {
    line_ = std::make_unique<HttpProbe>(port);
    const auto reply =
        ask("POST", "/auth/register",
            fmt::format(R"({{"email":"{}","password":"{}"}})", memory_.email, memory_.password));
    if (!reply || reply->status != 201) throw std::runtime_error("no account for " + name_);
    const auto answer = json_of(*reply);
    memory_.token = text_of(answer, "token");
    memory_.user_id = text_of(answer.at("user"), "id");
}

std::vector<std::string> Customer::locked_out(std::uint16_t port) {
    line_ = std::make_unique<HttpProbe>(port);
    std::vector<std::string> emails{memory_.email};
    if (!memory_.accounts.empty()) emails.push_back(*memory_.accounts.begin());
    if (!memory_.accounts.empty()) emails.push_back(*memory_.accounts.rbegin());
    std::erase_if(emails, [this](const std::string& email) {
        const auto reply = ask("POST", "/auth/login", credentials(email, memory_.password));
        ++looked_back_;
        return reply && reply->status == 200;
    });
    return emails;
}

bool Customer::sign_up_another() {
    if (!dice_.one_in(4)) return true;  // A hash costs as much as twenty other requests.
    const auto email = fmt::format("{}-{}@example.vn", name_, ++counter_);
    const auto reply = ask("POST", "/auth/register", credentials(email, memory_.password));
    if (!reply) return false;
    if (reply->status == 201) {
        memory_.accounts.insert(email);
    } else {
        contradict(fmt::format("{} could not sign up: {}", email, reply->status));
    }
    return true;
}

void Customer::live(std::uint16_t port, int requests) {
    memory_.ready_in_this_life.clear();
    line_ = std::make_unique<HttpProbe>(port);
    for (int i = 0; i < requests && line_->connected(); ++i) {
        if (!act()) return;
    }
}

bool Customer::act() {
    using Act = bool (Customer::*)();
    // Weighted by repetition.
    static constexpr auto kActs = std::to_array<Act>(
        {&Customer::paint_new,         &Customer::paint_new,      &Customer::paint_new,
         &Customer::paint_new,         &Customer::paint_again,    &Customer::order_new,
         &Customer::order_new,         &Customer::order_new,      &Customer::order_again,
         &Customer::be_told,           &Customer::be_told,        &Customer::be_told,
         &Customer::be_told_by_forger, &Customer::come_back,      &Customer::pay_in_simulator,
         &Customer::look_at_order,     &Customer::cancel_one,     &Customer::remove_one,
         &Customer::refund_one,        &Customer::refund_one,     &Customer::check_refund,
         &Customer::end_refund,        &Customer::sign_up_another});
    return (this->*dice_.pick<Act>(kActs))();
}

bool Customer::paint(const std::string& key, bool wait) {
    memory_.pictures.try_emplace(key);
    const auto reply = ask("POST", "/image/generate-image", kPrompt,
                           idempotent(key) + (wait ? "" : "Prefer: respond-async\r\n"));
    if (!reply) return false;
    if (reply->status == 200 || reply->status == 202) {
        note_picture(key, json_of(*reply), reply->status == 200);
    }
    return true;
}

void Customer::note_picture(const std::string& key, const boost::json::value& answer,
                            bool is_ready) {
    const auto id = text_of(answer, "imageId");
    auto& known = memory_.pictures[key];
    if (!known.empty() && known != id) contradict("key " + key + " made two pictures");
    known = id;
    if (!is_ready || memory_.removing.contains(id)) return;
    if (memory_.removed.contains(id)) contradict("picture " + id + " came back after its removal");
    memory_.ready.insert(id);
    memory_.ready_in_this_life.insert(id);
}

bool Customer::paint_new() {
    return paint(fmt::format("picture-{}", ++counter_), !dice_.one_in(4));
}

bool Customer::paint_again() {
    if (memory_.pictures.empty()) return true;
    auto chosen = memory_.pictures.begin();
    std::advance(chosen, dice_.roll(memory_.pictures.size()));
    return paint(std::string(chosen->first), true);
}

bool Customer::cancel_one() {
    const auto key = fmt::format("picture-{}", ++counter_);
    if (!paint(key, false)) return false;
    const auto id = memory_.pictures[key];
    return id.empty() || ask("POST", "/image/" + id + "/cancel");
}

bool Customer::remove_one() {
    const auto id = some_ready();
    if (id.empty()) return true;
    memory_.ready.erase(id);
    memory_.ready_in_this_life.erase(id);
    memory_.removing.insert(id);
    const auto reply = ask("DELETE", "/image/" + id);
    if (!reply) return false;
    if (reply->status == 204) {
        memory_.removing.erase(id);
        memory_.removed.insert(id);
    } else {
        contradict(fmt::format("picture {} could not be removed: {}", id, reply->status));
    }
    return true;
}

bool Customer::order(const std::string& key) {
    memory_.orders.try_emplace(key);
    const auto reply = ask("POST", "/user/pay-vnpay", kPlan, idempotent(key));
    if (!reply) return false;
    if (reply->status != 201) {
        contradict(fmt::format("order {} was answered {}", key, reply->status));
        return true;
    }
    const auto answer = json_of(*reply);
    auto& known = memory_.orders[key];
    const auto id = text_of(answer, "transactionId");
    const auto address = text_of(answer, "paymentUrl");
    if (!known.id.empty() && (known.id != id || known.address != address)) {
        contradict("key " + key + " made two orders");
    }
    if (known.id.empty()) known = {.id = id, .address = address, .number = "9" + dice_.digits(13)};
    return true;
}

bool Customer::order_new() { return order(fmt::format("order-{}", ++counter_)); }

bool Customer::order_again() {
    if (memory_.orders.empty()) return true;
    auto chosen = memory_.orders.begin();
    std::advance(chosen, dice_.roll(memory_.orders.size()));
    return order(std::string(chosen->first));
}

const Memory::Order* Customer::some_order() {
    if (memory_.orders.empty()) return nullptr;
    auto chosen = memory_.orders.begin();
    std::advance(chosen, dice_.roll(memory_.orders.size()));
    return chosen->second.id.empty() ? nullptr : &chosen->second;
}

std::string Customer::some_ready() {
    if (memory_.ready.empty()) return "";
    auto chosen = memory_.ready.begin();
    std::advance(chosen, dice_.roll(memory_.ready.size()));
    return *chosen;
}

std::string Customer::notice_of(const Memory::Order& order, std::string_view secret) const {
    return second::notice(secret, {{"vnp_Amount", "25000000"},
                                   {"vnp_BankCode", "NCB"},
                                   {"vnp_OrderInfo", "Imagify"},
                                   {"vnp_ResponseCode", "00"},
                                   {"vnp_TmnCode", kCrashTerminal},
                                   {"vnp_TransactionNo", order.number},
                                   {"vnp_TransactionStatus", "00"},
                                   {"vnp_TxnRef", order.id}});
}

bool Customer::be_told() {
    const auto* const order = some_order();
    if (order == nullptr) return true;
    memory_.told.insert(order->id);
    const auto query = notice_of(*order, kCrashHashSecret.reveal());
    const auto reply = ask("GET", "/payment/vnpay-ipn?" + query);
    if (!reply) return false;
    const auto code = text_of(json_of(*reply), "RspCode");
    if (code == "00" && memory_.paid.contains(order->id)) contradict(order->id + " was paid twice");
    if (code == "00" || code == "02") {
        memory_.paid.insert(order->id);
    } else {
        contradict("a genuine notice was answered " + code);
    }
    return true;
}

bool Customer::be_told_by_forger() {
    const auto* const order = some_order();
    if (order == nullptr) return true;
    const auto reply = ask("GET", "/payment/vnpay-ipn?" + notice_of(*order, "another secret"));
    if (!reply) return false;
    if (text_of(json_of(*reply), "RspCode") != "97") contradict("a forged notice was believed");
    return true;
}

bool Customer::come_back() {
    const auto* const order = some_order();
    if (order == nullptr || !memory_.told.contains(order->id)) return true;
    const auto query = notice_of(*order, kCrashHashSecret.reveal());
    const auto reply = ask("GET", "/user/vnpay-return?" + query);
    if (!reply) return false;
    const auto status = text_of(json_of(*reply), "status");
    if (memory_.paid.contains(order->id) && !was_paid(status)) contradict(order->id + " is unpaid");
    return true;
}

// The customer pays on the simulator's page, which tells the server over its own connection.
bool Customer::pay_in_simulator() {
    const auto* const order = some_order();
    if (order == nullptr || memory_.told.contains(order->id)) return true;
    memory_.told.insert(order->id);
    const auto query = order->address.substr(order->address.find('?') + 1);
    return ask("POST", "/dev/vnpay/pay", "card=ncb&query=" + second::quote(query),
               "Content-Type: application/x-www-form-urlencoded\r\n")
        .has_value();
}

bool Customer::look_at_order() {
    const auto* const order = some_order();
    if (order == nullptr) return true;
    const auto reply = ask("GET", "/user/transactions/" + order->id);
    if (!reply) return false;
    if (reply->status != 200) {
        contradict(fmt::format("order {} is gone: {}", order->id, reply->status));
        return true;
    }
    const bool paid = was_paid(text_of(json_of(*reply), "status"));
    if (paid) memory_.paid.insert(order->id);
    if (!paid && memory_.paid.contains(order->id)) contradict(order->id + " is unpaid again");
    return true;
}

// The answer is a refusal when the order is not paid, refunded before, or its credits are spent.
bool Customer::refund_one() {
    const auto* const order = some_order();
    if (order == nullptr || !is_operator_) return true;
    ++memory_.refunds_asked;
    const auto body = dice_.one_in(2) ? R"({"note":"the customer asked","credits":40})"
                                      : R"({"note":"the customer asked"})";
    const auto reply = ask("POST", "/admin/orders/" + order->id + "/refund", body);
    if (!reply) return false;
    if (reply->status == 202) memory_.refunded.insert(order->id);
    if (reply->status != 202 && reply->status != 409) {
        contradict(fmt::format("a refund was answered {}", reply->status));
    }
    return true;
}

bool Customer::check_refund() {
    if (memory_.refunded.empty() || !is_operator_) return true;
    const auto chosen = std::next(memory_.refunded.begin(),
                                  static_cast<std::ptrdiff_t>(dice_.roll(memory_.refunded.size())));
    return ask("POST", "/admin/orders/" + *chosen + "/check").has_value();
}

bool Customer::end_refund() {
    if (memory_.refunded.empty() || !is_operator_) return true;
    const auto chosen = std::next(memory_.refunded.begin(),
                                  static_cast<std::ptrdiff_t>(dice_.roll(memory_.refunded.size())));
    const auto body = dice_.one_in(2) ? R"({"note":"seen at the bank","outcome":"done"})"
                                      : R"({"note":"the bank refused","outcome":"rejected"})";
    return ask("POST", "/admin/orders/" + *chosen + "/refund/close", body).has_value();
}

void Customer::look_back(std::uint16_t port) {
    line_ = std::make_unique<HttpProbe>(port);
    auto pictures = memory_.ready_in_this_life;
    for (int i = 0; i < 2; ++i) {
        if (auto id = some_ready(); !id.empty()) pictures.insert(std::move(id));
    }
    for (const auto& id : pictures) {
        const auto reply = ask("GET", "/image/" + id + "/file");
        ++looked_back_;
        if (!reply || reply->status != 200) contradict("picture " + id + " is gone");
    }
    if (!memory_.removed.empty()) {
        const auto reply = ask("GET", "/image/" + *memory_.removed.rbegin());
        ++looked_back_;
        if (!reply || reply->status != 404) contradict("a removed picture came back");
    }
    if (!paint_again() || !order_again() || !look_at_order()) contradict("no answer after a start");
    looked_back_ += 3;
}

void Customer::contradict(std::string what) {
    contradictions_.push_back(name_ + ": " + std::move(what));
}

}  // namespace imagify::testing
