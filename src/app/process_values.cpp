#include "app/process_values.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace imagify {
namespace {

// proc_pid_stat(5), counted after the name in parentheses, which may hold spaces.
constexpr int kStartTimeField = 22 - 2;

// Of the boot, so that ticks since then become a time; 0 when it cannot be read.
double boot_time() {
    std::ifstream file("/proc/stat");
    for (std::string word; file >> word;) {
        double seconds = 0;
        if (word == "btime" && file >> seconds) return seconds;
    }
    return 0;
}

double start_time() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 1)));
    std::string field;
    for (int i = 0; i < kStartTimeField; ++i) fields >> field;
    const double ticks = std::strtod(field.c_str(), nullptr);
    return boot_time() + ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double resident_bytes() {
    std::ifstream file("/proc/self/statm");
    double size = 0;
    double resident = 0;
    file >> size >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void add_files(std::vector<MetricValue>& values) {
    std::error_code failed;
    const std::filesystem::directory_iterator files("/proc/self/fd", failed);
    if (!failed) {
        // One of them is the look itself.
        const auto open = std::distance(begin(files), end(files)) - 1;
        values.push_back({"process_open_fds", static_cast<double>(open)});
    }
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        values.push_back({"process_max_fds", static_cast<double>(limit.rlim_cur)});
    }
}

}  // namespace

std::vector<MetricValue> process_values(const std::filesystem::path& data) {
    std::vector<MetricValue> values{{"process_start_time_seconds", start_time()},
                                    {"process_cpu_seconds_total", cpu_seconds()},
                                    {"process_resident_memory_bytes", resident_bytes()}};
    add_files(values);
    std::error_code failed;
    const auto disk = std::filesystem::space(data, failed);
    if (!failed) {
        values.push_back({"imagify_data_free_bytes", static_cast<double>(disk.available)});
        values.push_back({"imagify_data_disk_bytes", static_cast<double>(disk.capacity)});
    }
    return values;
}

}  // namespace imagify
