#pragma once

#include "transport/beast/web_assets.hpp"

namespace imagify {

/// `imagify lambda` without a command line. `web` is the web app that IMAGIFY_ROUTES=all serves
/// beside the API and outlives the call; absent: pages are kept elsewhere. Yields the exit code.
int run_lambda(const http::WebBundle* web);

}  // namespace imagify
