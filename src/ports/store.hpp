#pragma once

#include <cstdint>

#include "ports/account_store.hpp"
#include "ports/back_office.hpp"
#include "ports/credential_store.hpp"
#include "ports/generation_store.hpp"
#include "ports/ledger_store.hpp"
#include "ports/mail_outbox.hpp"
#include "ports/order_store.hpp"
#include "ports/refund_store.hpp"
#include "ports/review_store.hpp"
#include "ports/session_store.hpp"
#include "ports/store_upkeep.hpp"

namespace imagify {

/// Numbers for /metrics.
struct StoreCounts {
    std::uint64_t writes = 0;
    std::uint64_t commits = 0;
    /// Writes that met another one and were tried again.
    std::uint64_t conflicts = 0;
    /// Writes given up: others were faster every time, or too many waited.
    std::uint64_t busy = 0;
    /// Answers "too many requests" of a service.
    std::uint64_t throttled = 0;
};

/// Every store port in one adapter, so that one method may touch several tables in one transaction.
class Store : public AccountStore,
              public SessionStore,
              public CredentialStore,
              public OrderStore,
              public GenerationStore,
              public LedgerStore,
              public RefundStore,
              public ReviewStore,
              public BackOffice,
              public MailOutbox,
              public StoreUpkeep {
public:
    /// Since the start of this process.
    virtual StoreCounts counts() const = 0;

    /// Ends what works in the background; called once, before the executors of callers end.
    virtual void stop() = 0;
};

}  // namespace imagify
