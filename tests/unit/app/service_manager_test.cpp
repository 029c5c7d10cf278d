// What systemd hears of the server.
#include "app/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <map>

#include "support/temp_folder.hpp"

namespace imagify {
namespace {

// The manager's end. A name that starts with @ has no file.
class Ear {
public:
    explicit Ear(const std::string& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path, name.size());
        if (name.front() == '@') address.sun_path[0] = '\0';
        const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length) != 0) {
            throw std::runtime_error("bind");
        }
    }
    ~Ear() { ::close(socket_); }
    Ear(const Ear&) = delete;
    Ear& operator=(const Ear&) = delete;

    std::string heard() const {
        std::array<char, 256> words{};
        const auto size = ::recv(socket_, words.data(), words.size(), MSG_DONTWAIT);
        return {words.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }

private:
    int socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

ServiceManager manager(std::map<std::string, std::string, std::less<>> variables) {
    return ServiceManager([&variables](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    });
}

TEST(ServiceManager, TellsTheSocketOfNotifySocket) {
    const testing::TempFolder folder;
    const auto path = (folder.path() / "notify").string();
    const Ear ear(path);
    const auto systemd = manager({{"NOTIFY_SOCKET", path}});

    systemd.ready("https://pictures.example");
    systemd.alive();
    systemd.stopping();

    EXPECT_EQ(ear.heard(), "READY=1\nSTATUS=Serves https://pictures.example");
    EXPECT_EQ(ear.heard(), "WATCHDOG=1");
    EXPECT_TRUE(ear.heard().starts_with("STOPPING=1\n"));
}

TEST(ServiceManager, KnowsNamesWithoutAFile) {
    const auto name = "@imagify-test-" + std::to_string(::getpid());
    const Ear ear(name);

    manager({{"NOTIFY_SOCKET", name}}).alive();

    EXPECT_EQ(ear.heard(), "WATCHDOG=1");
}

TEST(ServiceManager, IsSilentWhereNobodyListens) {
    manager({}).ready("http://127.0.0.1:8080");
    manager({{"NOTIFY_SOCKET", "/nowhere/to/be/found"}}).ready("http://127.0.0.1:8080");
    manager({{"NOTIFY_SOCKET", std::string(200, 'x')}}).ready("http://127.0.0.1:8080");
}

TEST(ServiceManager, IsAliveTwiceInTheTimeThatTheWatchdogAllows) {
    EXPECT_EQ(manager({{"WATCHDOG_USEC", "30000000"}}).alive_every(), std::chrono::seconds(15));
    for (const auto* nonsense : {"", "0", "-5", "12x", "1999", "99999999999999999999"}) {
        EXPECT_FALSE(manager({{"WATCHDOG_USEC", nonsense}}).alive_every()) << nonsense;
    }
    EXPECT_FALSE(manager({}).alive_every());
}

}  // namespace
}  // namespace imagify
