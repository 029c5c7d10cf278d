#include <nlohmann/json.hpp>
#include <set>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "transport/http/image_request.hpp"
#include "transport/http/json_reader.hpp"

namespace imagify::fuzz {
namespace {

using Other = nlohmann::json;
constexpr std::size_t kDepthMax = 32;

// What the second parser makes of a body that JsonReader should take.
struct Reading {
    bool parsed = false;
    /// It has a number that no double holds: infinite for Boost.JSON, an error for this parser.
    /// Nothing here reads such a number.
    bool too_large = false;
    bool repeated = false;
    std::size_t depth = 0;
    Other document;
};

Reading read_second(std::string_view text) {
    Reading reading;
    std::set<std::string> names;
    std::size_t open = 0;
    const auto watch = [&](int, Other::parse_event_t event, Other& value) {
        using Event = Other::parse_event_t;
        if (event == Event::object_start || event == Event::array_start) {
            reading.depth = std::max(reading.depth, ++open);
        }
        if (event == Event::object_end || event == Event::array_end) --open;
        if (event == Event::key && open == 1 && !names.insert(value.get<std::string>()).second) {
            reading.repeated = true;
        }
        return true;
    };
    try {
        reading.document = Other::parse(text.begin(), text.end(), watch);
        reading.parsed = true;
    } catch (const Other::out_of_range&) {
        reading.too_large = true;
    } catch (const Other::parse_error&) {
        reading.parsed = false;
    }
    return reading;
}

http::Request json_request(std::string_view body) {
    http::Request request;
    request.headers.add("Content-Type", "application/json");
    request.body = body;
    return request;
}

// The one that is a string there has the same bytes here.
void compare_text(const Other& document, const char* name, const std::optional<std::string>& ours) {
    const auto found = document.find(name);
    const bool is_text = found != document.end() && found->is_string();
    require(is_text == ours.has_value(), "a text for both, or for neither");
    if (is_text) require(found->get<std::string>() == *ours, "the same text");
}

}  // namespace

void read_json_body(std::string_view input) {
    auto reader = http::JsonReader::open(json_request(input));
    // The second parser takes a NUL for the end.
    if (input.contains('\0')) return require(!reader, "no JSON has a NUL");
    const auto second = read_second(input);
    if (second.too_large) return;
    const bool expected = second.parsed && second.document.is_object() && !second.repeated;
    if (reader) {
        require(expected, "the second parser takes what we take");
        require(second.depth <= kDepthMax + 1, "not too deep");
    } else if (expected && !reader.error().detail.contains("exponent")) {
        // Boost.JSON refuses 1e-99999999999, which is nothing for the second parser.
        require(second.depth > kDepthMax, "what the second parser takes, we take");
    }
    if (!reader) return;
    for (const auto* const name : {"email", "password", "name", "prompt"}) {
        compare_text(second.document, name, reader->optional_text(name));
    }
    if (const auto seed = reader->optional_integer("seed", 0, http::kSeedMax)) {
        require(second.document["seed"] == *seed, "the same number");
    }
}

void read_image_request(std::string_view input) {
    const auto prefer = take_line(input);
    http::Context context{.request = json_request(input), .account = Account{}, .id = {}};
    context.request.headers.add("Prefer", std::string(prefer));
    const auto request = http::read_image_request(context);
    if (input.contains('\0')) return require(!request, "no JSON has a NUL");
    if (!request) return;
    const auto second = read_second(input);
    if (second.too_large) return;
    require(second.parsed && second.document.is_object(), "a JSON object");
    compare_text(second.document, "prompt", request->order.prompt);
    if (second.document.contains("style") && !second.document["style"].is_null()) {
        compare_text(second.document, "style", request->order.style);
    }
    const auto seed = second.document.find("seed");
    if (seed != second.document.end() && !seed->is_null()) {
        require(request->seed && *seed == *request->seed, "the same seed");
    }
    const auto ratio = second.document.find("aspectRatio");
    if (ratio != second.document.end() && !ratio->is_null()) {
        require(*ratio == to_text(request->order.aspect_ratio), "the same frame");
    }
}

}  // namespace imagify::fuzz
