#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace imagify::redis {

/// What Redis said: one of these.
struct Reply {
    enum class Kind { Nothing, Integer, Text, List, Error };
    Kind kind = Kind::Nothing;
    std::int64_t integer = 0;
    /// Of a text, and of an error: "NOSCRIPT No matching script".
    std::string text{};
    std::vector<Reply> items{};
};

/// The words of a command as they are sent (RESP).
std::string command_text(const std::vector<std::string>& words);

/// Takes replies off bytes as they arrive; hiredis reads. Used by one coroutine.
class ReplyReader {
public:
    ReplyReader();

    void feed(std::string_view bytes);
    /// The next whole reply, if it is there.
    std::optional<Reply> next();
    /// True once the bytes were no replies.
    bool broken() const { return broken_; }

private:
    struct Drop {
        void operator()(redisReader* reader) const;
    };
    std::unique_ptr<redisReader, Drop> reader_;
    bool broken_ = false;
};

}  // namespace imagify::redis
