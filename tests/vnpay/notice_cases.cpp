#include "vnpay/notice_cases.hpp"

#include <algorithm>
#include <cctype>

#include "vnpay/genuine.hpp"
#include "vnpay/text_changes.hpp"

namespace imagify::testing {
namespace {

std::string joined(const std::vector<std::string>& pieces) {
    std::string query;
    for (const auto& piece : pieces) query += (query.empty() ? "" : "&") + piece;
    return query;
}

std::vector<std::string> pieces_of(std::string_view query) {
    std::vector<std::string> pieces;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        pieces.emplace_back(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return pieces;
}

}  // namespace

NoticeCases::NoticeCases(Subject subject, std::string other_reference, Channel channel, Dice& dice,
                         Sink sink)
    : subject_(std::move(subject)),
      other_reference_(std::move(other_reference)),
      channel_(channel),
      dice_(dice),
      sink_(std::move(sink)),
      genuine_(second::notice(kOurSecret, subject_.fields)),
      meaning_(second::read_notice(genuine_).value()) {}

void NoticeCases::send_all() {
    // Before anything paid the order, so that a wrongly believed one would be seen to credit it.
    wrong_amounts();
    wrong_references();
    wrong_terminals();
    hashes();
    signers();
    drops_and_additions();
    doubles();
    letter_cases();
    sizes();
    orders();
    encodings();
    flips();
}

void NoticeCases::send(std::string_view family, std::string bytes) const {
    const bool same = second::read_notice(bytes) == meaning_;
    sink_({.family = family,
           .channel = channel_,
           .truth = same ? Truth::Genuine : Truth::Forged,
           .bytes = std::move(bytes)});
}

void NoticeCases::send_signed(std::string_view family, const second::Pairs& fields, Truth truth,
                              std::string_view reply) const {
    sink_({.family = family,
           .channel = channel_,
           .truth = truth,
           .bytes = second::notice(kOurSecret, fields),
           .reply = reply});
}

void NoticeCases::flips() const {
    flip_each_byte(genuine_, std::string_view("\0&=%+0 \xff", 8),
                   [this](std::string bytes) { send("byte flipped", std::move(bytes)); });
}

void NoticeCases::drops_and_additions() const {
    const auto pieces = pieces_of(genuine_);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto fewer = pieces;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        send("dropped", joined(fewer));
        auto without_value = pieces;
        without_value[i] = without_value[i].substr(0, without_value[i].find('='));
        send("dropped", joined(without_value));
    }
    for (const char* extra : {"vnp_Extra=1", "vnp_Bill_Email=a%40b.vn", "vnp_Amount%00=1", "vnp_=1",
                              "vnp_Extra=", "VNP_AMOUNT=1", "utm_source=mail", "amount=1",
                              "vnp_SecureHashType=HmacSHA512", "vnp_SecureHashType=MD5", "=", "&",
                              "%", "a=%", "vnp_A=%", "vnp_A=%zz", "vnp_%=1"}) {
        send("added", genuine_ + "&" + extra);
        send("added", std::string(extra) + "&" + genuine_);
    }
    for (const char* whole : {"", "&", "=", "?", "vnp_SecureHash=", "vnp_SecureHash", "%00"}) {
        send("empty", whole);
    }
    send("empty", "vnp_SecureHash=" + second::hmac_sha512(kOurSecret, ""));
}

void NoticeCases::doubles() const {
    const auto pieces = pieces_of(genuine_);
    for (const auto& piece : pieces) {
        const auto name = piece.substr(0, piece.find('='));
        for (const auto& copy : {piece, name + "=1", name + "=", name, name + "=00", name + "%00=1",
                                 "%76" + name.substr(1) + "=1"}) {
            send("doubled", genuine_ + "&" + copy);
            send("doubled", copy + "&" + genuine_);
        }
        send("doubled", genuine_ + "&" + name + "[]=1");
        send("doubled", genuine_ + ";" + name + "=1");
    }
}

void NoticeCases::orders() const {
    auto pieces = pieces_of(genuine_);
    std::ranges::reverse(pieces);
    send("reordered", joined(pieces));
    for (int i = 0; i < 20; ++i) {
        dice_.shuffle(pieces);
        send("reordered", joined(pieces));
    }
}

void NoticeCases::letter_cases() const {
    const auto pieces = pieces_of(genuine_);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto equals = pieces[i].find('=');
        const auto name = pieces[i].substr(0, equals);
        const auto value = pieces[i].substr(equals);
        for (const auto change : {static_cast<int (*)(int)>(std::tolower), std::toupper}) {
            auto changed = pieces;
            changed[i] = cased(name, change) + value;
            if (changed != pieces) send("letter case of names", joined(changed));
            changed[i] = name + cased(value, change);
            if (changed != pieces) send("letter case of values", joined(changed));
        }
    }
}

void NoticeCases::encodings() const {
    for (int i = 0; i < 40; ++i) send("spelling", spell_notice(subject_.fields, dice_));
    send("spelling", replaced(genuine_, "+", "%20"));
    send("spelling", replaced(genuine_, "%3A", ":"));
    send("spelling", replaced(genuine_, "%3A", "%3a"));
    send("encoding", replaced(genuine_, "+", "%2B"));
    send("encoding", replaced(genuine_, "%", "%25"));
    send("encoding", replaced(genuine_, "=", "%3D"));
    send("encoding", replaced(genuine_, "&", "%26"));
    send("encoding", replaced(genuine_, "&", "&amp;"));
    send("encoding", replaced(genuine_, "00", "%C0%B0%C0%B0"));
    send("encoding", replaced(genuine_, "00", "٠٠"));
    const auto pieces = pieces_of(genuine_);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (const auto& tail :
             {std::string("%00"), std::string(1, '\0'), std::string("%FF"), std::string("\xff"),
              std::string("%EF%BB%BF"), std::string("%"), std::string("%4"), std::string("%zz"),
              std::string("+"), std::string("%20"), std::string("%0D%0A"), std::string("#")}) {
            auto changed = pieces;
            changed[i] += tail;
            send("encoding", joined(changed));
        }
    }
}

void NoticeCases::sizes() const {
    for (const std::size_t count : {1U, 50U, 89U, 90U, 91U, 92U, 100U, 101U, 10'000U}) {
        std::string foreign;
        for (std::size_t i = 0; i < count; ++i) foreign += "&x" + std::to_string(i) + "=1";
        send("many parameters", genuine_ + foreign);
        send("many parameters", genuine_ + replaced(foreign, "&x", "&vnp_x"));
    }
    for (const std::size_t size : {16'383U, 16'384U, 16'385U, 1'000'000U}) {
        send("long", genuine_ + "&x=" + std::string(size - genuine_.size() - 3, 'a'));
        send("long", genuine_ + "&vnp_x=" + std::string(size - genuine_.size() - 7, 'a'));
    }
}

}  // namespace imagify::testing
