#include "adapters/clipdrop/multipart_form.hpp"

#include <array>

#include "base/mutant.hpp"

namespace imagify {
namespace {

std::string random_boundary(Random& random) {
    constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuv";
    std::array<std::byte, 24> entropy{};
    random.fill(entropy);
    std::string boundary = "imagify-";
    for (const auto byte : entropy) boundary += kLetters[std::to_integer<unsigned>(byte) & 31U];
    return boundary;
}

}  // namespace

MultipartForm make_form(std::string_view name, std::string_view value, Random& random) {
    auto boundary = random_boundary(random);
    while (value.contains(boundary) && !MUTANT("parse.boundary_inside"))
        boundary = random_boundary(random);
    MultipartForm form{.content_type = "multipart/form-data; boundary=" + boundary, .body = {}};
    form.body.append("--").append(boundary).append("\r\n");
    form.body.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n");
    form.body.append(value);
    form.body.append("\r\n--").append(boundary).append("--\r\n");
    return form;
}

}  // namespace imagify
