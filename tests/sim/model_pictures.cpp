#include <algorithm>

#include "sim/model.hpp"

namespace imagify::sim {

void Model::check_generations(const Books& now) {
    for (const auto& [id, row] : now.generations) {
        const auto before = books_.generations.find(id);
        if (before == books_.generations.end()) {
            check_new_generation(id, row);
        } else {
            check_generation_edge(id, before->second, row);
        }
        if (row.state == "ready" && !row.deleted) check_picture(id, row);
    }
    for (const auto& [id, row] : books_.generations) {
        if (!now.generations.contains(id)) check_vanished(id, row);
    }
}

// What a dead process sent may have been on its way.
bool Model::may_act(const std::string& lease) const {
    return lease == lease_ || (habits_.delivers_late && leases_.contains(lease));
}

void Model::check_new_generation(const std::string& id, const GenerationRow& row) {
    env_.coverage.count("picture: new -> pending");
    env_.say(words("  picture: new ", id));
    first_leases_[id] = row.lease;
    if (gone_.contains(row.user) && row.deleted && row.prompt.empty()) {
        // Held and given back between two looks: its words went with the account.
        const bool released = row.state == "failed" || row.state == "cancelled";
        return env_.expect(released, "picture edge", words(id, " outlived its owner"));
    }
    const auto wanted = pictures_wanted_.find(row.prompt);
    if (wanted == pictures_wanted_.end()) {
        return env_.fail("I11 nobody asked for it", words("picture ", id));
    }
    env_.expect(row.state == "pending" && row.price == 1, "picture edge",
                words("a new picture is ", row.state, " for ", row.price));
    env_.expect(may_act(row.lease), "picture edge", words(id, " has another's lease"));
    env_.expect(row.user == wanted->second.terms.user && !gone_.contains(row.user),
                "I11 nobody acts for another", id);
    env_.expect(made_once(wanted->second.click), "I9 same key, same resource",
                words("picture ", id));
}

void Model::check_generation_edge(const std::string& id, const GenerationRow& before,
                                  const GenerationRow& after) {
    const bool gone = gone_.contains(after.user);
    const bool same_words = after.prompt == before.prompt || (gone && after.prompt.empty());
    env_.expect(after.user == before.user && after.price == before.price && same_words,
                "picture frozen", id);
    if (after.deleted != before.deleted) {
        env_.coverage.count("picture: deleted");
        env_.expect(after.deleted && after.state != "pending" && (gone || deletions_.contains(id)),
                    "picture edge", words(id, " was deleted"));
    }
    if (after.state == before.state) return;
    const auto edge = words("picture: ", before.state, " -> ", after.state);
    env_.coverage.count(edge);
    env_.say(words("  ", edge, " ", after.error, " ", id));
    if (before.state != "pending") {
        return env_.fail("picture edge", words(edge, " of ", id));
    }
    if (after.state == "ready") {
        env_.expect(may_act(after.lease), "capture needs the lease", id);
        if (after.lease != first_leases_.at(id)) env_.coverage.count("picture rolled forward");
        due_.try_emplace({"capture", id}, Charge{.user = after.user, .delta = -after.price});
        check_picture(id, after);
    } else if (after.state == "cancelled") {
        env_.expect(gone || cancels_.contains(id), "I11 nobody acts for another",
                    words(id, " was cancelled"));
    } else {
        env_.expect(failure_justified(id, before, after), "a hold ends for a reason",
                    words(id, " failed: ", after.error));
        env_.coverage.count(words("picture fails: ", after.error));
    }
}

bool Model::failure_justified(const std::string& id, const GenerationRow& before,
                              const GenerationRow& after) {
    const auto times = [&](const std::map<std::string, int>& log) {
        const auto found = log.find(after.prompt);
        return found == log.end() ? 0 : found->second;
    };
    if (after.error == "painter.interrupted") return first_leases_.at(id) != lease_;
    if (after.error == "server.overloaded") return true;
    if (after.error == "painter.timeout") {
        return times(paintings_.timeouts) > 0 || latest_wall_ms_ >= before.deadline_ms ||
               clock_went_back_;
    }
    return times(paintings_.failures) > 0 || env_.faults.disk_hits() > 0;
}

void Model::check_picture(const std::string& id, const GenerationRow& row) {
    const auto* bytes = disk_.find(id, BlobVariant::Original);
    const bool there =
        bytes != nullptr && is_picture(*bytes) && fingerprint_of(*bytes) == row.sha256;
    env_.expect(there, "I6 a charged picture is there", id);
}

void Model::check_pictures() {
    for (const auto& [id, row] : books_.generations) {
        if (row.state == "ready" && !row.deleted) check_picture(id, row);
    }
    for (const auto& [prompt, calls] : paintings_.calls) {
        env_.expect(calls <= 2, "I9 each painter paints a click once", prompt);
    }
}

void Model::check_vanished(const std::string& id, const GenerationRow& before) {
    env_.coverage.count("picture: purged");
    env_.expect(before.deleted, "I8 nothing is forgotten", words("picture ", id));
    env_.expect(disk_.find(id, BlobVariant::Original) == nullptr &&
                    disk_.find(id, BlobVariant::Thumbnail) == nullptr,
                "I7 no bytes without owner", words("purged picture ", id));
}

}  // namespace imagify::sim
