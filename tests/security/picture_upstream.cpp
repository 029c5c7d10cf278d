#include "security/picture_upstream.hpp"

#include <fmt/format.h>

#include <atomic>
#include <boost/json.hpp>

#include "security/target.hpp"
#include "support/upstream_server.hpp"

namespace imagify::testing {
namespace {

namespace json = boost::json;

std::string sign_up(const ServerProcess& server) {
    const auto reply =
        server.ask("POST", "/auth/register",
                   R"({"email":"bombs@example.vn","password":"a long enough password"})");
    if (!reply || reply->status != 201) throw std::runtime_error("cannot sign up");
    return std::string(json::parse(reply->body).at("token").as_string());
}

/// Credits and held.
std::pair<std::int64_t, std::int64_t> balance(const ServerProcess& server,
                                              const std::string& token) {
    const auto reply = server.ask("GET", "/user/credits", {}, token);
    if (!reply || reply->status != 200) return {-1, -1};
    const auto answer = json::parse(reply->body);
    return {answer.at("credits").as_int64(), answer.at("held").as_int64()};
}

}  // namespace

std::uint64_t count_charged(const std::vector<std::string>& pictures) {
    std::atomic<std::size_t> next = 0;
    const UpstreamServer painter([&](UpstreamConnection& connection) {
        while (connection.read_request()) {
            const auto index = next.fetch_add(1);
            if (index >= pictures.size()) return;
            connection.send(make_answer(200, {{"Content-Type", "image/png"}}, pictures[index]));
        }
    });
    const Target target(
        {"PAINTERS=clipdrop", "CLIPDROP_API=test-key-of-nobody", "CLIPDROP_URL=" + painter.url()});
    const auto token = sign_up(target.server());
    const auto before = balance(target.server(), token);
    std::uint64_t charged = before.first > 0 ? 0 : 1;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const auto reply = target.server().ask("POST", "/image/generate-image",
                                               R"({"prompt":"a picture"})", token);
        const bool refused = reply && reply->status >= 400 && next == i + 1;
        if (refused && balance(target.server(), token) == before) continue;
        fmt::print("picture {} from a painter: status {}\n", i, reply ? reply->status : 0);
        ++charged;
    }
    return charged;
}

}  // namespace imagify::testing
