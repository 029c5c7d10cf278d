#include "sandbox/mailbox.hpp"

#include <boost/json.hpp>

#include "sandbox/display.hpp"
#include "sandbox/html.hpp"
#include "transport/http/dto.hpp"

namespace imagify::sandbox {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view kIndex = "/dev/mail";
constexpr std::string_view kJson = "/dev/mail.json";
constexpr std::string_view kHtmlEnd = "/html";
constexpr Banner kBanner = {.test_id = "mailbox",
                            .vi = "HỘP THƯ THỬ NGHIỆM — chỉ để phát triển",
                            .en = "Test mailbox — development only"};

constexpr std::string_view kList = R"(<main class="wide">
<h1>Letters that Imagify wrote</h1>
<p class="small lead">They went nowhere: <code>MAIL=folder</code> keeps the newest 200 in the data
folder. For programs: <a href="/dev/mail.json">/dev/mail.json</a>. Payments:
<a href="/dev/vnpay">/dev/vnpay</a>.</p>
{&letters}
</main>
)";

constexpr std::string_view kEmpty = R"(<section class="panel"><p>No letter yet. Sign up in the app:
it writes one.</p></section>
)";

constexpr std::string_view kRow = R"(<section class="panel" data-testid="letter">
<div class="head"><h2><a href="/dev/mail/{id}">{subject}</a></h2>
<span class="small">{at}</span></div>
<p class="small">{to}</p>
</section>
)";

constexpr std::string_view kLetter = R"(<main class="wide">
<p class="small lead"><a href="/dev/mail">All letters</a></p>
<h1>{subject}</h1>
<p class="small lead">{to}, {at}</p>
{&link}
<section class="panel"><pre>{text}</pre></section>
<iframe sandbox="allow-top-navigation-by-user-activation" title="{subject}"
src="/dev/mail/{id}/html"></iframe>
</main>
)";

constexpr std::string_view kLink =
    R"(<p class="lead"><a class="button primary" data-testid="letter-link"
href="{link}">{link}</a></p>
)";

constexpr std::string_view kStyle = R"(
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
.button{overflow-wrap:anywhere}
iframe{width:100%;height:40rem;border:1px solid var(--line);border-radius:.75rem;background:#fff;
color-scheme:light}
)";

// What a letter shows must be ours: nothing is fetched, no script runs, links leave the frame.
constexpr std::string_view kLetterPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";

Response not_found() {
    return html_response(404, {.language = "en",
                               .title = "No such letter",
                               .body = "<main><h1>No such letter</h1></main>",
                               .banner = kBanner});
}

Response unavailable(const Error& error) {
    Response response{.status = 503};
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("Cache-Control", "no-store");
    response.body = error.code + "\n";
    return response;
}

// A link must be a web address before it may stand in an attribute.
std::string link_html(const Letter& letter) {
    const auto link = link_in(letter.text);
    return link.empty() ? std::string() : fill(kLink, {{"link", link}});
}

}  // namespace

std::string_view link_in(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        const auto start = text.find(scheme);
        if (start == std::string_view::npos) continue;
        return text.substr(start, text.find_first_of(" \n", start) - start);
    }
    return {};
}

Task<Response> Mailbox::handle(Request request) {
    if (request.method != http::Method::Get && request.method != http::Method::Head) {
        Response response{.status = 405};
        response.headers.add("Allow", "GET, HEAD");
        co_return response;
    }
    if (request.path == kIndex) co_return co_await list();
    if (request.path == kJson) co_return co_await list_for_programs();
    if (!request.path.starts_with("/dev/mail/")) co_return not_found();
    auto id = request.path.substr(kIndex.size() + 1);
    if (!id.ends_with(kHtmlEnd)) co_return co_await show(std::move(id));
    id.resize(id.size() - kHtmlEnd.size());
    co_return co_await show_html(std::move(id));
}

Task<Response> Mailbox::list() {
    const auto letters = co_await letters_.letters();
    if (!letters) co_return unavailable(letters.error());
    std::string rows;
    for (const auto& [letter, written_at] : *letters) {
        rows += fill(kRow, {{"id", letter.id.text()},
                            {"subject", letter.subject},
                            {"at", time_text(written_at)},
                            {"to", letter.to}});
    }
    HtmlPage page{.language = "en", .title = "Mailbox", .banner = kBanner};
    page.body = fill(kList, {{"letters", rows.empty() ? std::string(kEmpty) : rows}});
    co_return html_response(200, page);
}

Task<Response> Mailbox::list_for_programs() {
    const auto letters = co_await letters_.letters();
    if (!letters) co_return unavailable(letters.error());
    boost::json::array items;
    for (const auto& [letter, written_at] : *letters) {
        items.push_back(boost::json::object{{"id", letter.id.text()},
                                            {"to", letter.to},
                                            {"subject", letter.subject},
                                            {"text", letter.text},
                                            {"link", link_in(letter.text)},
                                            {"createdAt", http::to_rfc3339(written_at)}});
    }
    Response response{.status = 200};
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-store");
    response.body = boost::json::serialize(items);
    co_return response;
}

Task<Response> Mailbox::show(std::string id) {
    const auto kept = co_await letters_.letter(MailId(std::move(id)));
    if (!kept) co_return not_found();
    const auto& letter = kept->letter;
    HtmlPage page{.language = "en", .title = letter.subject, .banner = kBanner};
    page.extra_style = kStyle;
    page.frame_source = "'self'";
    page.body = fill(kLetter, {{"subject", letter.subject},
                               {"to", letter.to},
                               {"at", time_text(kept->written_at)},
                               {"link", link_html(letter)},
                               {"text", letter.text},
                               {"id", letter.id.text()}});
    co_return html_response(200, page);
}

Task<Response> Mailbox::show_html(std::string id) {
    const auto kept = co_await letters_.letter(MailId(std::move(id)));
    if (!kept) co_return not_found();
    Response response{.status = 200};
    response.headers.add("Content-Type", "text/html; charset=utf-8");
    response.headers.add("Content-Security-Policy", std::string(kLetterPolicy));
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "no-referrer");
    auto html = kept->letter.html;
    if (const auto head = html.find("<head>"); head != std::string::npos) {
        html.insert(head + 6, "\n<base target=\"_top\">");
    }
    response.body = std::move(html);
    co_return response;
}

}  // namespace imagify::sandbox
