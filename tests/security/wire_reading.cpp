#include "security/wire_reading.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <regex>
#include <string>

namespace imagify::testing {
namespace {

constexpr std::size_t kHeadBytes = 16 * 1024;
constexpr std::size_t kTargetBytes = 8 * 1024;
constexpr std::size_t kFields = 100;
constexpr std::uint64_t kBodyBytes = 64 * 1024;
constexpr std::size_t kChunkLineBytes = 1024;

// What stops the reading.
struct Malformed {};
struct Unfinished {};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

bool token_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, token_char);
}

std::string_view strip(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

void check(bool holds) {
    if (!holds) throw Malformed{};
}

struct Field {
    std::string name;
    std::string value;
};

Field read_field(std::string_view line) {
    const auto colon = line.find(':');
    check(colon != std::string_view::npos && is_token(line.substr(0, colon)));
    const auto value = strip(line.substr(colon + 1));
    for (const char c : value) {
        check((static_cast<unsigned char>(c) >= 32 && c != 127) || c == '\t');
    }
    return {lower(line.substr(0, colon)), std::string(value)};
}

// One message after the other, over all bytes of a connection.
class WireReader {
public:
    explicit WireReader(std::string_view bytes) : rest_(bytes) {}

    std::vector<Fate> read() {
        std::vector<Fate> fates;
        try {
            while (!rest_.empty()) {
                fates.push_back(read_request());
                if (fates.back() != Fate::Served) return fates;
            }
        } catch (Malformed) {
            fates.push_back(Fate::Refused);
        } catch (Unfinished) {  // NOLINT(bugprone-empty-catch): nobody answers it.
        }
        return fates;
    }

private:
    Fate read_request() {
        const auto lines = take_head();
        read_first_line(lines.front());
        check(lines.size() - 1 <= kFields);
        std::vector<Field> fields;
        for (std::size_t i = 1; i < lines.size(); ++i) fields.push_back(read_field(lines[i]));
        check_host(fields);
        const auto length = values(fields, "content-length");
        const auto coding = values(fields, "transfer-encoding");
        check_expectation(fields);
        if (!coding.empty()) {
            check(coding.size() == 1 && length.empty() && !old_ && lower(coding[0]) == "chunked");
            read_chunks();
        } else if (!length.empty()) {
            check(length.size() == 1);
            skip(read_length(length[0]));
        }
        return old_ || closes(fields) ? Fate::ServedLast : Fate::Served;
    }

    // Request line and field lines; the product may refuse a head before its end has come.
    std::vector<std::string_view> take_head() {
        check(token_char(rest_.front()));
        std::vector<std::string_view> lines;
        const auto all = rest_;
        for (;;) {
            const auto end = rest_.find('\n');
            if (end == std::string_view::npos) {
                check(all.size() < kHeadBytes);
                check(!lines.empty() || all.size() <= kTargetBytes + 64);
                throw Unfinished{};
            }
            check(end > 0 && rest_[end - 1] == '\r');
            const auto line = rest_.substr(0, end - 1);
            rest_.remove_prefix(end + 1);
            check(all.size() - rest_.size() <= kHeadBytes);
            if (line.empty()) return lines;
            lines.push_back(line);
        }
    }

    void read_first_line(std::string_view line) {
        const auto first = line.find(' ');
        const auto last = line.rfind(' ');
        check(first != std::string_view::npos && first < last);
        check(is_token(line.substr(0, first)));
        auto target = line.substr(first + 1, last - first - 1);
        const auto version = line.substr(last + 1);
        check(version == "HTTP/1.1" || version == "HTTP/1.0");
        old_ = version == "HTTP/1.0";
        check(!target.empty() && target.size() <= kTargetBytes);
        for (const char c : target) check(c > 32 && c < 127 && c != '#');
        named_.reset();
        if (target.front() == '/') return;
        const auto scheme = lower(target.substr(0, target.find("://")));
        check(target.find("://") != std::string_view::npos);
        check(scheme == "http" || scheme == "https");
        target.remove_prefix(scheme.size() + 3);
        named_ = lower(target.substr(0, target.find_first_of("/?")));
        check(!named_->empty());
    }

    void check_host(const std::vector<Field>& fields) const {
        const auto hosts = values(fields, "host");
        if (old_ && hosts.empty()) return;
        check(hosts.size() == 1 && !hosts[0].empty());
        check_authority(hosts[0]);
        check(!named_ || *named_ == lower(hosts[0]));
    }

    static void check_authority(const std::string& text) {
        static const std::regex pattern(
            R"((\[[0-9A-Za-z\-._~!$&'()*+;=:]+\]|[0-9A-Za-z\-._~%!$&'()*+;=]+)(:([0-9]*))?)");
        std::smatch parts;
        check(text.find('\0') == std::string::npos && std::regex_match(text, parts, pattern));
        // Leading zeros are no other number.
        const auto port = std::regex_replace(parts[3].str(), std::regex("^0+"), "");
        check(port.size() <= 5 && (port.empty() || std::stoi(port) <= 65'535));
    }

    void check_expectation(const std::vector<Field>& fields) const {
        const auto expected = values(fields, "expect");
        if (old_ || expected.empty() || expected.back().empty()) return;
        check(lower(expected.back()) == "100-continue");
    }

    static std::uint64_t read_length(const std::string& text) {
        check(!text.empty() && text.size() <= 18);
        for (const char c : text) check(c >= '0' && c <= '9');
        const auto length = std::stoull(text);
        check(length <= kBodyBytes);
        return length;
    }

    void skip(std::uint64_t length) {
        if (rest_.size() < length) throw Unfinished{};
        rest_.remove_prefix(length);
    }

    std::string_view take_chunk_line() {
        const auto end = rest_.find('\n');
        if (end == std::string_view::npos) {
            check(rest_.size() <= kChunkLineBytes);
            throw Unfinished{};
        }
        check(end > 0 && rest_[end - 1] == '\r' && end <= kChunkLineBytes);
        const auto line = rest_.substr(0, end - 1);
        rest_.remove_prefix(end + 1);
        overhead_ += end + 1;
        check(overhead_ <= 8 * 1024 + 8 * content_);
        return line;
    }

    void read_chunks() {
        overhead_ = content_ = 0;
        for (;;) {
            const auto size = read_size(take_chunk_line());
            if (size == 0) break;
            check(content_ + size <= kBodyBytes);
            skip(size);
            content_ += size;
            // Whatever stands where the line has to end is wrong before that line has an end.
            check(rest_.empty() || rest_.front() == '\r');
            check(take_chunk_line().empty());
        }
        for (auto line = take_chunk_line(); !line.empty(); line = take_chunk_line()) {
            read_field(line);
        }
    }

    static std::uint64_t read_size(std::string_view line) {
        std::size_t digits = 0;
        while (digits < line.size() && std::isxdigit(static_cast<unsigned char>(line[digits]))) {
            ++digits;
        }
        check(digits >= 1 && digits <= 8);
        const auto extension = line.substr(digits);
        check(extension.empty() || extension.front() == ';');
        for (const char c : extension) check((c >= 32 && c < 127) || c == '\t');
        return std::stoull(std::string(line.substr(0, digits)), nullptr, 16);
    }

    static std::vector<std::string> values(const std::vector<Field>& fields,
                                           std::string_view name) {
        std::vector<std::string> found;
        for (const auto& field : fields) {
            if (field.name == name) found.push_back(field.value);
        }
        return found;
    }

    static bool closes(const std::vector<Field>& fields) {
        for (const auto& value : values(fields, "connection")) {
            std::string_view list = value;
            while (true) {
                const auto comma = list.find(',');
                if (lower(strip(list.substr(0, comma))) == "close") return true;
                if (comma == std::string_view::npos) break;
                list.remove_prefix(comma + 1);
            }
        }
        return false;
    }

    std::string_view rest_;
    bool old_ = false;
    std::optional<std::string> named_;
    std::uint64_t overhead_ = 0;
    std::uint64_t content_ = 0;
};

}  // namespace

std::vector<Fate> read_wire(std::string_view bytes) { return WireReader(bytes).read(); }

}  // namespace imagify::testing
