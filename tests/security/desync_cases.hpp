#pragma once

#include <string>
#include <vector>

namespace imagify::testing {

/// How dangerous it is when two parsers on one path read a message differently: the tiers of
/// AWS' HTTP desync guardian.
enum class Tier {
    Compliant,   ///< By the book: has to be served.
    Acceptable,  ///< Not by the book, but of one meaning.
    Ambiguous,   ///< Two parsers may disagree about what it says.
    Severe,      ///< They may disagree about where it ends.
};

struct WireCase {
    Tier tier;
    std::string what;
    std::string bytes;
    /// Served leaves the connection open for the next request; refused ends it.
    bool served;
};

/// A case whose tier its table knows.
struct NamedBytes {
    std::string what;
    std::string bytes;
};

/// Every hand-made case; the cases of one tier stand together.
std::vector<WireCase> desync_cases();

/// Of these tiers; `desync_cases` puts them together.
std::vector<WireCase> severe_cases();
std::vector<WireCase> ambiguous_cases();
std::vector<WireCase> harmless_cases();

/// A POST with these field lines (without their last CRLF) and this body.
std::string post_with(const std::string& fields, const std::string& body = {});
/// A GET with these field lines after its Host.
std::string get_with(const std::string& fields);
/// A GET for this Host.
std::string for_host(const std::string& host);
/// This request line and a Host.
std::string with_line(const std::string& line);
/// A chunked POST with this body.
std::string chunked(const std::string& body);

}  // namespace imagify::testing
