#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cctype>

#include "vnpay/genuine.hpp"
#include "vnpay/notice_cases.hpp"
#include "vnpay/text_changes.hpp"

namespace imagify::testing {
namespace {

constexpr std::string_view kHashField = "&vnp_SecureHash=";

std::string hex_of(const unsigned char* bytes, std::size_t size) {
    std::string hex;
    for (std::size_t i = 0; i < size; ++i) {
        hex += "0123456789abcdef"[bytes[i] / 16];
        hex += "0123456789abcdef"[bytes[i] % 16];
    }
    return hex;
}

std::string digest(const EVP_MD* kind, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), bytes.data(), &size, kind, nullptr);
    return hex_of(bytes.data(), size);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(), &size);
    return hex_of(bytes.data(), size);
}

}  // namespace

void NoticeCases::wrong_amounts() const {
    const auto right = subject_.amount_vnd * 100;
    const auto text = std::to_string(right);
    std::vector<std::string> wrong = {"",
                                      "0",
                                      "-" + text,
                                      "+" + text,
                                      "0" + text,
                                      " " + text,
                                      text + " ",
                                      text + ".0",
                                      text + "00",
                                      text + "0",
                                      "1e6",
                                      "1000000",
                                      "NaN",
                                      "0x17D7840",
                                      text + "\t",
                                      "٢٥٠٠٠٠٠٠",
                                      text + ",00",
                                      "25 000 000",
                                      "4294967296",
                                      "99999999999",
                                      "999999999999",
                                      "null",
                                      "undefined",
                                      "true",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "18446744073709551616",
                                      "18446744073709551616" + text,
                                      std::string(300, '9'),
                                      text + "\n",
                                      "１２３"};
    for (const std::int64_t off : {-100'000, -100, -1, 1, 100, 100'000}) {
        wrong.push_back(std::to_string(right + off));
    }
    wrong.push_back(std::to_string(right / 100));
    for (const auto& amount : wrong) {
        send_signed("amount", with(subject_.fields, "vnp_Amount", amount), Truth::Unproven, "04");
        send("amount unsigned", second::signed_text(with(subject_.fields, "vnp_Amount", amount)) +
                                    std::string(kHashField) + meaning_.hash);
    }
}

void NoticeCases::wrong_references() const {
    const auto& right = subject_.reference;
    for (const auto& wrong :
         {std::string(), right + "_1", right + "_2026", right + " ", " " + right, right + "0",
          cased(right, std::tolower), right.substr(1), right.substr(0, right.size() - 1),
          "0" + right, right + "'--", right + "%", std::string("%"), std::string("*"),
          std::string(5'000, 'A'), std::string("SIT_NOTFOUND_1")}) {
        send_signed("reference", with(subject_.fields, "vnp_TxnRef", wrong), Truth::Unproven, "01");
    }
    const auto swapped = with(subject_.fields, "vnp_TxnRef", other_reference_);
    send("reference swapped",
         second::signed_text(swapped) + std::string(kHashField) + meaning_.hash);
}

void NoticeCases::wrong_terminals() const {
    for (const std::string wrong : {"", "TESTTMN2", "testtmn1", "TESTTMN1 ", "TESTTMN", "TESTTMN10",
                                    "IMAGIFY0", "*", "TESTTMN1,TESTTMN2"}) {
        send_signed("terminal", with(subject_.fields, "vnp_TmnCode", wrong), Truth::Forged);
    }
}

void NoticeCases::hashes() const {
    const auto text = second::signed_text(subject_.fields);
    const auto& right = meaning_.hash;
    const auto give = [&](std::string_view family, const std::string& hash) {
        send(family, text + std::string(kHashField) + hash);
    };
    for (std::size_t size = 0; size < right.size(); ++size) {
        give("hash truncated", right.substr(0, size));
        give("hash truncated", right.substr(size));
    }
    for (const char* tail : {"0", "00", "%20", "+", "%00", "%0A", "&vnp_SecureHash=", ",", "="}) {
        give("hash extended", right + tail);
        give("hash extended", tail + right);
    }
    give("hash extended", right + right);
    give("hash extended", "0x" + right);
    give("hash letter case", cased(right, std::toupper));
    give("hash of another kind", digest(EVP_sha512(), kOurSecret + text));
    give("hash of another kind", digest(EVP_sha512(), text));
    give("hash of another kind", digest(EVP_sha256(), kOurSecret + text));
    give("hash of another kind", digest(EVP_md5(), kOurSecret + text));
    give("hash of another kind", hmac_sha256(kOurSecret, text));
    give("hash of another kind", std::string(128, '0'));
    give("hash of another kind", std::string(128, 'g'));
    give("hash of another kind", "null");
    // Signed over something else than the rule's text.
    give("hash of another text", second::hmac_sha512(kOurSecret, replaced(text, "+", "%20")));
    give("hash of another text", second::hmac_sha512(kOurSecret, text + "&"));
    give("hash of another text", second::hmac_sha512(kOurSecret, ""));
    give("hash of another text", second::hmac_sha512(kOurSecret, text + "&vnp_SecureHash="));
    send("hash missing", text);
    send("hash missing", text + "&vnp_securehash=" + right);
    send("hash missing", text + "&SecureHash=" + right);
}

void NoticeCases::signers() const {
    const auto text = second::signed_text(subject_.fields);
    for (const auto& secret :
         {std::string(), std::string("TESTONLYINVENTEDSECRETKEY0000002"), kOurSecret + " ",
          kOurSecret + "\n", cased(kOurSecret, std::tolower), kOurSecret.substr(1), kOurTerminal,
          std::string("IMAGIFYDEVELOPMENTONLYSECRET0000"), digest(EVP_sha512(), kOurSecret)}) {
        send("another secret", text + std::string(kHashField) + second::hmac_sha512(secret, text));
    }
}

}  // namespace imagify::testing
