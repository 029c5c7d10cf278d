#include "transport/lambda/http_answer.hpp"

#include <array>
#include <boost/json.hpp>

#include "base/log.hpp"
#include "base/utf8.hpp"
#include "transport/http/problem.hpp"
#include "transport/lambda/base64.hpp"

namespace imagify::lambda {
namespace {

namespace json = boost::json;

constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;
constexpr std::string_view kTransportSecurity = "max-age=31536000; includeSubDomains";

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return out;
}

// Said by API Gateway itself, or about a connection that it keeps to itself.
bool is_ours(const std::string& name) {
    return name == "connection" || name == "transfer-encoding" || name == "date" ||
           name == "content-length" || name == "strict-transport-security";
}

bool can_be_sent(std::string_view name, std::string_view value) {
    const bool plain = std::ranges::none_of(
        value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return !name.empty() && plain && count_code_points(value).has_value();
}

bool is_text(const http::Response& response, std::string_view body) {
    if (!response.headers.get("Content-Encoding").empty()) return false;
    const auto type = lower(response.headers.get("Content-Type"));
    const auto essence = std::string_view(type).substr(0, type.find(';'));
    const bool textual = essence.starts_with("text/") || essence == "application/json" ||
                         essence.ends_with("+json") || essence.ends_with("+xml") ||
                         essence == "application/javascript";
    return textual && count_code_points(body).has_value();
}

http::Response too_large(const http::Request& request) {
    return http::problem({.kind = ErrorKind::Internal, .code = "response.too_large"},
                         request.request_id);
}

// The body as one text; nothing when it cannot be had whole.
Task<Result<std::string>> drain(http::Body& body) {
    if (auto* text = std::get_if<std::string>(&body)) co_return std::move(*text);
    if (const auto* bytes = std::get_if<std::span<const std::byte>>(&body)) {
        co_return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    }
    std::string text;
    auto& stream = *std::get<std::unique_ptr<http::BodyStream>>(body);
    std::vector<std::byte> piece(kPieceBytes);
    for (;;) {
        const auto count = co_await stream.next(piece);
        if (!count) co_return std::unexpected(count.error());
        if (*count == 0) co_return text;
        text.append(reinterpret_cast<const char*>(piece.data()), *count);
        if (text.size() > kAnswerMaxBytes)
            co_return fail(ErrorKind::TooLarge, "response.too_large");
    }
}

json::object many_valued(const http::Response& response) {
    json::object headers;
    for (const auto& [name, value] : response.headers) {
        if (is_ours(lower(name)) || !can_be_sent(name, value)) continue;
        auto& values = headers[name];
        if (!values.is_array()) values.emplace_array();
        values.get_array().emplace_back(value);
    }
    return headers;
}

json::object joined(const http::Response& response, json::array& cookies) {
    json::object headers;
    for (const auto& [name, value] : response.headers) {
        const auto key = lower(name);
        if (is_ours(key) || !can_be_sent(name, value)) continue;
        if (key == "set-cookie") {
            cookies.emplace_back(value);
            continue;
        }
        auto& known = headers[key];
        if (known.is_string()) {
            known.get_string().append(", ").append(value);
        } else {
            known = value;
        }
    }
    return headers;
}

void set_header(json::object& headers, Payload payload, std::string_view name,
                std::string_view value) {
    if (payload == Payload::V1) {
        headers[name] = json::array{value};
    } else {
        headers[lower(name)] = value;
    }
}

std::string serialize(Payload payload, const http::Request& request, const http::Response& response,
                      std::string_view body) {
    const bool bodiless = response.status == 204 || response.status == 304;
    const bool shown = request.method != http::Method::Head && !bodiless;
    const bool text = !shown || body.empty() || is_text(response, body);
    json::array cookies;
    json::object headers =
        payload == Payload::V1 ? many_valued(response) : joined(response, cookies);
    if (request.secure) {
        set_header(headers, payload, "Strict-Transport-Security", kTransportSecurity);
    }
    if (!shown && !bodiless) {
        set_header(headers, payload, "Content-Length", std::to_string(body.size()));
    }
    json::object answer{{"statusCode", response.status}, {"isBase64Encoded", !text}};
    answer[payload == Payload::V1 ? "multiValueHeaders" : "headers"] = std::move(headers);
    if (!cookies.empty()) answer["cookies"] = std::move(cookies);
    if (!shown) body = {};
    if (text) {
        answer["body"] = body;
    } else {
        answer["body"] = base64_encode(body);
    }
    return json::serialize(answer);
}

}  // namespace

Task<std::string> write_answer(Payload payload, const http::Request& request,
                               http::Response& response) {
    if (response.long_lived) {
        response = http::Response{.status = 204, .route = response.route};
        response.headers.add("Cache-Control", "no-store");
    }
    const auto route = response.route;
    auto body = co_await drain(response.body);
    if (!body) {
        log_event(LogLevel::Error, "http.body_failed",
                  {{"requestId", std::string_view(request.request_id)},
                   {"code", std::string_view(body.error().code)},
                   {"detail", std::string_view(body.error().detail)}});
        response =
            body.error().kind == ErrorKind::TooLarge
                ? too_large(request)
                : http::problem({.kind = ErrorKind::Unavailable, .code = "server.unavailable"},
                                request.request_id);
        body = std::get<std::string>(std::move(response.body));
    }
    auto answer = serialize(payload, request, response, *body);
    if (answer.size() > kAnswerMaxBytes) {
        response = too_large(request);
        answer = serialize(payload, request, response, std::get<std::string>(response.body));
    }
    response.route = route;
    co_return answer;
}

}  // namespace imagify::lambda
