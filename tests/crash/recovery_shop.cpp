#include "crash/recovery_shop.hpp"

#include <thread>

#include "crash/large_ledger.hpp"

namespace imagify::testing {
namespace {

constexpr std::chrono::seconds kPatience{30};

}  // namespace

TempFolder Shop::make_backups(const RecoveryOptions& options) {
    std::filesystem::create_directories(options.folder);
    return TempFolder(options.folder);
}

bool Shop::is_followed() const {
    constexpr std::string_view kName = "\nimagify_shipped_time_seconds ";
    const auto limit = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < limit) {
        const auto reply = server.ask("GET", "/metrics");
        const auto at = reply ? reply->body.find(kName) : std::string::npos;
        if (at != std::string::npos && reply->body[at + kName.size()] != '0') return true;
        std::this_thread::yield();
    }
    return false;
}

std::vector<std::unique_ptr<Buyer>> let_buy(const Shop& shop, int count, const std::string& name) {
    std::vector<std::unique_ptr<Buyer>> buyers;
    for (int i = 0; i < count; ++i) {
        buyers.push_back(
            std::make_unique<Buyer>(shop.server.port(), name + "-" + std::to_string(i)));
    }
    return buyers;
}

std::vector<AcknowledgedOrder> collect(const std::vector<std::unique_ptr<Buyer>>& buyers) {
    std::vector<AcknowledgedOrder> all;
    for (const auto& buyer : buyers) {
        buyer->stop();
        for (auto& order : buyer->take()) all.push_back(std::move(order));
    }
    return all;
}

bool has_order(sqlite3* books, const std::string& id) {
    const auto sql = "SELECT count(*) FROM orders WHERE order_id = '" + id + "'";
    return ask_number(books, sql.c_str()) == 1;
}

void wait_for_orders(const std::vector<std::unique_ptr<Buyer>>& buyers, std::size_t each) {
    for (const auto& buyer : buyers) buyer->wait_for(each);
}

}  // namespace imagify::testing
