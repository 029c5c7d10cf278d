#pragma once

#include <functional>
#include <string_view>

#include "transport/http/cors.hpp"
#include "transport/http/router.hpp"
#include "usecases/authenticate.hpp"

namespace imagify::http {

/// The whole HTTP surface without sockets: one API suite runs it through Beast and through Lambda.
class Api final : public Service {
public:
    struct Parts {
        const Authenticate& authenticate;
        const Router& router;
        Limits& limits;
        /// In development the machine's own browser is not limited.
        bool unlimited_loopback = false;
        /// Answers what is not API: the web app.
        std::function<Response(const Request&)> web;
        /// Answers /dev/*; empty outside development, where these paths do not exist.
        std::function<Task<Response>(Request)> sandbox;
        /// Pages of other sites that may call the API.
        CorsPolicy cors{};
    };
    explicit Api(Parts parts) : parts_(std::move(parts)) {}

    Task<Response> handle(Request request) override;

private:
    Task<Response> respond(Request request);
    Task<Response> answer(Request request);
    Task<Response> dispatch(Request request);
    Task<Result<std::optional<Identity>>> identify(const Route& route, const Request& request);
    Task<Response> serve(const Route& route, std::string id, Request request);

    Parts parts_;
};

/// True for paths that belong to the API and never to the web app.
bool is_api_path(std::string_view path);

}  // namespace imagify::http
