#include "transport/beast/response_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace imagify::http {
namespace {

constexpr std::array<std::pair<unsigned, std::string_view>, 33> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
}};

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

bool is_ours(std::string_view name) {
    switch (name.size()) {
        case 4: return same_text(name, "date");
        case 10: return same_text(name, "connection");
        case 14: return same_text(name, "content-length");
        case 17: return same_text(name, "transfer-encoding");
        case 25: return same_text(name, "strict-transport-security");
        default: return false;
    }
}

bool append_field(std::string& out, std::string_view name, std::string_view value) {
    const auto start = out.size();
    out.append(name).append(": ").append(value);
    const std::string_view line(out.data() + start, out.size() - start);
    if (!is_field_line(line)) {
        out.resize(start);
        return false;
    }
    out.append("\r\n");
    return true;
}

void append_delivery(std::string& out, const Delivery& delivery) {
    if (delivery.body == Delivery::Body::Sized) {
        out.append("Content-Length: ");
        append_number(out, delivery.size_bytes);
        out.append("\r\n");
    } else if (delivery.body == Delivery::Body::Chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    }
    if (delivery.close) out.append("Connection: close\r\n");
    if (delivery.secure) {
        out.append("Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n");
    }
}

}  // namespace

std::string_view DateHeader::at(std::time_t now) {
    if (now == second_) return text_;
    second_ = now;
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 40> text;
    text_.assign(text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %T GMT", &utc));
    return text_;
}

std::string_view reason_of(unsigned status) {
    const auto found =
        std::ranges::find(kReasons, status, [](const auto& row) { return row.first; });
    return found == kReasons.end() ? std::string_view("Unknown") : found->second;
}

bool append_head(std::string& out, const Response& response, const Delivery& delivery,
                 std::string_view date) {
    out.append("HTTP/1.1 ");
    append_number(out, response.status);
    out.append(" ").append(reason_of(response.status)).append("\r\nDate: ").append(date);
    out.append("\r\n");
    bool whole = true;
    for (const auto& [name, value] : response.headers) {
        if (is_ours(name)) continue;
        whole = append_field(out, name, value) && whole;
    }
    append_delivery(out, delivery);
    out.append("\r\n");
    return whole;
}

Response problem_response(const Refusal& refusal, std::string_view request_id) {
    std::string body = R"({"type":"about:blank","title":")";
    body.append(reason_of(refusal.status)).append(R"(","status":)");
    append_number(body, refusal.status);
    // Titles, codes, details and ids are our own plain texts: nothing in them needs escaping.
    body.append(R"(,"code":")").append(refusal.code);
    body.append(R"(","detail":")").append(refusal.detail);
    body.append(R"(","requestId":")").append(request_id).append(R"("})");
    Response response{
        .status = refusal.status, .headers = {}, .body = std::move(body), .route = {}};
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Referrer-Policy", "no-referrer");
    response.headers.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    return response;
}

}  // namespace imagify::http
