#include "crash/failpoints.hpp"

#include <fstream>
#include <regex>
#include <set>

namespace imagify::testing {

std::vector<std::string> failpoints_in(const std::filesystem::path& sources) {
    const std::regex visit(R"re(FAILPOINT\("([a-z_.]+)"\))re");
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

}  // namespace imagify::testing
