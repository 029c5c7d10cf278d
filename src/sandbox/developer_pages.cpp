#include "sandbox/developer_pages.hpp"

#include "sandbox/html.hpp"

namespace imagify::sandbox {
namespace {

constexpr std::string_view kMail = "/dev/mail";

constexpr std::string_view kBody = R"(<main>
<h1>For developers</h1>
<section class="panel"><h2><a href="/dev/vnpay">VNPAY simulator</a></h2>
<p class="small">What was paid, and notices sent again, forged or wrong.</p></section>
{&mail}</main>
)";

constexpr std::string_view kMailPanel =
    R"(<section class="panel"><h2><a href="/dev/mail">Mailbox</a>
</h2><p class="small">The letters that Imagify wrote.</p></section>
)";

http::Response index(bool has_mail) {
    HtmlPage page{.language = "en", .title = "For developers"};
    page.banner = {
        .test_id = "developer-pages", .vi = "Chỉ để phát triển", .en = "Development only"};
    page.body = fill(kBody, {{"mail", has_mail ? kMailPanel : std::string_view()}});
    return html_response(200, page);
}

}  // namespace

Task<http::Response> DeveloperPages::handle(http::Request request) {
    if (request.path == "/dev") co_return index(mailbox_ != nullptr);
    const bool is_mail = request.path == kMail || request.path == "/dev/mail.json" ||
                         request.path.starts_with("/dev/mail/");
    if (is_mail && mailbox_ != nullptr) co_return co_await mailbox_->handle(std::move(request));
    co_return co_await simulator_.handle(std::move(request));
}

}  // namespace imagify::sandbox
