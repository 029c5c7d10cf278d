#include "domain/ledger_entry.hpp"

#include <utility>

namespace imagify {

std::string_view to_text(LedgerKind kind) {
    switch (kind) {
        case LedgerKind::Grant: return "grant";
        case LedgerKind::Purchase: return "purchase";
        case LedgerKind::Capture: return "capture";
        case LedgerKind::Refund: return "refund";
        case LedgerKind::Adjust: return "adjust";
    }
    std::unreachable();
}

LedgerKind parse_ledger_kind(std::string_view text) {
    if (text == "grant") return LedgerKind::Grant;
    if (text == "purchase") return LedgerKind::Purchase;
    if (text == "capture") return LedgerKind::Capture;
    if (text == "refund") return LedgerKind::Refund;
    return LedgerKind::Adjust;
}

}  // namespace imagify
