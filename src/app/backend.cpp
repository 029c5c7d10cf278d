#include "app/backend.hpp"

namespace imagify {

Backend::Backend(Parts parts)
    : parts_(std::move(parts)),
      lease_(new_ulid("p_", parts_.machinery.clock, parts_.machinery.random)),
      tokens_(parts_.jwt_secret, parts_.machinery.clock, parts_.machinery.random),
      roster_(parts_.painters, parts_.machinery.clock),
      register_account_({.accounts = *parts_.storage.store,
                         .hasher = parts_.hasher,
                         .hash_worker = parts_.machinery.hash_worker,
                         .tokens = tokens_,
                         .clock = parts_.machinery.clock,
                         .random = parts_.machinery.random,
                         .gift = parts_.config.signup_credits}),
      log_in_({.accounts = *parts_.storage.store,
               .hasher = parts_.hasher,
               .hash_worker = parts_.machinery.hash_worker,
               .tokens = tokens_}),
      authenticate_(*parts_.storage.store, tokens_),
      start_payment_({.plans = parts_.config.plans,
                      .orders = *parts_.storage.store,
                      .gateway = parts_.gateway,
                      .clock = parts_.machinery.clock,
                      .random = parts_.machinery.random}),
      settle_payment_({.gateway = parts_.gateway,
                       .orders = *parts_.storage.store,
                       .events = events_,
                       .clock = parts_.machinery.clock}),
      check_return_({.gateway = parts_.gateway,
                     .orders = *parts_.storage.store,
                     .settle_payment = settle_payment_,
                     .clock = parts_.machinery.clock}),
      reconcile_orders_({.gateway = parts_.gateway,
                         .orders = *parts_.storage.store,
                         .settle_payment = settle_payment_,
                         .clock = parts_.machinery.clock}),
      paint_generation_({.generations = *parts_.storage.store,
                         .blobs = *parts_.storage.blobs,
                         .painters = roster_,
                         .inspector = inspector_,
                         .worker = parts_.machinery.paint_worker,
                         .events = events_,
                         .clock = parts_.machinery.clock}),
      queue_([this](GenerationId id) { return paint_generation_.run(std::move(id)); }, {}),
      generate_image_({.generations = *parts_.storage.store,
                       .accounts = *parts_.storage.store,
                       .painters = roster_,
                       .queue = queue_,
                       .events = events_,
                       .clock = parts_.machinery.clock,
                       .random = parts_.machinery.random,
                       .lease = lease_}),
      cancel_image_(*parts_.storage.store, events_, parts_.machinery.clock),
      tend_holds_({.generations = *parts_.storage.store,
                   .blobs = *parts_.storage.blobs,
                   .events = events_,
                   .paint_generation = paint_generation_,
                   .clock = parts_.machinery.clock,
                   .lease = lease_}) {}

void Backend::add_routes_to(http::Router& router) {
    auto& store = *parts_.storage.store;
    add_routes(router,
               http::AuthRoutes{
                   .register_account = register_account_, .log_in = log_in_, .accounts = store});
    add_routes(router, http::AccountRoutes{.accounts = store, .ledger = store});
    add_routes(router, http::PaymentRoutes{.plans = parts_.config.plans,
                                           .start_payment = start_payment_,
                                           .check_return = check_return_,
                                           .settle_payment = settle_payment_,
                                           .orders = store,
                                           .gateway = parts_.gateway,
                                           .clock = parts_.machinery.clock});
    add_routes(router, http::ImageRoutes{.generate_image = generate_image_,
                                         .cancel_image = cancel_image_,
                                         .generations = store,
                                         .accounts = store,
                                         .blobs = *parts_.storage.blobs,
                                         .painters = roster_,
                                         .events = events_,
                                         .clock = parts_.machinery.clock});
}

}  // namespace imagify
