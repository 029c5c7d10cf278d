#pragma once

#include "transport/http/message.hpp"

namespace imagify::sandbox {

/// Everything under `/dev`: an index, the mailbox and the VNPAY simulator.
class DeveloperPages final : public http::Service {
public:
    /// Both outlive it. `mailbox` is null when letters really leave.
    DeveloperPages(http::Service& simulator, http::Service* mailbox)
        : simulator_(simulator), mailbox_(mailbox) {}

    Task<http::Response> handle(http::Request request) override;

private:
    http::Service& simulator_;
    http::Service* mailbox_;
};

}  // namespace imagify::sandbox
