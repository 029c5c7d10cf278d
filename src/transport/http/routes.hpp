#pragma once

#include <functional>
#include <string>

#include "domain/plan.hpp"
#include "ports/back_office.hpp"
#include "ports/blob_store.hpp"
#include "ports/events.hpp"
#include "ports/ledger_store.hpp"
#include "ports/refund_store.hpp"
#include "ports/review_store.hpp"
#include "ports/store_upkeep.hpp"
#include "transport/http/router.hpp"
#include "usecases/authenticate.hpp"
#include "usecases/cancel_image.hpp"
#include "usecases/check_return.hpp"
#include "usecases/generate_image.hpp"
#include "usecases/log_in.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/register_account.hpp"
#include "usecases/settle_by_hand.hpp"
#include "usecases/settle_payment.hpp"
#include "usecases/start_payment.hpp"
#include "usecases/tend_refunds.hpp"

namespace imagify::http {

/// Sign up, log in, log out.
struct AuthRoutes {
    const RegisterAccount& register_account;
    const LogIn& log_in;
    AccountStore& accounts;
};

/// The signed-in person: profile, balance, movements.
struct AccountRoutes {
    AccountStore& accounts;
    LedgerStore& ledger;
};

/// Plans, orders and the gateway's addresses.
struct PaymentRoutes {
    const PlanList& plans;
    const StartPayment& start_payment;
    CheckReturn& check_return;
    const SettlePayment& settle_payment;
    OrderStore& orders;
    RefundStore& refunds;
    PaymentGateway& gateway;
    const Clock& clock;
    /// Who sells, on receipts.
    std::string seller;
};

/// Pictures, from prompt to bytes.
struct ImageRoutes {
    GenerateImage& generate_image;
    const CancelImage& cancel_image;
    GenerationStore& generations;
    AccountStore& accounts;
    BlobStore& blobs;
    const PainterRoster& painters;
    Events& events;
    const Clock& clock;
};

/// For operators: the people whose account has the admin role.
struct AdminRoutes {
    BackOffice& office;
    ReviewStore& reviews;
    AccountStore& accounts;
    LedgerStore& ledger;
    OrderStore& orders;
    const GrantCredits& grant_credits;
    const SettleReview& settle_review;
    const TendRefunds& tend_refunds;
    const ReconcileOrders& reconcile_orders;
    const Clock& clock;
    Random& random;
};

/// For whoever runs the server.
struct OpsRoutes {
    StoreUpkeep& store;
    /// True once the server stops taking work.
    std::function<bool()> draining;
    /// The text of /metrics.
    std::function<std::string()> metrics;
    /// When not empty, /metrics wants it as a Bearer token.
    std::string metrics_token;
    /// Without a token: whether this machine sees /metrics. Never behind a proxy on the same
    /// machine, where every customer seems to be this machine.
    bool metrics_for_this_machine = false;
};

/// Each adds its table of routes. What the structs refer to outlives the router.
void add_routes(Router& router, AuthRoutes parts);
void add_routes(Router& router, AccountRoutes parts);
void add_routes(Router& router, PaymentRoutes parts);
void add_routes(Router& router, ImageRoutes parts);
void add_routes(Router& router, AdminRoutes parts);
void add_routes(Router& router, OpsRoutes parts);

}  // namespace imagify::http
