#pragma once

#include <sys/types.h>

#include <boost/json.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "support/http_probe.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

inline const Secret kCrashHashSecret("TESTONLYINVENTEDSECRETKEY0000001");
inline constexpr const char* kCrashTerminal = "TESTTMN1";

/// The real program on a data folder of its own, which can be killed and started again.
class ServerProcess {
public:
    ServerProcess();
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// Starts it and waits until it is ready.
    void start();
    /// From now on a visit of this failpoint kills the process.
    void arm(const std::string& failpoint);
    /// Waits for the end of the killed process; true when SIGKILL ended it.
    bool was_killed();
    /// SIGKILL at this moment.
    void kill_now();

    /// One request on a connection of its own; nothing when the server died over it.
    std::optional<Reply> ask(const std::string& method, const std::string& target,
                             const std::string& body = {}, const std::string& token = {},
                             const std::string& more_headers = {});
    /// Exit code of `imagify verify` on the data.
    int verify();

private:
    pid_t spawn(const std::vector<std::string>& arguments);

    TempFolder folder_;
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
};

}  // namespace imagify::testing
