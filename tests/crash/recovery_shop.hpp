#pragma once

#include <sqlite3.h>

#include "app/backup/backups.hpp"
#include "crash/recovery.hpp"

namespace imagify::testing {

/// A server with a folder for its backups, both on one disk here.
struct Shop {
    /// Backups by itself.
    explicit Shop(const RecoveryOptions& options)
        : backups(make_backups(options)),
          server({"BACKUP_TO=" + backups.path().string()}, options.folder) {}
    Shop(const RecoveryOptions& options, std::vector<std::string> environment)
        : backups(make_backups(options)), server(std::move(environment), options.folder) {}

    static TempFolder make_backups(const RecoveryOptions& options);

    void lose_disk() { std::filesystem::remove_all(server.data()); }
    int back_up() { return server.command({"backup", "--to", backups.path().string()}); }
    int restore() { return server.command({"restore", "--from", backups.path().string()}); }
    std::size_t count() const { return list_backups(backups.path()).size(); }

    /// The server says that changes are shipped now.
    bool is_followed() const;

    TempFolder backups;
    ServerProcess server;
};

/// So many buyers with accounts of that name.
std::vector<std::unique_ptr<Buyer>> let_buy(const Shop& shop, int count, const std::string& name);

/// Stops them; everything that was acknowledged to them.
std::vector<AcknowledgedOrder> collect(const std::vector<std::unique_ptr<Buyer>>& buyers);

bool has_order(sqlite3* books, const std::string& id);

/// Until each has so many orders that nobody collected yet; less when the server dies.
void wait_for_orders(const std::vector<std::unique_ptr<Buyer>>& buyers, std::size_t each);

}  // namespace imagify::testing
