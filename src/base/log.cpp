#include "base/log.hpp"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "base/utf8.hpp"

namespace imagify {
namespace {

constexpr std::string_view kLevelNames[] = {"debug", "info", "warning", "error", "none"};
constexpr spdlog::level::level_enum kSpdLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                    spdlog::level::warn, spdlog::level::err,
                                                    spdlog::level::off};

// Collects lines and writes many with one system call: a line costs a request almost nothing. What
// is wrong is written at once, the rest within kFlushEvery.
class BufferedStderr final : public spdlog::sinks::base_sink<std::mutex> {
    void sink_it_(const spdlog::details::log_msg& message) override {
        buffer_.append(message.payload.data(), message.payload.size());
        buffer_ += '\n';
        if (buffer_.size() >= kFlushBytes || message.level >= spdlog::level::warn) flush_();
    }

    void flush_() override {
        std::string_view rest = buffer_;
        while (!rest.empty()) {
            const auto written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written <= 0) break;
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        buffer_.clear();
    }

    static constexpr std::size_t kFlushBytes = std::size_t{32} * 1024;
    std::string buffer_;
};

constexpr std::chrono::milliseconds kFlushEvery{200};

// Owns the thread that flushes; made with the first line, ends with the process.
struct Logging {
    std::shared_ptr<spdlog::logger> logger = [] {
        auto made = std::make_shared<spdlog::logger>("imagify", std::make_shared<BufferedStderr>());
        made->set_pattern("%v");
        return made;
    }();
    std::mutex mutex;
    std::condition_variable_any wake;
    std::jthread flusher{[this](const std::stop_token& stop) {
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            wake.wait_for(lock, stop, kFlushEvery, [] { return false; });
            logger->flush();
        }
    }};
};

spdlog::logger& logger() {
    static Logging logging;
    return *logging.logger;
}

// Event names are few and static.
struct EventCounts {
    std::mutex mutex;
    std::map<std::string, std::uint64_t, std::less<>> counts;

    void add(std::string_view event) {
        const std::scoped_lock lock(mutex);
        const auto found = counts.find(event);
        if (found == counts.end()) {
            counts.emplace(event, 1);
        } else {
            ++found->second;
        }
    }
};

EventCounts& event_counts() {
    static EventCounts counts;
    return counts;
}

using Buffer = fmt::memory_buffer;

// Escapes what could end the line or the string: a log line is always exactly one line of JSON.
void append_json_string(Buffer& out, std::string_view text) {
    // A reader of JSON refuses the whole line for one byte that is not UTF-8.
    const bool well_formed = count_code_points(text).has_value();
    out.push_back('"');
    for (const char c : text) {
        if (!well_formed && static_cast<unsigned char>(c) >= 0x80) {
            out.append(std::string_view("\\ufffd"));
        } else if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

struct AppendValue {
    Buffer& out;
    void operator()(std::string_view text) const { append_json_string(out, text); }
    void operator()(std::int64_t number) const {
        fmt::format_to(std::back_inserter(out), "{}", number);
    }
    void operator()(double number) const {
        if (!std::isfinite(number)) return out.append(std::string_view("null"));
        fmt::format_to(std::back_inserter(out), "{:.3f}", number);
    }
    void operator()(bool flag) const {
        fmt::format_to(std::back_inserter(out), "{}", flag ? "true" : "false");
    }
};

void append_time(Buffer& out) {
    using namespace std::chrono;
    const auto now = time_point_cast<milliseconds>(system_clock::now());
    const auto day = floor<days>(now);
    const year_month_day date{day};
    const hh_mm_ss time{now - day};
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(),
                   time.seconds().count(), time.subseconds().count());
}

}  // namespace

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    event_counts().add(event);
    const auto index = static_cast<std::size_t>(level);
    if (!logger().should_log(kSpdLevels[index])) return;
    Buffer line;
    line.append(std::string_view("{\"time\":\""));
    append_time(line);
    line.append(std::string_view("\",\"level\":\""));
    line.append(kLevelNames[index]);
    line.append(std::string_view("\",\"event\":"));
    append_json_string(line, event);
    for (const auto& field : fields) {
        line.push_back(',');
        append_json_string(line, field.name);
        line.push_back(':');
        std::visit(AppendValue{line}, field.value);
    }
    line.push_back('}');
    logger().log(kSpdLevels[index], "{}", std::string_view(line.data(), line.size()));
}

std::uint64_t times_logged(std::string_view event) {
    auto& [mutex, counts] = event_counts();
    const std::scoped_lock lock(mutex);
    const auto found = counts.find(event);
    return found == counts.end() ? 0 : found->second;
}

void flush_log() { logger().flush(); }

void set_log_level(LogLevel level) {
    logger().set_level(kSpdLevels[static_cast<std::size_t>(level)]);
}

}  // namespace imagify
