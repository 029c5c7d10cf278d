#include "support/lambda_caller.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <stdexcept>

#include "transport/http/router.hpp"
#include "transport/lambda/base64.hpp"
#include "transport/lambda/function.hpp"

namespace imagify::testing {
namespace {

namespace json = boost::json;

std::string_view name_of(http::Method method) {
    return method == http::Method::Other ? "TRACE" : to_text(method);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

// Bodies travel as bytes: what is text and what is not is the gateway's business.
void add_body(json::object& event, const std::string& body) {
    event["isBase64Encoded"] = true;
    event["body"] = lambda::base64_encode(body);
}

// As API Gateway decodes: what is no %-escape stays as it is.
std::string decoded(std::string_view text) {
    const auto digit = [](char c) {
        const auto at = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
        return c <= '9' ? c - '0' : static_cast<int>(at);
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && std::isxdigit(text[i + 1]) &&
                            std::isxdigit(text[i + 2]);
        if (!escape) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
        i += 2;
    }
    return out;
}

std::string decoded_form(std::string_view text) {
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return decoded(spaced);
}

// API Gateway reads the query; the function gets values.
json::value decoded_query(const std::string& query) {
    json::object values;
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto& list = values[decoded_form(pair.substr(0, equals))];
        if (!list.is_array()) list.emplace_array();
        list.get_array().emplace_back(decoded_form(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return values.empty() ? json::value() : json::value(std::move(values));
}

json::object v1_event(const http::Request& request) {
    json::object headers;
    for (const auto& [name, value] : request.headers) {
        auto& list = headers[name];
        if (!list.is_array()) list.emplace_array();
        list.get_array().emplace_back(value);
    }
    json::object event{{"httpMethod", name_of(request.method)},
                       {"path", decoded(request.path)},
                       {"multiValueHeaders", std::move(headers)},
                       {"multiValueQueryStringParameters", decoded_query(request.query)}};
    event["requestContext"] =
        json::object{{"requestId", request.request_id},
                     {"stage", "prod"},
                     {"identity", json::object{{"sourceIp", request.client_address}}}};
    add_body(event, request.body);
    return event;
}

json::object v2_event(const http::Request& request) {
    json::object headers;
    json::array cookies;
    for (const auto& [name, value] : request.headers) {
        const auto key = lower(name);
        if (key == "cookie") {
            cookies.emplace_back(value);
        } else if (auto& known = headers[key]; known.is_string()) {
            known.get_string().append(",").append(value);
        } else {
            known = value;
        }
    }
    json::object event{{"version", "2.0"},
                       {"rawPath", request.path},
                       {"rawQueryString", request.query},
                       {"headers", std::move(headers)}};
    if (!cookies.empty()) event["cookies"] = std::move(cookies);
    event["requestContext"] =
        json::object{{"requestId", request.request_id},
                     {"stage", "$default"},
                     {"http", json::object{{"method", name_of(request.method)},
                                           {"path", request.path},
                                           {"sourceIp", request.client_address}}}};
    add_body(event, request.body);
    return event;
}

http::Response read_answer(const std::string& text) {
    const auto value = json::parse(text);
    const auto& answer = value.as_object();
    http::Response response;
    response.status = answer.at("statusCode").to_number<unsigned>();
    if (const auto* many = answer.if_contains("multiValueHeaders")) {
        for (const auto& [name, values] : many->as_object()) {
            for (const auto& each : values.as_array()) {
                response.headers.add(name, std::string(each.as_string()));
            }
        }
    }
    if (const auto* headers = answer.if_contains("headers")) {
        for (const auto& [name, each] : headers->as_object()) {
            response.headers.add(name, std::string(each.as_string()));
        }
    }
    if (const auto* cookies = answer.if_contains("cookies")) {
        for (const auto& each : cookies->as_array()) {
            response.headers.add("Set-Cookie", std::string(each.as_string()));
        }
    }
    std::string body(answer.at("body").as_string());
    if (answer.at("isBase64Encoded").as_bool()) body = lambda::base64_decode(body).value();
    response.body = std::move(body);
    return response;
}

}  // namespace

Task<http::Response> LambdaCaller::call(http::Request request) {
    request.headers.add("X-Forwarded-Proto", request.secure ? "https" : "http");
    const auto event = payload_ == lambda::Payload::V1 ? v1_event(request) : v2_event(request);
    lambda::Function function({.service = &service_, .clock = clock_});
    lambda::Invocation invocation{.id = request.request_id,
                                  .event = json::serialize(event),
                                  .deadline = clock_.steady_now() + std::chrono::seconds(29)};
    const auto answer = co_await function.handle(std::move(invocation));
    if (!answer) throw std::runtime_error(answer.error().code + ": " + answer.error().detail);
    co_return read_answer(*answer);
}

}  // namespace imagify::testing
