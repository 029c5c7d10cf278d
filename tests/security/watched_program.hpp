#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/http_probe.hpp"
#include "support/temp_folder.hpp"

namespace imagify::testing {

/// The real program in a folder of its own; everything that it prints is kept.
class WatchedProgram {
public:
    explicit WatchedProgram(std::vector<std::string> environment);
    ~WatchedProgram();
    WatchedProgram(const WatchedProgram&) = delete;
    WatchedProgram& operator=(const WatchedProgram&) = delete;

    /// Runs a command to its end; yields its exit code. `more` ("NAME=value") wins.
    int run(const std::vector<std::string>& arguments, const std::vector<std::string>& more = {});
    /// Starts the server and waits until it answers; throws when it does not.
    void serve();
    /// SIGABRT, as a failed assert does.
    void crash();
    /// The answer to one request; status 0 when there is none.
    Reply ask(const std::string& method, const std::string& target, const std::string& body = {},
              const std::string& token = {}, const std::string& more_headers = {}) const;

    pid_t process_id() const { return process_; }
    std::filesystem::path data() const { return folder_.path() / "data"; }
    /// Where it runs, and would leave a core.
    std::filesystem::path folder() const { return folder_.path(); }
    /// Everything printed so far; only the log of the server when `log_only`.
    std::string printed(bool log_only) const;

private:
    pid_t spawn(std::vector<std::string> arguments, std::vector<std::string> environment,
                const std::string& log);

    TempFolder folder_;
    std::vector<std::string> environment_;
    std::uint16_t port_ = 0;
    pid_t process_ = -1;
};

}  // namespace imagify::testing
