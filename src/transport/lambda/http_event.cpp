#include "transport/lambda/http_event.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/form_encoding.hpp"
#include "base/mutant.hpp"
#include "transport/lambda/base64.hpp"

namespace imagify::lambda {
namespace {

namespace json = boost::json;
using http::Method;

// Counts as one customer all who come without an address: only a direct invocation does.
constexpr std::string_view kNoAddress = "unknown";
constexpr std::size_t kRequestIdMax = 128;

std::string_view view_of(const json::value* value) {
    if (value == nullptr || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
}

std::string_view text_of(const json::object& object, std::string_view name) {
    return view_of(object.if_contains(name));
}

// An empty one when it is absent, null or something else.
const json::object& object_of(const json::object& object, std::string_view name) {
    static const json::object kNothing;
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_object() ? value->get_object() : kNothing;
}

Method method_of(std::string_view text) {
    constexpr std::pair<std::string_view, Method> kMethods[] = {
        {"GET", Method::Get},        {"HEAD", Method::Head},   {"POST", Method::Post},
        {"PUT", Method::Put},        {"PATCH", Method::Patch}, {"DELETE", Method::Delete},
        {"OPTIONS", Method::Options}};
    for (const auto& [name, method] : kMethods) {
        if (name == text) return method;
    }
    return Method::Other;
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What a field name may hold besides letters and digits: RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) || kMarks.contains(c);
    });
}

bool is_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= kRequestIdMax && std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) || c == '-' || c == '_' || c == '=';
    });
}

// API Gateway has decoded some of it: whatever could not stand in a path is encoded again, an
// escape that is still there stays.
std::string encoded_path(std::string_view path) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/%";  // RFC 3986, 3.3.
    std::string encoded;
    encoded.reserve(path.size());
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_alphanumeric(c) || kMarks.contains(c)) {
            encoded += c;
        } else {
            encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
        }
    }
    return encoded;
}

bool is_query(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}

void refuse(HttpEvent& event, Error error, unsigned status = 0) {
    if (event.refusal) return;
    event.refusal = std::move(error);
    event.refusal_status = status;
}

void refuse_malformed(HttpEvent& event, std::string detail) {
    refuse(
        event,
        {.kind = ErrorKind::Malformed, .code = "request.malformed", .detail = std::move(detail)});
}

// Every value of a member that is an array of texts or one text.
void for_each_value(const json::value& value, auto&& take) {
    if (value.is_string()) return take(view_of(&value));
    if (!value.is_array()) return;
    for (const auto& item : value.get_array()) {
        if (item.is_string()) take(view_of(&item));
    }
}

void add_header(HttpEvent& event, std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_value(value)) return refuse_malformed(event, "a header");
    event.request.headers.add(std::string(name), std::string(value));
}

void add_parameter(std::string& query, std::string_view name, std::string_view value) {
    if (!query.empty()) query += '&';
    query += form_encode(name) + '=' + form_encode(value);
}

// Repeated names stand in the list of many values; the plain list has only the last of each.
const json::object& many_or_one(const json::object& event, std::string_view many,
                                std::string_view one) {
    const auto& values = object_of(event, many);
    return values.empty() ? object_of(event, one) : values;
}

void read_body(const json::object& event, HttpEvent& out) {
    const auto body = text_of(event, "body");
    const auto* encoded = event.if_contains("isBase64Encoded");
    if (encoded == nullptr || !encoded->is_bool() || !encoded->get_bool()) {
        out.request.body = body;
        return;
    }
    auto bytes = base64_decode(body);
    if (!bytes) return refuse_malformed(out, "the body is not base64");
    out.request.body = std::move(*bytes);
}

void check_sizes(HttpEvent& event) {
    const auto& request = event.request;
    if (request.path.size() + 1 + request.query.size() > kTargetMaxBytes) {
        refuse(event, {.kind = ErrorKind::TooLarge, .code = "request.uri_too_long"}, 414);
    }
    std::size_t head = 0;
    for (const auto& [name, value] : request.headers) head += name.size() + value.size() + 4;
    const auto fields = kFieldsMax + (MUTANT("parse.event_fields") ? 1 : 0);
    if (head > kHeadMaxBytes || request.headers.size() > fields) {
        refuse(event, {.kind = ErrorKind::TooLarge, .code = "request.headers_too_large"}, 431);
    }
    if (request.body.size() > kBodyMaxBytes) {
        refuse(event, {.kind = ErrorKind::TooLarge, .code = "request.too_large"});
    }
}

// What both formats tell in `context` about who calls.
void finish(HttpEvent& event, const json::object& context, std::string_view source,
            const ClientAddress& address) {
    auto& request = event.request;
    if (const auto id = text_of(context, "requestId"); is_request_id(id)) request.request_id = id;
    const std::string caller(source.empty() ? kNoAddress : source);
    request.client_address = address ? address(caller, request.headers) : caller;
    // API Gateway writes it itself and speaks nothing but TLS; a stand-in on a laptop does not.
    request.secure = request.headers.get("X-Forwarded-Proto") != "http";
    if (!request.path.starts_with('/')) refuse_malformed(event, "the path");
    if (!is_query(request.query)) refuse_malformed(event, "the query");
    check_sizes(event);
}

// With API Gateway's own host name the path begins with the stage; behind a domain it does not.
std::string_view without_stage(std::string_view path, const json::object& context) {
    const auto stage = text_of(context, "stage");
    const auto domain = text_of(context, "domainName");
    if (stage.empty() || stage == "$default") return path;
    if (!domain.empty() && !domain.contains(".execute-api.")) return path;
    const auto prefix = "/" + std::string(stage);
    if (path == prefix) return "/";
    if (path.starts_with(prefix + "/")) path.remove_prefix(prefix.size());
    return path;
}

}  // namespace

HttpEvent read_v1(const json::object& event, const ClientAddress& address) {
    HttpEvent out{.payload = Payload::V1, .request = {}};
    const auto& context = object_of(event, "requestContext");
    out.request.method = method_of(text_of(event, "httpMethod"));
    out.request.path = encoded_path(text_of(event, "path"));
    for (const auto& member :
         many_or_one(event, "multiValueQueryStringParameters", "queryStringParameters")) {
        for_each_value(member.value(), [&](std::string_view value) {
            add_parameter(out.request.query, {member.key().data(), member.key().size()}, value);
        });
    }
    for (const auto& member : many_or_one(event, "multiValueHeaders", "headers")) {
        for_each_value(member.value(), [&](std::string_view value) {
            add_header(out, {member.key().data(), member.key().size()}, value);
        });
    }
    read_body(event, out);
    finish(out, context, text_of(object_of(context, "identity"), "sourceIp"), address);
    return out;
}

HttpEvent read_v2(const json::object& event, const ClientAddress& address) {
    HttpEvent out{.payload = Payload::V2, .request = {}};
    const auto& context = object_of(event, "requestContext");
    const auto& call = object_of(context, "http");
    out.request.method = method_of(text_of(call, "method"));
    out.request.path = encoded_path(without_stage(text_of(event, "rawPath"), context));
    out.request.query = text_of(event, "rawQueryString");
    for (const auto& member : object_of(event, "headers")) {
        for_each_value(member.value(), [&](std::string_view value) {
            add_header(out, {member.key().data(), member.key().size()}, value);
        });
    }
    std::string cookies;
    if (const auto* list = event.if_contains("cookies")) {
        for_each_value(*list, [&](std::string_view value) {
            cookies.append(cookies.empty() ? "" : "; ").append(value);
        });
    }
    if (!cookies.empty()) add_header(out, "Cookie", cookies);
    read_body(event, out);
    finish(out, context, text_of(call, "sourceIp"), address);
    return out;
}

}  // namespace imagify::lambda
