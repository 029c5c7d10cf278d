#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config.hpp"
#include "base/mutant.hpp"

namespace imagify {

/// Reads settings one by one and remembers what was wrong.
class SettingReader {
public:
    explicit SettingReader(const Environment& environment) : environment_(environment) {}

    /// Each of these leaves `target` alone when the setting is absent.
    void text(std::string_view name, std::string& target);
    /// Never shown in a problem.
    void secret(std::string_view name, Secret& target);
    /// Comma-separated; empty parts do not count.
    void list(std::string_view name, std::vector<std::string>& target);

    /// A whole number within both bounds.
    template <class Number>
    void number(std::string_view name, Number low, Number high, Number& target) {
        const auto value = environment_(name);
        if (!value) return;
        Number parsed{};
        const auto* const end = value->data() + value->size();
        const auto [rest, error] = std::from_chars(value->data(), end, parsed);
        if (error == std::errc{} && rest == end && parsed >= low &&
            (parsed <= high || MUTANT("parse.setting_bound"))) {
            target = parsed;
            return;
        }
        complain(name, "must be a whole number from " + std::to_string(low) + " to " +
                           std::to_string(high));
    }

    /// One of several words.
    template <class Choice>
    void choice(std::string_view name,
                std::initializer_list<std::pair<std::string_view, Choice>> choices,
                Choice& target) {
        const auto value = environment_(name);
        if (!value) return;
        std::string words;
        for (const auto& [word, meaning] : choices) {
            if (*value == word) {
                target = meaning;
                return;
            }
            words += (words.empty() ? "'" : " or '") + std::string(word) + "'";
        }
        complain(name, "must be " + words);
    }

    /// Complains unless `present`.
    void require(bool present, std::string_view name, std::string_view advice) {
        if (!present) complain(name, std::string(advice));
    }
    void complain(std::string_view name, std::string advice);

    std::optional<std::string> get(std::string_view name) const { return environment_(name); }

    /// What was wrong so far.
    std::vector<ConfigProblem> problems;

private:
    const Environment& environment_;
};

}  // namespace imagify
