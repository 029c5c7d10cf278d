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
#include "usecases/change_password.hpp"
#include "usecases/check_return.hpp"
#include "usecases/delete_account.hpp"
#include "usecases/generate_image.hpp"
#include "usecases/log_in.hpp"
#include "usecases/manage_mfa.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/register_account.hpp"
#include "usecases/reset_password.hpp"
#include "usecases/settle_by_hand.hpp"
#include "usecases/settle_payment.hpp"
#include "usecases/start_payment.hpp"
#include "usecases/tend_refunds.hpp"
#include "usecases/verify_email.hpp"

namespace imagify::http {

/// Sign up, log in, log out.
struct AuthRoutes {
    const RegisterAccount& register_account;
    const LogIn& log_in;
    SessionStore& sessions;
    Events& events;
    const Clock& clock;
    /// Keeps passwords and mails codes; null: we do, and mail links.
    IdentityProvider* provider = nullptr;
};

/// Verified addresses, passwords, second factors.
struct CredentialRoutes {
    const VerifyEmail& verify_email;
    const ResetPassword& reset_password;
    const ChangePassword& change_password;
    const ManageMfa& manage_mfa;
};

/// The signed-in person: profile, balance, movements.
struct AccountRoutes {
    AccountStore& accounts;
    SessionStore& sessions;
    LedgerStore& ledger;
    const DeleteAccount& delete_account;
    Events& events;
    const Clock& clock;
};

/// All that somebody has, as one archive.
struct ExportRoutes {
    SessionStore& sessions;
    LedgerStore& ledger;
    OrderStore& orders;
    RefundStore& refunds;
    GenerationStore& generations;
    BlobStore& blobs;
    const Clock& clock;
    /// Who sells, on receipts.
    std::string seller;
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
    SessionStore& sessions;
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
void add_routes(Router& router, CredentialRoutes parts);
void add_routes(Router& router, AccountRoutes parts);
void add_routes(Router& router, ExportRoutes parts);
void add_routes(Router& router, PaymentRoutes parts);
void add_routes(Router& router, ImageRoutes parts);
void add_routes(Router& router, AdminRoutes parts);
void add_routes(Router& router, OpsRoutes parts);

}  // namespace imagify::http
