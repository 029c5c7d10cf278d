#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "security/token_cases.hpp"
#include "support/jws.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"at+jwt"})";

struct Parts {
    std::string header;
    std::string payload;
    std::string mac;

    std::string joined() const { return header + "." + payload + "." + mac; }
};

Parts genuine_parts(const TokenForge& forge) {
    const auto token = forge.genuine();
    const auto first = token.find('.');
    const auto last = token.rfind('.');
    return {token.substr(0, first), token.substr(first + 1, last - first - 1),
            token.substr(last + 1)};
}

// One to five parts, empty ones, in every order.
void forge_parts(const TokenForge& forge, const TakeCase& take) {
    const auto [h, p, m] = genuine_parts(forge);
    for (const auto& token :
         {std::string(),
          std::string("."),
          std::string(".."),
          std::string("..."),
          h,
          p,
          m,
          h + ".",
          "." + p,
          h + "." + p,
          h + "." + p + ".",
          "." + p + "." + m,
          h + ".." + m,
          ".." + m,
          h + "..",
          h + "." + m + "." + p,
          p + "." + h + "." + m,
          m + "." + p + "." + h,
          p + "." + m,
          h + "." + m,
          h + "." + p + "." + m + ".",
          "." + h + "." + p + "." + m,
          h + ".." + p + "." + m,
          h + "." + p + ".." + m,
          h + "." + p + "." + m + "." + m,
          h + "." + p + "." + m + ".a.b",
          h + "." + h + "." + p + "." + m,
          h + p + m,
          h + "," + p + "," + m,
          h + ":" + p + ":" + m,
          h + "/" + p + "/" + m,
          R"({"payload":")" + p + R"(","protected":")" + h + R"(","signature":")" + m + R"("})",
          "[\"" + h + "." + p + "." + m + "\"]",
          "Bearer " + h + "." + p + "." + m}) {
        take("parts " + token.substr(0, 30), token);
    }
    // Signed for what it is, but of another number of parts: JWE has five (RFC 7516, 3.1).
    for (const auto& input : {h, p, h + "." + p + "." + p, h + "." + p + ".", "." + h + "." + p,
                              h + ".", "." + p, std::string("."), std::string(), h + ".." + p,
                              h + "." + p + ".AAAA.AAAA", h + p, h + "A." + p, "A" + h + "." + p}) {
        take("signed parts", with_signature(input, forge.key));
    }
}

void forge_padding(const TokenForge& forge, const TakeCase& take) {
    const auto parts = genuine_parts(forge);
    for (const auto* const odd : {"=", "==", "===", "%3D", " ", "\n", "\r\n", "\t", "\\", "+", "/",
                                  "*", "!", "\x7f", "\xc3\xa9", ".", ",", "&", "~"}) {
        const std::string text(odd);
        for (const auto place : {std::size_t{0}, std::size_t{5}, std::string::npos}) {
            const auto in = [&](std::string part) {
                return part.insert(std::min(place, part.size()), text);
            };
            take("mac with " + text, parts.header + "." + parts.payload + "." + in(parts.mac));
            take("payload with " + text,
                 with_signature(parts.header + "." + in(parts.payload), forge.key));
            take("header with " + text,
                 with_signature(in(parts.header) + "." + parts.payload, forge.key));
        }
    }
    const std::string nul(1, '\0');
    take("nul", parts.joined() + nul);
    take("nul", nul + parts.joined());
}

// The last letter has bits that no byte has; every other letter with the same byte is a second
// spelling (RFC 4648, 3.5).
void forge_tail_bits(const TokenForge& forge, const TakeCase& take) {
    auto parts = genuine_parts(forge);
    for (const char c : kAlphabet) {
        auto mac = parts.mac;
        if (mac.back() == c) continue;
        mac.back() = c;
        take("other last letter of the mac", parts.header + "." + parts.payload + "." + mac);
    }
    for (const auto& claims : {forge.claims("sub", R"("u_1")"), forge.claims("sub", R"("u_12")"),
                               forge.claims("sub", R"("u_123")")}) {
        const auto payload = base64url(claims);
        if (payload.size() % 4 == 0) continue;
        const std::size_t unused = payload.size() % 4 == 2 ? 16 : 4;
        const auto right = kAlphabet.find(payload.back());
        for (std::size_t bits = 1; bits < unused; ++bits) {
            auto spelt = payload;
            spelt.back() = kAlphabet[right + bits];
            take("unused bits of the payload",
                 with_signature(parts.header + "." + spelt, forge.key));
        }
        take("a lone letter", with_signature(parts.header + "." + payload + "A", forge.key));
    }
}

void forge_sizes(const TokenForge& forge, const TakeCase& take) {
    const auto token = [&](std::size_t size) {
        return forge.token(std::string(kHeader),
                           forge.claims("sub", '"' + std::string(size, 'u') + '"'));
    };
    for (const std::size_t size :
         {std::size_t{4'000}, std::size_t{65'536}, std::size_t{1} << 20U}) {
        take("a long name", token(size));
        take("dots", std::string(size, '.'));
        take("letters", std::string(size, 'A'));
        take("a long header", forge.token(R"({"alg":"HS256","typ":"at+jwt","x":")" +
                                              std::string(size, 'x') + R"("})",
                                          forge.claims()));
        take("a long mac", forge.genuine() + std::string(size, 'A'));
        take("deep", forge.token(std::string(kHeader), std::string(size, '[')));
    }
}

}  // namespace

void forge_forms(const TokenForge& forge, const TakeCase& take) {
    forge_parts(forge, take);
    forge_padding(forge, take);
    forge_tail_bits(forge, take);
    forge_sizes(forge, take);
}

void forge_signatures(const TokenForge& forge, const TakeCase& take) {
    const auto parts = genuine_parts(forge);
    const auto input = parts.header + "." + parts.payload;
    const auto sign = [&](const std::string& what, const std::string& key) {
        take("key: " + what, with_signature(input, key));
    };
    for (const auto* const guess :
         {"", "secret", "password", "changeme", "jwt_secret", "JWT_SECRET", "key", "imagify",
          "your-256-bit-secret", "your_jwt_secret", "0", "null", "undefined", "supersecret",
          "greatstack", "test", "default"}) {
        sign(guess, guess);
    }
    sign("former of the former", forge.former_key + "0");
    for (std::size_t size = 0; size < forge.key.size(); ++size) {
        sign("beginning of the key", forge.key.substr(0, size));
        sign("end of the key", forge.key.substr(forge.key.size() - size));
    }
    for (const char c : {'\0', '0', ' ', '\n', '='}) {
        // HMAC fills a key up with zeros: only that one is the same key.
        if (c != '\0') sign("key and more", forge.key + c);
        sign("all of one byte", std::string(32, c));
    }
    sign("key reversed", std::string(forge.key.rbegin(), forge.key.rend()));
    sign("key encoded", base64url(forge.key));
    sign("a public key", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----\n");
    const auto right = hmac("SHA256", forge.key, input);
    const auto show = [&](const std::string& what, const std::string& mac) {
        take("mac: " + what, input + "." + base64url(mac));
    };
    for (std::size_t size = 0; size < right.size(); ++size) {
        show("cut", right.substr(0, size));
        show("cut in front", right.substr(right.size() - size));
    }
    for (const auto* const digest : {"MD5", "SHA1", "SHA224", "SHA384", "SHA512", "SHA3-256"}) {
        const auto mac = hmac(digest, forge.key, input);
        show(digest, mac);
        show("as long as SHA256", mac.substr(0, right.size()));
    }
    for (const auto& other :
         {std::string(), parts.header, parts.payload, parts.header + parts.payload, forge.claims(),
          std::string(kHeader) + "." + forge.claims(), parts.payload + "." + parts.header,
          input + ".", "." + input}) {
        show("of another text", hmac("SHA256", forge.key, other));
    }
    show("twice", hmac("SHA256", forge.key, right));
    show("with itself", right + right);
    show("zeros", std::string(32, '\0'));
    show("ones", std::string(32, '\xff'));
    for (std::size_t bit = 0; bit < right.size() * 8; ++bit) {
        auto mac = right;
        mac[bit / 8] = static_cast<char>(mac[bit / 8] ^ (1 << (bit % 8)));
        show("one bit", mac);
    }
}

}  // namespace imagify::testing
