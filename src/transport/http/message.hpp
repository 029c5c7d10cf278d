#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"

namespace imagify::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };

/// Header fields in the order they came. Names compare without regard to case (RFC 9110, 5.1).
class Headers {
public:
    /// The first value of `name`, or an empty view when it is absent.
    std::string_view get(std::string_view name) const;
    /// How often `name` occurs.
    std::size_t count(std::string_view name) const;
    void add(std::string name, std::string value);
    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);
    /// Makes room for `fields` fields at once.
    void reserve(std::size_t fields) { fields_.reserve(fields); }
    std::size_t size() const { return fields_.size(); }

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// A request after HTTP parsing: what Beast and Lambda both deliver.
struct Request {
    Method method = Method::Get;
    /// Path as sent, still percent-encoded, without the query. Starts with '/'.
    std::string path;
    /// Everything after the first '?', as sent.
    std::string query;
    Headers headers;
    std::string body;
    /// The customer's address after trusted proxies were taken into account, without a port.
    std::string client_address;
    /// The network that limits count by; empty: none apply. Filled in by Api.
    std::string client_network{};
    /// Unique per request; in every log line and problem document.
    std::string request_id;
    /// True when the customer's side of the connection is TLS.
    bool secure = false;
    /// By then it is answered, with whatever is known; nothing: routes have limits of their own.
    std::optional<std::chrono::steady_clock::time_point> answer_by{};
};

/// A body that is made while it is sent. Used by one coroutine.
class BodyStream {
public:
    virtual ~BodyStream() = default;

    /// Fills at most `buffer`; yields the number of bytes, 0 at the end. An error cuts the
    /// connection, so that the client sees that the body is incomplete.
    virtual Task<Result<std::size_t>> next(std::span<std::byte> buffer) = 0;

    /// The exact number of bytes when it is known; else the body is sent in chunks as they come.
    virtual std::optional<std::uint64_t> size_bytes() const = 0;
};

/// Text that belongs to the response, bytes that live as long as the process, or a stream.
using Body = std::variant<std::string, std::span<const std::byte>, std::unique_ptr<BodyStream>>;

struct Response {
    unsigned status = 200;
    Headers headers{};
    Body body{};
    /// Set for pages that may wait long without a byte (server-sent events): no idle limit.
    bool long_lived = false;
    /// The pattern that matched, e.g. "/image/{id}": static text, for logs and metrics; may be
    /// empty.
    std::string_view route{};
    /// Who was signed in, for logs; may be empty.
    std::string user_id{};
    /// The caller's trace, for logs; may be empty. Filled in by Api.
    std::string trace_id{};
};

/// Answers requests; never throws. Safe from several coroutines and threads at once.
class Service {
public:
    virtual ~Service() = default;

    /// The answer to one request. A bug inside it ends in a 500, not in an exception.
    virtual Task<Response> handle(Request request) = 0;
};

}  // namespace imagify::http
