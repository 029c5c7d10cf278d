#pragma once

#include <sys/types.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "support/http_probe.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

inline const Secret kCrashHashSecret("TESTONLYINVENTEDSECRETKEY0000001");
inline constexpr const char* kCrashTerminal = "TESTTMN1";

/// An HTTP request as it goes over the wire; `token` may be empty.
std::string http_request(const std::string& method, const std::string& target,
                         const std::string& body = {}, const std::string& token = {},
                         const std::string& more_headers = {});

/// A port of 127.0.0.1 that nothing listens on and that no outgoing connection gets.
std::uint16_t free_port();

/// The real program on a data folder of its own, which can be killed and started again. Throws
/// when the program cannot be started. One thread, except for `port` and `ask`.
class ServerProcess {
public:
    /// `environment` ("NAME=value") comes on top of what every test needs; the folder is made
    /// inside `parent`.
    explicit ServerProcess(
        std::vector<std::string> environment = {},
        const std::filesystem::path& parent = std::filesystem::temp_directory_path());
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// Starts it and waits until it is ready.
    void start();
    /// Starts it and does not wait.
    void launch();
    /// From now on a visit of this failpoint kills the process.
    void arm(const std::string& failpoint);
    /// True when it came to its end by itself within `patience`.
    bool ends_within(std::chrono::microseconds patience) const;
    /// Waits for the end of the killed process; true when SIGKILL ended it.
    bool was_killed();
    /// SIGKILL at this moment.
    void kill_now();

    /// One request on a connection of its own; nothing when the server died over it.
    std::optional<Reply> ask(const std::string& method, const std::string& target,
                             const std::string& body = {}, const std::string& token = {},
                             const std::string& more_headers = {}) const;
    /// Exit code of an `imagify` command on the data, beside the server or without it.
    int command(std::vector<std::string> arguments);
    int verify() { return command({"verify"}); }
    /// Exit code of `imagify health` for its port.
    int health();

    std::uint16_t port() const { return port_; }
    /// -1 while it does not run.
    pid_t process_id() const { return process_; }
    std::filesystem::path data() const { return folder_.path() / "data"; }

private:
    int run(const std::vector<std::string>& arguments);
    pid_t spawn(const std::vector<std::string>& arguments, int output);

    TempFolder folder_;
    std::vector<std::string> environment_;
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
    /// What it prints; the end of it is the end of the process.
    int output_ = -1;
};

}  // namespace imagify::testing
