#include "adapters/dynamodb/books.hpp"

namespace imagify::dynamodb {
namespace {

// True while a later round of its deletion may still find something of it.
bool is_being_tidied(const Item& account) { return account.has("duePk"); }

std::set<std::string> owners_of_links(const Books& books) {
    std::set<std::string> owners;
    for (const auto& [key, item] : books.people) {
        if (key.starts_with("link#")) owners.insert(item.text("owner"));
    }
    return owners;
}

std::set<std::string> owners_of_pictures(const Books& books) {
    std::set<std::string> owners;
    for (const auto& [id, item] : books.generations) {
        if (!item.has("deletedAt")) owners.insert(item.text("owner"));
    }
    return owners;
}

bool keeps_something(const std::string& user, const Item& account) {
    return account.has("name") || account.has("passwordHash") || account.has("otpSecret") ||
           account.text("email") != "deleted:" + user;
}

void check_deleted(const Books& books, std::vector<Violation>& found) {
    const auto links = owners_of_links(books);
    const auto pictures = owners_of_pictures(books);
    for (const auto& [user, account] : books.accounts) {
        if (!is_gone(account)) continue;
        const bool left =
            !is_being_tidied(account) && (account.number("held") != 0 || pictures.contains(user));
        if (left || keeps_something(user, account) || links.contains(user) ||
            books.people.contains(access_key(UserId(user)))) {
            found.push_back({"I12 a deleted account keeps nothing of its person", user,
                             "deleted, but something is left"});
        }
    }
}

void check_addresses(const Books& books, std::vector<Violation>& found) {
    std::map<std::string, int> addresses;
    for (const auto& [user, account] : books.accounts) {
        const auto email = account.text("email");
        ++addresses[email];
        if (is_gone(account)) continue;
        const auto guard = books.people.find(email_key(email));
        if (guard == books.people.end() || guard->second.text("owner") != user) {
            found.push_back(
                {"I12 e-mail addresses are unique", user, "its address is not its own"});
        }
    }
    for (const auto& [email, count] : addresses) {
        if (count > 1) {
            found.push_back(
                {"I12 e-mail addresses are unique", email, std::to_string(count) + " accounts"});
        }
    }
}

}  // namespace

void check_people(const Books& books, std::vector<Violation>& found) {
    check_addresses(books, found);
    check_deleted(books, found);
    for (const auto& [user, account] : books.accounts) {
        const auto promised = account.number("giftPending");
        if (promised > 0 && books.entry(LedgerKind::Grant, user) != nullptr) {
            found.push_back({"I12 a gift is promised or given", user,
                             "promised " + std::to_string(promised) + ", but given"});
        }
    }
}

}  // namespace imagify::dynamodb
