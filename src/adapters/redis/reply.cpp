#include "adapters/redis/reply.hpp"

#include <hiredis/hiredis.h>

#include <new>

namespace imagify::redis {
namespace {

Reply read(const redisReply& reply) {
    Reply read_reply;
    switch (reply.type) {
        case REDIS_REPLY_INTEGER:
            read_reply.kind = Reply::Kind::Integer;
            read_reply.integer = reply.integer;
            break;
        case REDIS_REPLY_STRING:
        case REDIS_REPLY_STATUS:
            read_reply.kind = Reply::Kind::Text;
            read_reply.text.assign(reply.str, reply.len);
            break;
        case REDIS_REPLY_ERROR:
            read_reply.kind = Reply::Kind::Error;
            read_reply.text.assign(reply.str, reply.len);
            break;
        case REDIS_REPLY_ARRAY:
            read_reply.kind = Reply::Kind::List;
            for (std::size_t i = 0; i < reply.elements; ++i) {
                read_reply.items.push_back(read(*reply.element[i]));
            }
            break;
        default: break;
    }
    return read_reply;
}

}  // namespace

std::string command_text(const std::vector<std::string>& words) {
    std::vector<const char*> pointers;
    std::vector<std::size_t> sizes;
    for (const auto& word : words) {
        pointers.push_back(word.data());
        sizes.push_back(word.size());
    }
    char* text = nullptr;
    const auto size = redisFormatCommandArgv(&text, static_cast<int>(words.size()), pointers.data(),
                                             sizes.data());
    if (size < 0) throw std::bad_alloc();
    std::string command(text, static_cast<std::size_t>(size));
    redisFreeCommand(text);
    return command;
}

void ReplyReader::Drop::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader() : reader_(redisReaderCreate()) {
    if (!reader_) throw std::bad_alloc();
}

void ReplyReader::feed(std::string_view bytes) {
    if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) broken_ = true;
}

std::optional<Reply> ReplyReader::next() {
    void* found = nullptr;
    if (broken_ || redisReaderGetReply(reader_.get(), &found) != REDIS_OK) {
        broken_ = true;
        return std::nullopt;
    }
    if (found == nullptr) return std::nullopt;
    const std::unique_ptr<void, void (*)(void*)> owned(found, freeReplyObject);
    return read(*static_cast<const redisReply*>(found));
}

}  // namespace imagify::redis
