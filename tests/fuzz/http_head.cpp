#include <boost/algorithm/string/case_conv.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <map>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/beast/head_parser.hpp"

namespace imagify::fuzz {
namespace {

namespace beast_http = boost::beast::http;

// Beast keeps fields of one name together, in the order they came: so does this.
using Grouped = std::multimap<std::string, std::pair<std::string, std::string>>;

template <class Name, class Value>
void add(Grouped& fields, const Name& name, const Value& value) {
    const std::string text(name);
    fields.emplace(boost::to_lower_copy(text, std::locale::classic()),
                   std::pair(text, std::string(value)));
}

void compare_fields(const http::Request& request,
                    const beast_http::request<beast_http::empty_body>& other) {
    Grouped ours;
    Grouped theirs;
    for (const auto& [name, value] : request.headers) add(ours, name, value);
    for (const auto& field : other) add(theirs, field.name_string(), field.value());
    require(ours == theirs, "Beast sees the same fields");
}

void compare(std::string_view head, const http::Request& request, const http::Framing& framing) {
    beast_http::request_parser<beast_http::empty_body> parser;
    parser.header_limit(64U * 1024U);
    parser.body_limit(boost::none);
    parser.eager(false);
    boost::system::error_code error;
    parser.put(boost::asio::buffer(head.data(), head.size()), error);
    // Beast reads Connection as a list of tokens; for us it holds "close" or nothing that matters.
    if (error == beast_http::error::bad_value && request.headers.count("Connection") > 0) return;
    require(!error && parser.is_header_done(), "Beast takes what we take");
    const auto& other = parser.get();
    compare_fields(request, other);
    require(parser.chunked() == framing.chunked, "same coding");
    const auto length = parser.content_length();
    require((length ? *length : 0) == framing.content_length, "same length");
    require(!framing.keep_alive || parser.keep_alive(), "a connection that Beast would keep");
    const auto text = other.target();
    const bool has_query = head.substr(0, head.find('\r')).contains('?');
    const auto target = request.path + (has_query ? "?" + request.query : "");
    // An absolute target may have no path at all.
    const auto bare = target.substr(1);
    const bool same =
        std::string_view(text.data(), text.size()).ends_with(target) ||
        (!text.starts_with('/') && std::string_view(text.data(), text.size()).ends_with(bare));
    require(same, "same target");
}

}  // namespace

void read_http_head(std::string_view input) {
    const http::RequestLimits limits;
    const auto end = input.find("\r\n\r\n");
    if (end == std::string_view::npos || end + 4 > limits.head_bytes) {
        static_cast<void>(http::refuse_early(input, limits));
        return;
    }
    const auto head = input.substr(0, end + 4);
    http::Request request;
    const auto framing = http::parse_head(head, limits, request);
    if (!framing) {
        require(framing.error().status >= 400 && framing.error().status < 500, "a client's fault");
        return;
    }
    require(request.path.starts_with('/'), "a path");
    require(request.headers.size() <= limits.fields, "a bounded number of fields");
    require(framing->content_length <= limits.body_bytes, "a bounded body");
    require(!framing->chunked || request.headers.count("Content-Length") == 0, "one length");
    require(framing->http_1_0 || request.headers.count("Host") == 1, "one host");
    require(!http::refuse_early(head.substr(0, head.size() / 2), limits), "half of it is no error");
    compare(head, request, *framing);
}

}  // namespace imagify::fuzz
