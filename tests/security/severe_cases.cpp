// Where does it end? Each of these once split a request in two behind some pair of servers.
#include <initializer_list>

#include "security/desync_cases.hpp"

namespace imagify::testing {
namespace {

using namespace std::string_literals;

// The start of a second request, which a wrong reading of the first lets loose.
const std::string kInside = "GET /smuggled HTTP/1.1\r\nHost: a\r\nX: ";
const std::string kNoChunks = "0\r\n\r\n";

std::vector<NamedBytes> both_ways() {
    const auto coded = [](const std::string& coding) {
        return "Content-Length: 5\r\nTransfer-Encoding:" + coding;
    };
    return {
        {"CL.TE", post_with(coded(" chunked"), kNoChunks)},
        {"TE.CL", post_with("Transfer-Encoding: chunked\r\nContent-Length: 5", kNoChunks)},
        {"CL.TE with a request inside",
         post_with("Content-Length: 6\r\nTransfer-Encoding: chunked", kNoChunks + kInside)},
        {"TE.CL with a request inside", post_with("Content-Length: 4\r\nTransfer-Encoding: chunked",
                                                  "2b\r\n" + kInside + "\r\n0\r\n\r\n")},
        {"CL.TE, length 0", post_with("Content-Length: 0\r\nTransfer-Encoding: chunked", kInside)},
        {"TE without a space, and CL", post_with(coded("chunked"), kNoChunks)},
        {"TE with a tab, and CL", post_with(coded("\tchunked"), kNoChunks)},
        {"TE in capitals, and CL", post_with(coded(" CHUNKED"), kNoChunks)},
        {"TE identity, and CL", post_with(coded(" identity"), "01234")},
        {"TE of nothing, and CL", post_with(coded(" "), "01234")},
        {"TE of an unknown coding, and CL", post_with(coded(" cow"), "01234")},
        {"TE with a trailing comma, and CL", post_with(coded(" chunked,"), kNoChunks)},
        {"TE with a leading comma, and CL", post_with(coded(" ,chunked"), kNoChunks)},
        {"TE with a parameter, and CL", post_with(coded(" chunked;q=1"), kNoChunks)},
        {"TE with NUL, and CL", post_with(coded(" chunked\0"s), kNoChunks)},
        {"TE with a vertical tab, and CL", post_with(coded(" \x0b\x63hunked"), kNoChunks)},
        {"TE with a form feed, and CL", post_with(coded(" \x0c\x63hunked"), kNoChunks)},
        {"TE with a byte over 127, and CL", post_with(coded(" \xff\x63hunked"), kNoChunks)},
        {"TE folded, and CL", post_with(coded("\r\n chunked"), kNoChunks)},
        {"TE folded by LF, and CL", post_with(coded("\n chunked"), kNoChunks)},
        {"TE behind a bare CR, and CL",
         post_with("Content-Length: 5\r\nX: a\rTransfer-Encoding: chunked", kNoChunks)},
        {"TE behind a bare LF, and CL",
         post_with("Content-Length: 5\r\nX: a\nTransfer-Encoding: chunked", kNoChunks)},
        {"TE with a space before its colon, and CL",
         post_with("Content-Length: 5\r\nTransfer-Encoding : chunked", kNoChunks)},
        {"TE with a space before its name, and CL",
         post_with("Content-Length: 5\r\n Transfer-Encoding: chunked", kNoChunks)},
        {"TE in HTTP/1.0, and CL",
         "POST /plans HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\n"},
    };
}

std::vector<NamedBytes> lengths() {
    const auto length = [](const std::string& value) {
        return post_with("Content-Length: " + value, "01234" + kInside);
    };
    return {
        {"two lengths", post_with("Content-Length: 5\r\nContent-Length: 6", "01234G")},
        {"two lengths, one 0", post_with("Content-Length: 0\r\nContent-Length: 5", kInside)},
        {"two lengths of other case", post_with("Content-Length: 5\r\ncontent-LENGTH: 0", kInside)},
        {"a list of lengths", length("5, 6")},
        {"a length in octal style with a sign", length("+05")},
        {"a negative length", length("-5")},
        {"a hexadecimal length", length("0x5")},
        {"a length with an exponent", length("5e0")},
        {"a length with a fraction", length("5.0")},
        {"a length with an underscore", length("0_5")},
        {"a length with a comma", length("5,")},
        {"a length with NUL", length("5\0"s)},
        {"a length with a semicolon", length("5;")},
        {"a length of full-width digits", length("\xef\xbc\x95")},
        {"a length over 64 bits", length("18446744073709551621")},
        {"a length over 32 bits", length("4294967301")},
        {"a length that is folded", post_with("Content-Length:\r\n 5", "01234")},
        {"a length with a space in it", length("5 5")},
        {"a length with a space before the colon",
         post_with("Content-Length : 5", "01234" + kInside)},
        {"a length behind a bare CR", post_with("X: a\rContent-Length: 5", "01234")},
    };
}

std::vector<NamedBytes> codings() {
    const auto coding = [](const std::string& value) {
        return post_with("Transfer-Encoding: " + value, kNoChunks + kInside);
    };
    return {
        {"TE twice",
         post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", kNoChunks)},
        {"TE twice the same",
         post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", kNoChunks)},
        {"TE twice, one unknown",
         post_with("Transfer-Encoding: x\r\nTransfer-Encoding: chunked", kNoChunks)},
        {"TE identity", coding("identity")},
        {"TE chunked, then identity", coding("chunked, identity")},
        {"TE chunked in quotes", coding("\"chunked\"")},
        {"TE chunked in single quotes", coding("'chunked'")},
        {"TE xchunked", coding("xchunked")},
        {"TE chunkedx", coding("chunkedx")},
        {"TE chunk", coding("chunk")},
        {"TE of two words", coding("chunked chunked")},
        {"TE in brackets", coding("[chunked]")},
        {"TE with a Kelvin sign", coding("chun\xe2\x84\xaa\x65\x64")},
    };
}

std::vector<NamedBytes> chunk_sizes() {
    return {
        {"a chunk size that wraps 64 bits", chunked("10000000000000005\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size that wraps 32 bits", chunked("100000005\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size of 16 times f", chunked("ffffffffffffffff\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size with 0x", chunked("0x5\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size with +", chunked("+5\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size with -", chunked("-5\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size behind a space", chunked(" 5\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size before a space", chunked("5 \r\n01234\r\n0\r\n\r\n")},
        {"a chunk size before a tab", chunked("5\t;a\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size of no digits", chunked(";a\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size with a letter too far", chunked("5g\r\n01234\r\n0\r\n\r\n")},
        {"a chunk size with NUL", chunked("5\0\r\n01234\r\n0\r\n\r\n"s)},
        {"a chunk size ended by LF", chunked("5\n01234\r\n0\r\n\r\n")},
        {"a chunk size ended by CR", chunked("5\r01234\r\n0\r\n\r\n")},
        {"an extension ended by LF", chunked("5;a\n01234\r\n0\r\n\r\n")},
        {"an extension with a bare CR", chunked("5;a\rb\r\n01234\r\n0\r\n\r\n")},
        {"a chunk ended by LF", chunked("5\r\n01234\n0\r\n\r\n")},
        {"a chunk ended by CR", chunked("5\r\n01234\r0\r\n\r\n")},
        {"a chunk ended by other bytes", chunked("5\r\n01234XX0\r\n\r\n")},
        {"a chunk longer than its size", chunked("4\r\n01234\r\n0\r\n\r\n")},
        {"the last chunk ended by LF", chunked("0\n\r\n" + kInside)},
        {"the end ended by LF", chunked("0\r\n\n" + kInside)},
        {"a trailer ended by LF", chunked("0\r\nX: a\n\r\n")},
        {"a request as a trailer", chunked("0\r\nGET /smuggled HTTP/1.1\r\n\r\n")},
        {"an extension over the limit",
         chunked("5;" + std::string(1100, 'e') + "\r\n01234\r\n0\r\n\r\n")},
    };
}

}  // namespace

std::vector<WireCase> severe_cases() {
    std::vector<WireCase> cases;
    for (const auto& group : {both_ways(), lengths(), codings(), chunk_sizes()}) {
        for (const auto& [what, bytes] : group) {
            cases.push_back({.tier = Tier::Severe, .what = what, .bytes = bytes, .served = false});
        }
    }
    return cases;
}

}  // namespace imagify::testing
