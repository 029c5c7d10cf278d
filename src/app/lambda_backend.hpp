#pragma once

#include <memory>

#include "adapters/local_identity/argon2_hasher.hpp"
#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"
#include "app/backend.hpp"
#include "app/mail_room.hpp"
#include "app/metric_catalogue.hpp"
#include "app/shared_limits.hpp"
#include "transport/beast/static_assets.hpp"
#include "transport/http/api.hpp"
#include "transport/lambda/function.hpp"
#include "usecases/deliver_mail.hpp"

namespace imagify {

/// The backend of one Lambda function: what IMAGIFY_ROUTES gives it. No threads of its own; nothing
/// is made before an event needs it that could be made later.
class LambdaBackend {
public:
    /// Outlive it.
    struct Machines {
        SystemClock& clock;
        SystemRandom& random;
        HttpClient& http;
        /// Served beside the API by IMAGIFY_ROUTES=all; may be absent.
        const http::WebBundle* web = nullptr;
    };

    /// Opens store and pictures. Errors: those of the store; details say what to do.
    static Result<std::unique_ptr<LambdaBackend>> open(Config config, Machines machines);

    /// What this function does with events; refers to this object.
    lambda::Function::Parts function_parts();

    /// Sends the letters that are due. What goes wrong is logged; they stay due.
    Task<void> deliver_mail();
    /// Counters since it was opened, for CloudWatch.
    std::vector<MetricValue> counters() const;

    const Config& config() const { return config_; }
    Store& store() const { return *storage_.store; }
    /// Before the executor of the last event ends.
    void stop();

private:
    LambdaBackend(Config config, Machines machines);

    Result<void> open_storage();
    void build();
    http::Response web(const http::Request& request);
    Task<Result<void>> work(std::string body);
    std::vector<lambda::ScheduledTask> tasks();

    Config config_;
    Machines machines_;
    Worker inline_worker_{0, 1};
    Cloud cloud_;
    Storage storage_;
    SharedLimits shared_limits_;
    std::unique_ptr<WorkQueue> shared_queue_;
    std::unique_ptr<IdentityProvider> identity_;
    std::unique_ptr<Argon2Hasher> hasher_;
    std::unique_ptr<PaymentGateway> gateway_;
    std::vector<std::unique_ptr<Painter>> painters_;
    std::unique_ptr<Backend> backend_;
    MailRoom mail_room_;
    std::unique_ptr<DeliverMail> deliver_mail_;
    std::optional<http::StaticAssets> assets_;
    http::Router router_;
    std::unique_ptr<http::Api> api_;
};

}  // namespace imagify
