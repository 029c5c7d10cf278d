#include "app/setting_reader.hpp"

#include "domain/prompt.hpp"

namespace imagify {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const auto comma = std::min(text.find(',', start), text.size());
        const auto part = trim(std::string_view(text).substr(start, comma - start));
        if (!part.empty()) parts.emplace_back(part);
        start = comma + 1;
    }
    return parts;
}

}  // namespace

void SettingReader::text(std::string_view name, std::string& target) {
    if (auto value = environment_(name)) target = std::move(*value);
}

void SettingReader::secret(std::string_view name, Secret& target) {
    if (auto value = environment_(name)) target = Secret(std::move(*value));
}

void SettingReader::list(std::string_view name, std::vector<std::string>& target) {
    if (const auto value = environment_(name)) target = split(*value);
}

void SettingReader::complain(std::string_view name, std::string advice) {
    problems.push_back({.setting = std::string(name), .advice = std::move(advice)});
}

}  // namespace imagify
