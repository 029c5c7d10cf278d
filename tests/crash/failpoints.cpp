#include "crash/failpoints.hpp"

#include <fstream>
#include <regex>
#include <set>

namespace imagify::testing {
namespace {

std::vector<std::string> names_in(const std::filesystem::path& sources, const std::string& macro) {
    const std::regex visit(macro + R"re(\("([a-z_.]+)"\))re");
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            std::smatch found;
            if (std::regex_search(line, found, visit)) names.insert(found[1]);
        }
    }
    return {names.begin(), names.end()};
}

}  // namespace

std::vector<std::string> failpoints_in(const std::filesystem::path& sources) {
    auto names = names_in(sources, "FAILPOINT");
    // Those of commands have their own tests.
    std::erase_if(names, [](const std::string& name) {
        return name.starts_with("dynamodb.") || name.starts_with("backup.") ||
               name.starts_with("restore.");
    });
    return names;
}

std::vector<std::string> mutants_in(const std::filesystem::path& sources) {
    return names_in(sources, "MUTANT");
}

}  // namespace imagify::testing
