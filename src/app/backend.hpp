#pragma once

#include <memory>
#include <vector>

#include "adapters/in_process/event_hub.hpp"
#include "adapters/in_process/local_work_queue.hpp"
#include "adapters/local_identity/argon2_hasher.hpp"
#include "adapters/local_identity/hs256_tokens.hpp"
#include "adapters/picture/library_picture_inspector.hpp"
#include "app/config.hpp"
#include "app/storage.hpp"
#include "ports/payment_gateway.hpp"
#include "transport/http/routes.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/tend_holds.hpp"

namespace imagify {

/// Machines that the backend works with; they outlive it.
struct Machinery {
    Clock& clock;
    Random& random;
    /// As many threads as cores: more hashes at once only get slower.
    Worker& hash_worker;
    Worker& paint_worker;
};

/// Every use case wired to its adapters, without sockets: what `serve`, the API tests and the
/// simulation share. Members are made in this order; nobody else makes them.
class Backend {
public:
    struct Parts {
        const Config& config;
        Machinery machinery;
        Storage& storage;
        PaymentGateway& gateway;
        std::vector<Painter*> painters;
        PasswordHasher& hasher;
        Secret jwt_secret;
    };
    explicit Backend(Parts parts);

    /// All routes but OpsRoutes, which depend on the server.
    void add_routes_to(http::Router& router);

    const Authenticate& authenticate() const { return authenticate_; }
    const TendHolds& tend_holds() const { return tend_holds_; }
    const ReconcileOrders& reconcile_orders() const { return reconcile_orders_; }
    const TendRefunds& tend_refunds() const { return tend_refunds_; }
    EventHub& events() { return events_; }
    LocalWorkQueue& queue() { return queue_; }

private:
    Parts parts_;
    /// Names this process among those that ever served this data.
    std::string lease_;
    EventHub events_;
    Hs256Tokens tokens_;
    LibraryPictureInspector inspector_;
    PainterRoster roster_;
    RegisterAccount register_account_;
    LogIn log_in_;
    Authenticate authenticate_;
    StartPayment start_payment_;
    RecoverOrder recover_order_;
    SettlePayment settle_payment_;
    CheckReturn check_return_;
    ReconcileOrders reconcile_orders_;
    PaintGeneration paint_generation_;
    LocalWorkQueue queue_;
    GenerateImage generate_image_;
    CancelImage cancel_image_;
    TendHolds tend_holds_;
    TendRefunds tend_refunds_;
    GrantCredits grant_credits_;
    SettleReview settle_review_;
};

}  // namespace imagify
