#pragma once

#include <string>
#include <string_view>

#include "adapters/outbox_folder/outbox_folder.hpp"
#include "transport/http/message.hpp"

namespace imagify::sandbox {

/// The letters that Imagify wrote, for development and tests: `/dev/mail` lists them, newest first,
/// `/dev/mail/<id>` shows one, `/dev/mail.json` is the list for programs. Must never be reachable
/// in production: letters hold live links.
class Mailbox final : public http::Service {
public:
    /// The folder outlives it.
    explicit Mailbox(OutboxFolder& letters) : letters_(letters) {}

    Task<http::Response> handle(http::Request request) override;

private:
    Task<http::Response> list();
    Task<http::Response> list_for_programs();
    Task<http::Response> show(std::string id);
    Task<http::Response> show_html(std::string id);

    OutboxFolder& letters_;
};

/// The first web address in a letter's text, or nothing.
std::string_view link_in(std::string_view text);

}  // namespace imagify::sandbox
