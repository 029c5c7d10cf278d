#include "faults/sweep.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <sstream>
#include <stdexcept>

namespace imagify::testing {
namespace {

constexpr std::size_t kExamples = 3;
// A trial takes milliseconds; what takes this long never ends.
constexpr unsigned kHangSeconds = 20;

/// A process that works on one sweep, and what it has said so far.
struct Child {
    std::size_t sweep = 0;
    pid_t process = -1;
    int pipe = -1;
    std::string said{};
    std::int64_t last_nth = 0;
    bool done = false;
};

void say(int pipe, const std::string& line) {
    const auto whole = line + '\n';
    if (::write(pipe, whole.data(), whole.size()) < 0) ::_exit(3);
}

// One line a trial: begun before it, so that the parent knows which one crashed.
[[noreturn]] void work(const Sweep& sweep, std::int64_t from, int pipe) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDERR_FILENO);
    install_faulty_store_memory();
    Trial trial(*sweep.flow, sweep.mode, sweep.product);
    auto fault = sweep.fault;
    for (fault.nth = from;; fault.nth += sweep.stride) {
        say(pipe, "begin " + std::to_string(fault.nth));
        ::alarm(kHangSeconds);
        const auto result = trial.run(fault);
        if (!result.violation.empty()) {
            say(pipe, "violation N=" + std::to_string(fault.nth) + ": " + result.violation);
        }
        if (result.promised) say(pipe, "promised");
        if (result.unknown) say(pipe, "unknown");
        if (result.ended) say(pipe, "ended");
        if (result.failed_a_call) continue;
        say(pipe, "clean " + std::to_string(result.calls));
        ::_exit(0);
    }
}

Child start(const std::vector<Sweep>& sweeps, std::size_t index, std::int64_t from) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    const auto process = ::fork();
    if (process < 0) throw std::runtime_error("fork");
    if (process == 0) {
        ::close(ends[0]);
        work(sweeps[index], from, ends[1]);
    }
    ::close(ends[1]);
    return {.sweep = index, .process = process, .pipe = ends[0], .last_nth = from};
}

void note(SweepResult& result, const std::string& what) {
    ++result.violations;
    if (result.examples.size() < kExamples) result.examples.push_back(what);
}

void listen(Child& child, SweepResult& result) {
    std::istringstream lines(child.said.substr(0, child.said.rfind('\n') + 1));
    child.said.erase(0, child.said.rfind('\n') + 1);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("begin ")) {
            child.last_nth = std::stoll(line.substr(6));
            ++result.runs;
        } else if (line.starts_with("clean ")) {
            result.calls = std::stoll(line.substr(6));
            child.done = true;
        } else if (line.starts_with("violation ")) {
            note(result, line.substr(10));
        }
        result.promised += line == "promised" ? 1 : 0;
        result.unknown += line == "unknown" ? 1 : 0;
        result.ended += line == "ended" ? 1 : 0;
    }
}

/// Reads what there is; false when the child has said all.
bool read_some(Child& child) {
    std::array<char, 4'096> buffer{};
    const auto count = ::read(child.pipe, buffer.data(), buffer.size());
    if (count > 0) child.said.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::string how_it_ended(int status) {
    if (!WIFSIGNALED(status)) return "the process ended by itself";
    return WTERMSIG(status) == SIGALRM ? "hangs"
                                       : "crashes: " + std::string(strsignal(WTERMSIG(status)));
}

class Sweeper {
public:
    Sweeper(const std::vector<Sweep>& sweeps, unsigned jobs)
        : sweeps_(sweeps), jobs_(jobs), results_(sweeps.size()) {}

    std::vector<SweepResult> run() {
        while (next_ < sweeps_.size() || !children_.empty()) {
            while (children_.size() < jobs_ && next_ < sweeps_.size()) {
                const auto& sweep = sweeps_[next_];
                const auto first = 1 + static_cast<std::int64_t>(sweep.seed) % sweep.stride;
                children_.push_back(start(sweeps_, next_++, first));
            }
            wait();
        }
        return std::move(results_);
    }

private:
    void wait() {
        std::vector<pollfd> polled;
        for (const auto& child : children_) polled.push_back({child.pipe, POLLIN, 0});
        ::poll(polled.data(), polled.size(), -1);
        for (std::size_t i = polled.size(); i-- > 0;) {
            if (polled[i].revents == 0) continue;
            auto& child = children_[i];
            const bool more = read_some(child);
            listen(child, results_[child.sweep]);
            if (!more) bury(i);
        }
    }

    void bury(std::size_t index) {
        auto child = std::move(children_[index]);
        children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(index));
        ::close(child.pipe);
        int status = 0;
        ::waitpid(child.process, &status, 0);
        if (child.done) return;
        const auto& sweep = sweeps_[child.sweep];
        note(results_[child.sweep],
             "N=" + std::to_string(child.last_nth) + ": " + how_it_ended(status));
        children_.push_back(start(sweeps_, child.sweep, child.last_nth + sweep.stride));
    }

    const std::vector<Sweep>& sweeps_;
    unsigned jobs_;
    std::vector<SweepResult> results_;
    std::vector<Child> children_;
    std::size_t next_ = 0;
};

}  // namespace

std::vector<SweepResult> run_sweeps(const std::vector<Sweep>& sweeps, unsigned jobs) {
    return Sweeper(sweeps, jobs).run();
}

}  // namespace imagify::testing
