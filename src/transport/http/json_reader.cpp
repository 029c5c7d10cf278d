#include "transport/http/json_reader.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/json_keys.hpp"

namespace imagify::http {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 32;

bool is_json(std::string_view content_type) {
    constexpr std::string_view kJson = "application/json";
    const auto type = content_type.substr(0, content_type.find(';'));
    const auto end = type.find_last_not_of(" \t");
    const auto trimmed = end == std::string_view::npos ? "" : type.substr(0, end + 1);
    return std::ranges::equal(trimmed, kJson, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

}  // namespace

Result<JsonReader> JsonReader::open(const Request& request) {
    if (!is_json(request.headers.get("Content-Type"))) {
        return fail(ErrorKind::UnsupportedType, "request.unsupported_media_type");
    }
    json::parse_options options;
    options.max_depth = kDepthMax;
    json::error_code failed;
    auto value = json::parse(request.body, failed, {}, options);
    if (failed || !value.is_object()) {
        return fail(ErrorKind::Malformed, "request.malformed",
                    failed ? failed.message() : "not an object");
    }
    auto& object = value.get_object();
    if (has_repeated_keys(request.body, object.size())) {
        return fail(ErrorKind::Malformed, "request.malformed", "repeated key");
    }
    return JsonReader(std::move(object));
}

std::string JsonReader::text(std::string_view name) {
    auto value = optional_text(name);
    if (value) return std::move(*value);
    const auto* const present = object_.if_contains(name);
    if (present == nullptr || present->is_null()) reject(name, "required");
    return {};
}

std::optional<std::string> JsonReader::optional_text(std::string_view name) {
    const auto* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (const auto* const text = value->if_string()) return std::string(*text);
    reject(name, "invalid");
    return std::nullopt;
}

std::optional<std::int64_t> JsonReader::optional_integer(std::string_view name, std::int64_t low,
                                                         std::int64_t high) {
    const auto* const value = object_.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    const auto* const number = value->if_int64();
    if (number == nullptr) {
        reject(name, "invalid");
        return std::nullopt;
    }
    if (*number < low || *number > high) {
        reject(name, "out_of_range");
        return std::nullopt;
    }
    return *number;
}

void JsonReader::reject(std::string_view name, std::string_view code) {
    error_.fields.push_back({std::string(name), std::string(code)});
}

Result<void> JsonReader::finish() const {
    if (error_.fields.empty()) return {};
    return std::unexpected(error_);
}

}  // namespace imagify::http
