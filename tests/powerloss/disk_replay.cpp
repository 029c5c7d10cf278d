#include "powerloss/disk_replay.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace imagify::testing {
namespace {

using Kind = DiskEvent::Kind;

constexpr std::size_t kSectorBytes = 512;

void overwrite(Bytes& bytes, std::span<const std::byte> from, std::size_t offset) {
    if (bytes.size() < offset + from.size()) bytes.resize(offset + from.size());
    if (!from.empty()) std::memcpy(bytes.data() + offset, from.data(), from.size());
}

/// Which part of what was not synced is on the disk after all.
struct Luck {
    std::bernoulli_distribution keep;
    /// Whole writes, or each sector by itself.
    bool torn = false;
    /// Writes in their order up to some moment, as if the disk had only stopped.
    bool in_order = false;
};

Luck draw_luck(Dice& dice) {
    constexpr std::array kChances = {0.0, 0.03, 0.2, 0.5, 0.8, 0.97, 1.0};
    const auto pick = dice();
    return {.keep = std::bernoulli_distribution(kChances.at(pick % kChances.size())),
            .torn = (pick >> 8U) % 4 != 0,
            .in_order = (pick >> 16U) % 8 == 0};
}

void write_torn(Bytes& bytes, const DiskEvent& event, Luck& luck, Dice& dice) {
    const std::span<const std::byte> from(event.bytes);
    for (std::size_t begin = 0; begin < from.size();) {
        const auto at = event.offset + begin;
        const auto end = std::min(from.size(), begin + kSectorBytes - at % kSectorBytes);
        if (luck.keep(dice)) overwrite(bytes, from.subspan(begin, end - begin), at);
        begin = end;
    }
}

}  // namespace

void DiskReplay::change(Bytes& bytes, const DiskEvent& event) {
    if (event.kind == Kind::Truncate) {
        bytes.resize(event.offset);
    } else {
        overwrite(bytes, event.bytes, event.offset);
    }
}

void DiskReplay::change(Names& names, const DiskEvent& event) {
    if (event.kind == Kind::Create) {
        names[event.name] = event.file;
    } else if (const auto found = names.find(event.name);
               found != names.end() && found->second == event.file) {
        names.erase(found);
    }
}

void DiskReplay::apply(const DiskEvent& event) {
    switch (event.kind) {
        case Kind::Create:
        case Kind::Delete: unsynced_names_.push_back(&event); break;
        case Kind::Write:
        case Kind::Truncate: files_[event.file].unsynced.push_back(&event); break;
        case Kind::Sync: {
            auto& file = files_[event.file];
            for (const auto* each : file.unsynced) change(file.synced, *each);
            file.unsynced.clear();
            break;
        }
        case Kind::SyncFailed:
            // Linux marks the pages clean: they never reach the disk, whatever is synced later.
            files_[event.file].unsynced.clear();
            break;
        case Kind::SyncFolder:
            for (const auto* each : unsynced_names_) change(synced_names_, *each);
            unsynced_names_.clear();
            break;
    }
}

DiskFiles DiskReplay::image(Dice& dice) const {
    auto luck = draw_luck(dice);
    auto names = synced_names_;
    for (const auto* each : unsynced_names_) {
        if (luck.keep(dice)) change(names, *each);
    }
    DiskFiles image;
    for (const auto& [name, id] : names) {
        auto& bytes = image[name];
        const auto found = files_.find(id);
        if (found == files_.end()) continue;
        const auto& file = found->second;
        bytes = file.synced;
        auto count = file.unsynced.size();
        if (luck.in_order) count = dice() % (count + 1);
        for (std::size_t i = 0; i < count; ++i) {
            const auto& event = *file.unsynced[i];
            if (luck.in_order) {
                change(bytes, event);
            } else if (event.kind == Kind::Write && luck.torn) {
                write_torn(bytes, event, luck, dice);
            } else if (luck.keep(dice)) {
                change(bytes, event);
            }
        }
    }
    return image;
}

}  // namespace imagify::testing
