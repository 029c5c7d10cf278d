#include "adapters/clipdrop/multipart_form.hpp"

#include <random>

#include "unit/clipdrop/clipdrop_fixture.hpp"

namespace imagify::testing {
namespace {

struct FormPart {
    std::string head;
    std::string content;
};

/// A parser of its own, by RFC 2046: splits wherever "CRLF--boundary" stands, also in a content.
std::optional<std::vector<FormPart>> parse_form(std::string_view request_head, std::string body) {
    const std::string_view marker = "Content-Type: multipart/form-data; boundary=";
    const auto at = request_head.find(marker);
    if (at == std::string_view::npos) return std::nullopt;
    const auto rest = request_head.substr(at + marker.size());
    const auto delimiter = "\r\n--" + std::string(rest.substr(0, rest.find("\r\n")));
    body.insert(0, "\r\n");
    std::vector<FormPart> parts;
    auto start = body.find(delimiter);
    if (start != 0) return std::nullopt;
    for (;;) {
        start += delimiter.size();
        if (body.substr(start) == "--\r\n") return parts;
        if (body.substr(start, 2) != "\r\n") return std::nullopt;
        const auto end = body.find(delimiter, start);
        if (end == std::string::npos) return std::nullopt;
        const auto part = body.substr(start + 2, end - start - 2);
        const auto split = part.find("\r\n\r\n");
        if (split == std::string::npos) return std::nullopt;
        parts.push_back({part.substr(0, split), part.substr(split + 4)});
        start = end;
    }
}

std::vector<std::string> hostile_prompts() {
    std::vector<std::string> prompts = {
        "a cat",
        "một con mèo dưới trăng",
        "\"quotes\" 'and' \\ back",
        "line\r\nline\nline\rline",
        "\r\n",
        "\r\n\r\n",
        "--",
        "--\r\n",
        "\r\n--",
        "--imagify-",
        "\r\n--imagify-\r\n",
        "\r\n--imagify---\r\n",
        "\r\nContent-Disposition: form-data; name=\"seed\"\r\n\r\n1",
        "name=\"prompt\"",
        "; filename=\"/etc/passwd\"",
        "%0d%0a",
        "&prompt=x",
        "<script>",
        "{}",
        std::string("nul\0inside", 10),
        "\x7f\x01\x1b[31m",
        "\xff\xfe not UTF-8",
        "\xc3",
        "🎨🐉🏮",
        "👩‍👩‍👧‍👦",
        "\xEF\xBB\xBF"
        "bom",
        "مرحبا",
        "e\xCC\x81",
        std::string(1'000, '-'),
        std::string(64'000, '\n')};
    std::string dragons;
    for (int i = 0; i < 1'000; ++i) dragons += "🐉";
    prompts.push_back(dragons);
    std::mt19937 random(7);
    const std::string_view pieces[] = {"\r\n", "--",  "imagify-",       "\"", "\r", "\n", "a",
                                       "🐉",   "-",   "\r\n--imagify-", "=",  ";",  ":",  "é",
                                       " ",    "0v1u"};
    while (prompts.size() < 260) {
        std::string prompt;
        const auto length = 1 + random() % 40;
        for (unsigned i = 0; i < length; ++i) prompt += pieces[random() % std::size(pieces)];
        prompts.push_back(std::move(prompt));
    }
    return prompts;
}

TEST_F(ClipdropTest, EveryPromptArrivesUnchangedAsTheOnlyField) {
    Answers plan({png_answer({}, 100)});
    const UpstreamServer server(plan.script());
    const auto prompts = hostile_prompts();
    ASSERT_GE(prompts.size(), 200U);

    for (const auto& prompt : prompts) {
        clock.ahead += 2s;
        time_left = clock.ahead + 10s;
        ASSERT_TRUE(paint_at(server.url(), {.prompt = prompt}));
        const auto request = plan.last();
        const auto parts = parse_form(request.head, request.body);
        ASSERT_TRUE(parts) << prompt;
        ASSERT_EQ(parts->size(), 1U) << prompt;
        EXPECT_EQ(parts->front().head, "Content-Disposition: form-data; name=\"prompt\"");
        EXPECT_TRUE(parts->front().content == prompt) << prompt;
    }
}

/// Says the same for a while, so that a boundary is guessed.
class StubbornRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override {
        std::ranges::fill(bytes, static_cast<std::byte>(calls++ / 3));
    }
    int calls = 0;
};

TEST(MultipartFormTest, ABoundaryIsNeverInTheValue) {
    StubbornRandom random;
    const auto guessed = make_form("prompt", "x", random).content_type.substr(30);
    ASSERT_TRUE(guessed.starts_with("imagify-"));

    const auto form = make_form("prompt", "\r\n--" + guessed + "--\r\n", random);

    EXPECT_FALSE(form.content_type.contains(guessed));
    EXPECT_EQ(random.calls, 4);
}

}  // namespace
}  // namespace imagify::testing
