#include "adapters/clipdrop/multipart_form.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace imagify::fuzz {
namespace {

// The first boundary is all zeros, which an input can name; the next are others.
class CountingRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override {
        for (auto& byte : bytes) byte = static_cast<std::byte>(calls_);
        ++calls_;
    }

private:
    unsigned calls_ = 0;
};

}  // namespace

void write_multipart(std::string_view input) {
    CountingRandom random;
    const auto form = make_form("prompt", input, random);
    constexpr std::string_view kType = "multipart/form-data; boundary=";
    require(form.content_type.starts_with(kType), "the type of a form");
    const auto boundary = form.content_type.substr(kType.size());
    require(boundary.size() <= 70, "RFC 2046, 5.1.1: at most 70 characters");
    const auto first =
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n";
    require(form.body.starts_with(first), "one field of the head, and no other");
    const auto end = form.body.find("\r\n--" + boundary, first.size());
    require(end != std::string::npos, "an end");
    require(form.body.substr(first.size(), end - first.size()) == input, "equal bytes");
    require(form.body.substr(end) == "\r\n--" + boundary + "--\r\n", "one part and nothing after");
    require(!input.contains(boundary), "the boundary is not in the text");
}

}  // namespace imagify::fuzz
