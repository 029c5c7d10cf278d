#include "sim/farm.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "base/mutant.hpp"

namespace imagify::sim {
namespace {

// One line each way: the reports of a job, through a pipe.
//   seed N              a run begins
//   ran STEPS HASH      it ended
//   red STEPS CHECK<tab>DETAIL
//   saw COUNT NAME      coverage, at the end
struct Job {
    pid_t pid = 0;
    int pipe = -1;
    std::string unread{};
    std::uint64_t seed = 0;
    bool ended_well = false;
    Harvest harvest{};
};

void write_all(int descriptor, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const auto count = ::write(descriptor, text.data() + done, text.size() - done);
        if (count <= 0) std::_Exit(3);
        done += static_cast<std::size_t>(count);
    }
}

void run_job(const Field& field, unsigned job, int out) {
    plant_mutant(field.mutant);
    const Workshop workshop;
    Coverage coverage;
    for (auto i = std::uint64_t{job}; i < field.seeds; i += field.jobs) {
        const Plan plan{.seed = field.first_seed + i, .steps = field.steps, .store = field.store};
        write_all(out, words("seed ", plan.seed, "\n"));
        const auto outcome = workshop.run(plan, coverage);
        write_all(out, words("ran ", outcome.steps, " ", outcome.trace_hash, "\n"));
        if (!outcome.broken) continue;
        write_all(out, words("red ", outcome.steps, " ", outcome.broken->check, "\t",
                             outcome.broken->detail, "\n"));
        if (field.stop_at_red) break;
    }
    for (const auto& [name, count] : coverage.counts()) {
        write_all(out, words("saw ", count, " ", name, "\n"));
    }
    write_all(out, "end\n");
}

Job start_job(const Field& field, unsigned number) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe");
    std::fflush(nullptr);
    const auto pid = ::fork();
    if (pid < 0) throw std::runtime_error("fork");
    if (pid == 0) {
        ::close(ends[0]);
        // An assertion that fails is a finding; its words would only be noise between the lines.
        if (!field.mutant.empty()) std::freopen("/dev/null", "w", stderr);
        run_job(field, number, ends[1]);
        std::_Exit(0);
    }
    ::close(ends[1]);
    return {.pid = pid, .pipe = ends[0]};
}

void take_line(Job& job, const std::string& line) {
    std::istringstream words_of(line);
    std::string kind;
    words_of >> kind;
    if (kind == "seed") {
        words_of >> job.seed;
    } else if (kind == "ran") {
        std::uint64_t steps = 0;
        std::uint64_t hash = 0;
        words_of >> steps >> hash;
        ++job.harvest.runs;
        job.harvest.steps += steps;
        // A sum: the jobs finish their seeds in no fixed order.
        job.harvest.trace_hash += hash * (job.seed * 2 + 1);
    } else if (kind == "red") {
        RedRun red{.plan = {.seed = job.seed}, .broken = {}};
        words_of >> red.plan.steps;
        words_of.get();
        std::getline(words_of, red.broken.check, '\t');
        std::getline(words_of, red.broken.detail);
        job.harvest.red.push_back(std::move(red));
    } else if (kind == "saw") {
        std::uint64_t count = 0;
        std::string name;
        words_of >> count;
        words_of.get();
        std::getline(words_of, name);
        job.harvest.coverage.count(name, count);
    } else {
        job.ended_well = kind == "end";
    }
}

// False at the end of the pipe.
bool read_some(Job& job) {
    std::array<char, 65'536> buffer{};
    const auto count = ::read(job.pipe, buffer.data(), buffer.size());
    if (count <= 0) return false;
    job.unread.append(buffer.data(), static_cast<std::size_t>(count));
    std::size_t from = 0;
    for (auto end = job.unread.find('\n'); end != std::string::npos;
         end = job.unread.find('\n', from)) {
        take_line(job, job.unread.substr(from, end - from));
        from = end + 1;
    }
    job.unread.erase(0, from);
    return true;
}

void finish(Job& job) {
    ::close(job.pipe);
    job.pipe = -1;
    int status = 0;
    ::waitpid(job.pid, &status, 0);
    if (!job.ended_well || status != 0) job.harvest.died_at.push_back(job.seed);
    remove_workshops_of(job.pid);
}

}  // namespace

void Harvest::merge(const Harvest& other) {
    coverage.merge(other.coverage);
    red.insert(red.end(), other.red.begin(), other.red.end());
    runs += other.runs;
    steps += other.steps;
    trace_hash += other.trace_hash;
    died_at.insert(died_at.end(), other.died_at.begin(), other.died_at.end());
}

Harvest run_field(const Field& field, const std::function<void(std::uint64_t)>& progress) {
    std::vector<Job> jobs;
    for (unsigned number = 0; number < field.jobs; ++number) {
        jobs.push_back(start_job(field, number));
    }
    auto open = jobs.size();
    while (open > 0) {
        std::vector<pollfd> waiting;
        for (const auto& job : jobs) waiting.push_back({job.pipe, POLLIN, 0});
        if (::poll(waiting.data(), waiting.size(), -1) < 0) throw std::runtime_error("poll");
        std::uint64_t done = 0;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            if (waiting[i].revents != 0 && !read_some(jobs[i])) {
                finish(jobs[i]);
                --open;
            }
            done += jobs[i].harvest.runs;
        }
        progress(done);
    }
    Harvest all;
    for (const auto& job : jobs) all.merge(job.harvest);
    for (auto& red : all.red) red.plan.store = field.store;
    std::ranges::sort(all.red, {}, [](const RedRun& run) { return run.plan.seed; });
    return all;
}

}  // namespace imagify::sim
