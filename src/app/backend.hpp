#pragma once

#include <memory>
#include <vector>

#include "adapters/in_process/event_hub.hpp"
#include "adapters/in_process/local_work_queue.hpp"
#include "adapters/in_process/memory_limits.hpp"
#include "adapters/local_identity/argon2_hasher.hpp"
#include "adapters/local_identity/hs256_tokens.hpp"
#include "adapters/local_identity/keyed_texts.hpp"
#include "adapters/local_identity/totp.hpp"
#include "adapters/picture/library_picture_inspector.hpp"
#include "app/config.hpp"
#include "app/storage.hpp"
#include "ports/payment_gateway.hpp"
#include "transport/http/routes.hpp"
#include "usecases/reconcile_orders.hpp"
#include "usecases/reseal_secrets.hpp"
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
        /// Shared by several processes; absent: in the memory of this one.
        Limits* limits = nullptr;
        /// Another process paints; absent: this one.
        WorkQueue* queue = nullptr;
        /// Keeps people's passwords; absent: we do.
        IdentityProvider* identity = nullptr;
    };
    explicit Backend(Parts parts);

    /// All routes but OpsRoutes, which depend on the server.
    void add_routes_to(http::Router& router);

    const std::string& lease() const { return lease_; }
    const Authenticate& authenticate() const { return authenticate_; }
    const TendHolds& tend_holds() const { return tend_holds_; }
    const ReconcileOrders& reconcile_orders() const { return reconcile_orders_; }
    const ResealSecrets& reseal_secrets() const { return reseal_secrets_; }
    const TendRefunds& tend_refunds() const { return tend_refunds_; }
    EventHub& events() { return events_; }
    Limits& limits() { return limits_; }
    const LinkTokens& links() const { return links_; }
    LocalWorkQueue& queue() { return queue_; }
    /// Paints what a queue brought. Errors: the generation is still held; it has to come again.
    Task<Result<void>> work_off(GenerationId id);
    const PaintGeneration& paint_generation() const { return paint_generation_; }

private:
    Parts parts_;
    /// Names this process among those that ever served this data.
    std::string lease_;
    EventHub events_;
    MemoryLimits own_limits_;
    Limits& limits_;
    Hs256Tokens tokens_;
    HmacLinkTokens links_;
    HmacDeviceTokens devices_;
    HmacEmailMarks email_marks_;
    Totp factors_;
    LibraryPictureInspector inspector_;
    PainterRoster roster_;
    BeginSession begin_session_;
    IssueLink issue_link_;
    AdmitPerson admit_person_;
    ConfirmIdentity confirm_identity_;
    RegisterAccount register_account_;
    LogIn log_in_;
    Authenticate authenticate_;
    VerifyEmail verify_email_;
    ResetPassword reset_password_;
    ChangePassword change_password_;
    ManageMfa manage_mfa_;
    DeleteAccount delete_account_;
    ResealSecrets reseal_secrets_;
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
