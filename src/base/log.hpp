#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace imagify {

/// None is no level of a line: it is for `set_log_level`, and drops all.
enum class LogLevel { Debug, Info, Warning, Error, None };

/// One member of a JSON log line. Never a secret, token, password or full prompt.
struct LogField {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;
};

/// Writes one JSON line {time, level, event, ...fields} to standard error. Text is escaped, so one
/// call is always one line. Safe from several threads.
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

/// How often this process logged the event, lines that the level dropped included.
std::uint64_t times_logged(std::string_view event);

/// Writes the lines that were collected: they wait at most 0.2 seconds anyway.
void flush_log();

/// Lines below `level` are dropped. Info unless set.
void set_log_level(LogLevel level);

}  // namespace imagify
