#pragma once

#include <memory>

#include "app/kept_secrets.hpp"
#include "base/result.hpp"

namespace imagify {

/// `imagify serve`: everything wired together on one machine.
class Server {
public:
    /// Opens the data folder and the port. Errors: those of the store and of the listener, with a
    /// detail that says what to do.
    /// `secrets`: where the settings came from; when one was rotated the server stops, to be
    /// started anew with it.
    static Result<std::unique_ptr<Server>> start(Config config,
                                                 std::unique_ptr<KeptSecrets> secrets = {});
    ~Server();

    /// Serves until SIGTERM or SIGINT, then finishes what runs, within 10 seconds.
    void run();

    /// Where to point a browser.
    const std::string& public_url() const;

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace imagify
