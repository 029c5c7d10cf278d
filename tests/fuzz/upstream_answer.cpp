#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>

#include "adapters/clipdrop/clipdrop_answer.hpp"
#include "adapters/http_client/answer_reader.hpp"
#include "fuzz/chunked_body.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "support/fake_clock.hpp"
#include "support/run_task.hpp"
#include "transport/beast/head_parser.hpp"

namespace imagify::fuzz {
namespace {

struct Arrived {
    ReadProblem problem = ReadProblem::None;
    OutboundAnswer answer;
    std::optional<std::uint64_t> announced_bytes;
    bool reusable = false;
};

Task<Arrived> read_answer(Connection& connection, bool head_only) {
    Arrived arrived;
    AnswerReader reader(connection, head_only, [](std::size_t) {});
    arrived.problem = co_await reader.read_head();
    if (arrived.problem != ReadProblem::None) co_return arrived;
    arrived.answer = reader.answer();
    arrived.announced_bytes = reader.announced_bytes();
    for (;;) {
        std::span<const std::byte> piece;
        arrived.problem = co_await reader.read_piece(piece);
        if (arrived.problem != ReadProblem::None) co_return arrived;
        arrived.answer.body.append(reinterpret_cast<const char*>(piece.data()), piece.size());
        if (piece.empty()) break;
        require(piece.size() <= kBodyPieceBytes, "pieces of bounded size");
    }
    arrived.reusable = reader.is_reusable();
    co_return arrived;
}

// A server that sends all of `text`, which fits into a socket's buffer, and hangs up.
Arrived receive(std::string_view text, bool head_only) {
    int ends[2];
    require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a pair of sockets");
    require(::send(ends[1], text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()),
            "room for the whole answer");
    ::close(ends[1]);
    boost::asio::io_context context;
    boost::asio::ip::tcp::socket socket(context);
    socket.assign(boost::asio::ip::tcp::v4(), ends[0]);
    Connection connection(std::move(socket));
    auto arrived =
        boost::asio::co_spawn(context, read_answer(connection, head_only), boost::asio::use_future);
    context.run();
    return arrived.get();
}

bool is_lower_case(const std::string& name) {
    return std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// The strict reader takes less than Beast; where it reads a body that starts behind some head, one
// such reading is this one.
void check_chunks(std::string_view text, std::string_view body) {
    bool any = false;
    for (auto end = text.find("\r\n\r\n"); end != std::string_view::npos;
         end = text.find("\r\n\r\n", end + 1)) {
        const auto chunks = read_chunks(text.substr(end + 4));
        if (chunks && chunks->content == body) return;
        any = any || chunks;
    }
    require(!any, "the content of the chunks");
}

void check_body(std::string_view text, const Arrived& arrived) {
    const auto& body = arrived.answer.body;
    const auto coding = find_header(arrived.answer, "transfer-encoding");
    if (coding && http::same_text(*coding, "chunked")) return check_chunks(text, body);
    if (arrived.announced_bytes) {
        require(body.size() == *arrived.announced_bytes, "as long as announced");
    }
    require(text.contains(body), "the bytes that were sent");
}

}  // namespace

void read_upstream_answer(std::string_view input) {
    if (input.empty()) return;
    const bool head_only = input[0] == 'h';
    const auto text = input.substr(1);
    const auto arrived = receive(text, head_only);
    if (arrived.problem != ReadProblem::None) return;
    const auto& answer = arrived.answer;
    require(answer.status >= 200 && answer.status <= 999, "a final status");
    require(answer.body.size() <= text.size(), "no more than was sent");
    for (const auto& [name, value] : answer.headers) {
        require(!name.empty() && is_lower_case(name), "names in lower case");
        require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
                "one line");
    }
    // RFC 9112, 6.3: whatever length they announce.
    if (head_only || answer.status == 204 || answer.status == 304) {
        require(answer.body.empty(), "an answer without a body has none");
    } else {
        check_body(text, arrived);
    }
}

void read_painter_answer(std::string_view input) {
    OutboundAnswer answer;
    const auto status = take_line(input);
    for (const char c : status.substr(0, 3)) {
        if (c >= '0' && c <= '9')
            answer.status = answer.status * 10 + static_cast<unsigned>(c - '0');
    }
    answer.headers.emplace_back("retry-after", take_line(input));
    answer.headers.emplace_back("x-remaining-credits", take_line(input));
    const auto prompt = take_line(input);
    answer.body = input;
    constexpr std::string_view kKey = "canary-of-the-key";
    const testing::FakeClock clock;
    const auto left = decimal_header(answer, "x-remaining-credits");
    require(!left || (*left >= 0 && *left < 1e300 * 1e8), "a finite number of at least zero");
    const auto error = normalize(answer, clock.now(), Secret(std::string(kKey)), prompt);
    if (error.retry_after) {
        require(error.retry_after->count() >= 0 && *error.retry_after <= std::chrono::hours(1),
                "a wait of no more than an hour");
    }
    require(error.kind != ErrorKind::RateLimited || error.retry_after, "a limit says until when");
    require(!error.detail.contains(kKey.substr(0, 8)), "no word of the key");
    require(error.detail.size() <= 200, "a short detail");
    require(std::ranges::none_of(error.detail, [](char c) { return c >= 0 && c < ' '; }),
            "no control character in the log");
    if (prompt.size() > 30) require(!error.detail.contains(prompt), "no word of the prompt");
}

}  // namespace imagify::fuzz
