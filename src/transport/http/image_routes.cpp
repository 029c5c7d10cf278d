#include <boost/json.hpp>

#include "transport/http/blob_response.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/event_stream.hpp"
#include "transport/http/image_request.hpp"
#include "transport/http/problem.hpp"
#include "transport/http/query.hpp"
#include "transport/http/routes.hpp"

namespace imagify::http {
namespace {

ErrorKind kind_of_failure(std::string_view code) {
    if (code == "prompt.refused") return ErrorKind::Refused;
    return ErrorKind::Unavailable;
}

Response show_answer(const ImageAnswer& answer, const std::string& request_id) {
    const auto& generation = answer.generation;
    switch (generation.state) {
        case GenerationState::Ready: {
            auto document = image_json(generation);
            document["credits"] = answer.balance.credits.count;
            return private_json(200, document);
        }
        case GenerationState::Held: {
            auto response = private_json(202, {{"imageId", generation.id.text()},
                                               {"status", to_text(generation.state)},
                                               {"credits", answer.balance.credits.count}});
            response.headers.add("Location", "/image/" + generation.id.text());
            response.headers.add("Retry-After", "2");
            return response;
        }
        case GenerationState::Cancelled:
            return problem({.kind = ErrorKind::Conflict, .code = "image.cancelled"}, request_id);
        case GenerationState::Failed: break;
    }
    return problem({.kind = kind_of_failure(generation.error), .code = generation.error},
                   request_id);
}

Task<Response> generate(const ImageRoutes& parts, Context context) {
    auto request = read_image_request(context);
    if (!request) co_return problem(request.error(), context.request.request_id);
    const auto answer = co_await parts.generate_image.run(std::move(*request));
    if (!answer) co_return problem(answer.error(), context.request.request_id);
    co_return show_answer(*answer, context.request.request_id);
}

Result<GenerationFilter> read_filter(const Query& query) {
    GenerationFilter filter{.state = std::nullopt, .text = query.get("q").value_or("")};
    Error error{.kind = ErrorKind::Invalid, .code = "validation.failed"};
    if (filter.text.size() > 800) error.fields.push_back({"q", "too_long"});
    if (const auto status = query.get("status")) {
        filter.state = parse_generation_state(*status);
        if (!filter.state) error.fields.push_back({"status", "unsupported"});
    }
    if (!error.fields.empty()) return std::unexpected(std::move(error));
    return filter;
}

Task<Response> list_images(const ImageRoutes& parts, Context context) {
    const auto query = Query::parse(context.request.query);
    if (!query) co_return problem(query.error(), context.request.request_id);
    auto page = query->page();
    if (!page) co_return problem(page.error(), context.request.request_id);
    auto filter = read_filter(*query);
    if (!filter) co_return problem(filter.error(), context.request.request_id);
    const auto images = co_await parts.generations.list_generations(
        context.account->id, std::move(*filter), std::move(*page));
    if (!images) co_return problem(images.error(), context.request.request_id);
    co_return private_json(200, page_json(*images, image_json));
}

Task<Response> get_image(const ImageRoutes& parts, Context context) {
    const auto image = co_await parts.generations.find_generation_of(context.account->id,
                                                                     GenerationId(context.id));
    if (!image) co_return problem(image.error(), context.request.request_id);
    co_return private_json(200, image_json(*image));
}

Task<Response> cancel(const ImageRoutes& parts, Context context) {
    const auto image =
        co_await parts.cancel_image.run(context.account->id, GenerationId(context.id));
    if (!image) co_return problem(image.error(), context.request.request_id);
    co_return private_json(200, image_json(*image));
}

Task<Response> remove(const ImageRoutes& parts, Context context) {
    const GenerationId id(context.id);
    const auto& owner = context.account->id;
    if (auto stopped = co_await parts.cancel_image.run(owner, id); !stopped) {
        co_return problem(stopped.error(), context.request.request_id);
    }
    const auto removed = co_await parts.generations.delete_generation(owner, id, parts.clock.now());
    if (!removed) co_return problem(removed.error(), context.request.request_id);
    co_return Response{.status = 204, .headers = {}, .body = {}};
}

Task<Response> list_engines(const ImageRoutes& parts) {
    boost::json::array items;
    for (const auto* engine : parts.painters.capabilities()) {
        items.emplace_back(engine_json(*engine));
    }
    co_return json_response(200, {{"items", std::move(items)}});
}

// A stranger, and somebody who is not signed in, see what they would see of an absent picture.
Task<Response> serve_bytes(const ImageRoutes& parts, Context context, BlobVariant variant) {
    Result<Generation> image = fail(ErrorKind::NotFound, "image.not_found");
    if (context.account) {
        image = co_await parts.generations.find_generation_of(context.account->id,
                                                              GenerationId(context.id));
    }
    if (image && !image->picture) image = fail(ErrorKind::NotFound, "image.not_found");
    if (!image) co_return problem(image.error(), context.request.request_id);
    co_return co_await blob_response(parts.blobs, *image, variant, context.request);
}

constexpr RouteLimit kGenerate{
    .rule = {.name = "generate", .quota = 60, .window = std::chrono::minutes(1)},
    .by = LimitBy::User};

}  // namespace

void add_routes(Router& router, ImageRoutes parts) {
    using enum Method;
    using enum Access;
    const Route table[] = {
        {Post, "/image/generate-image", User,
         [parts](Context c) { return generate(parts, std::move(c)); }, kGenerate},
        {Get, "/image", User, [parts](Context c) { return list_images(parts, std::move(c)); }},
        {Get, "/image/engines", Public, [parts](Context) { return list_engines(parts); }},
        {Get, "/image/events", User,
         [parts](Context c) {
             return event_stream(
                 parts.events, parts.generations, parts.sessions,
                 {.user = c.account->id, .session = c.session, .clock = &parts.clock});
         }},
        {Get, "/image/{id}", User, [parts](Context c) { return get_image(parts, std::move(c)); }},
        {Delete, "/image/{id}", User, [parts](Context c) { return remove(parts, std::move(c)); }},
        {Post, "/image/{id}/cancel", User,
         [parts](Context c) { return cancel(parts, std::move(c)); }},
        {Get, "/image/{id}/file", Visitor,
         [parts](Context c) { return serve_bytes(parts, std::move(c), BlobVariant::Original); }},
        {Get, "/image/{id}/thumb", Visitor,
         [parts](Context c) { return serve_bytes(parts, std::move(c), BlobVariant::Thumbnail); }},
    };
    for (const auto& route : table) router.add(route);
}

}  // namespace imagify::http
