#pragma once

#include "ports/http_client.hpp"
#include "sim/bank.hpp"

namespace imagify::sim {

/// The line to the bank's merchant API.
class BankLine final : public HttpClient {
public:
    BankLine(Env& env, Bank& bank) : env_(env), bank_(bank), dice_(env.seed, "bank line") {}

    Task<Result<OutboundAnswer>> send(OutboundRequest request) override;
    Task<Result<OutboundAnswer>> send(OutboundRequest request, ByteSink& sink) override;

private:
    Env& env_;
    Bank& bank_;
    Dice dice_;
};

}  // namespace imagify::sim
