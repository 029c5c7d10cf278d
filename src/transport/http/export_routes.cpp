#include "transport/http/export_archive.hpp"
#include "transport/http/routes.hpp"

namespace imagify::http {
namespace {

// Reads everything that somebody has: not a thing to repeat all day.
constexpr RouteLimit kExport{
    .rule = {.name = "export", .quota = 10, .window = std::chrono::hours(1)}, .by = LimitBy::User};

Task<Response> export_all(const ExportRoutes& parts, Context context) {
    auto archive = std::make_unique<ExportArchive>(parts, std::move(*context.account));
    Response response{.status = 200};
    response.headers.add("Content-Type", "application/x-tar");
    response.headers.add("Content-Disposition",
                         "attachment; filename=\"" + archive->name() + ".tar\"");
    response.headers.add("Cache-Control", "no-store");
    response.body = std::move(archive);
    co_return response;
}

}  // namespace

void add_routes(Router& router, ExportRoutes parts) {
    router.add({Method::Get, "/user/export", Access::User,
                [parts](Context c) { return export_all(parts, std::move(c)); }, kExport});
}

}  // namespace imagify::http
