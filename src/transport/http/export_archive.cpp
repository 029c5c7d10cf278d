#include "transport/http/export_archive.hpp"

#include <boost/json.hpp>

#include "transport/http/admin_dto.hpp"
#include "transport/http/dto.hpp"
#include "transport/http/receipt_dto.hpp"
#include "transport/http/tar_format.hpp"

namespace imagify::http {
namespace {

namespace json = boost::json;

constexpr std::string_view kReadmeVi =
    R"(Đây là toàn bộ dữ liệu của bạn, được xuất theo yêu cầu của bạn.

profile.json    hồ sơ và số dư
sessions.json   các phiên đăng nhập
ledger.json     mọi thay đổi về credit, mới nhất trước
orders.json     các đơn hàng và biên nhận
images.json     các ảnh đã yêu cầu
pictures/       các ảnh, tên tệp là imageId trong images.json

Danh sách dài được chia thành nhiều tệp: ledger-2.json, ...
Thời gian theo giờ UTC, tiền tính bằng đồng.
)";

constexpr std::string_view kReadmeEn =
    R"(This is all of your data, exported because you asked for it.

profile.json    profile and balance
sessions.json   log-ins
ledger.json     every movement of credits, newest first
orders.json     orders and receipts
images.json     the pictures you asked for
pictures/       the pictures; the file name is the imageId in images.json

Long lists go on in further files: ledger-2.json, ...
Times are UTC, money is in dong.
)";

std::string export_name(TimePoint now) { return "imagify-export-" + to_rfc3339(now).substr(0, 10); }

std::string line(const json::object& document) { return json::serialize(document); }

}  // namespace

ExportArchive::ExportArchive(ExportRoutes parts, Account account)
    : parts_(std::move(parts)),
      account_(std::move(account)),
      now_(parts_.clock.now()),
      name_(export_name(now_)) {}

Task<Result<std::size_t>> ExportArchive::next(std::span<std::byte> buffer) {
    for (;;) {
        if (sent_ < ready_.size()) {
            const auto bytes = std::as_bytes(std::span(ready_)).subspan(sent_);
            const auto count = std::min(bytes.size(), buffer.size());
            std::ranges::copy(bytes.first(count), buffer.begin());
            sent_ += count;
            co_return count;
        }
        ready_.clear();
        sent_ = 0;
        if (picture_) {
            auto count = co_await read_picture(buffer);
            if (!count || *count > 0) co_return count;
            continue;
        }
        if (part_ == Part::Nothing) co_return std::size_t{0};
        if (auto advanced = co_await advance(); !advanced) {
            co_return std::unexpected(advanced.error());
        }
    }
}

Task<Result<void>> ExportArchive::advance() {
    switch (part_) {
        case Part::Readme:
            add_file("README.txt",
                     std::string(account_.locale == Locale::Vietnamese ? kReadmeVi : kReadmeEn));
            part_ = Part::Profile;
            break;
        case Part::Profile: {
            auto profile = user_json(account_);
            profile["credits"] = account_.credits.count;
            profile["held"] = account_.held.count;
            add_file("profile.json", line(profile) + "\n");
            part_ = Part::Sessions;
            break;
        }
        case Part::Sessions: part_ = Part::Ledger; co_return co_await add_sessions();
        case Part::Ledger:
            co_return co_await add_list("ledger", Part::Orders, [this] { return ledger_page(); });
        case Part::Orders:
            co_return co_await add_list("orders", Part::Images, [this] { return order_page(); });
        case Part::Images:
            co_return co_await add_list("images", Part::Pictures, [this] { return image_page(); });
        case Part::Pictures: co_return co_await add_next_picture();
        case Part::End:
            ready_ = tar_end();
            part_ = Part::Nothing;
            break;
        case Part::Nothing: break;
    }
    co_return Result<void>{};
}

void ExportArchive::add_file(const std::string& name, const std::string& text) {
    ready_ += tar_header(name_ + "/" + name, text.size(), now_) + text + tar_padding(text.size());
}

// The next file of a list: as many pages as fit into it. Afterwards comes `after`.
Task<Result<void>> ExportArchive::add_list(std::string name, Part after, ReadPage read_page) {
    std::string text = "[";
    while (!list_ended_ && text.size() < kExportListMaxBytes) {
        const auto items = co_await read_page();
        if (!items) co_return std::unexpected(items.error());
        for (const auto& item : *items) text += (text.size() > 1 ? ",\n" : "\n") + item;
    }
    ++list_files_;
    const auto suffix = list_files_ == 1 ? std::string() : "-" + std::to_string(list_files_);
    add_file(name + suffix + ".json", text + "\n]\n");
    if (list_ended_) {
        part_ = after;
        list_files_ = 0;
        cursor_.clear();
        list_ended_ = false;
    }
    co_return Result<void>{};
}

Task<Result<void>> ExportArchive::add_sessions() {
    const auto sessions = co_await parts_.sessions.list_sessions(account_.id, now_);
    if (!sessions) co_return std::unexpected(sessions.error());
    std::string text = "[";
    for (const auto& session : *sessions) {
        text += (text.size() > 1 ? ",\n" : "\n") + line(session_json(session));
    }
    add_file("sessions.json", text + "\n]\n");
    co_return Result<void>{};
}

void ExportArchive::turn(const std::optional<std::string>& next_cursor) {
    list_ended_ = !next_cursor;
    cursor_ = next_cursor.value_or("");
}

Task<Result<std::vector<std::string>>> ExportArchive::ledger_page() {
    const auto entries = co_await parts_.ledger.list_entries(account_.id, page());
    if (!entries) co_return std::unexpected(entries.error());
    turn(entries->next_cursor);
    std::vector<std::string> items;
    for (const auto& entry : entries->items) items.push_back(line(ledger_json(entry)));
    co_return items;
}

Task<Result<std::vector<std::string>>> ExportArchive::order_page() {
    const auto orders = co_await parts_.orders.list_orders(account_.id, page());
    if (!orders) co_return std::unexpected(orders.error());
    turn(orders->next_cursor);
    std::vector<std::string> items;
    for (const auto& order : orders->items) {
        auto document = order_json(order, "");
        if (was_paid(order.status)) {
            document["receipt"] = receipt_json(order, account_, parts_.seller);
            const auto refund = co_await parts_.refunds.refund_of(order.id);
            if (!refund) co_return std::unexpected(refund.error());
            if (*refund) document["refund"] = refund_json(**refund);
        }
        items.push_back(line(document));
    }
    co_return items;
}

Task<Result<std::vector<std::string>>> ExportArchive::image_page() {
    const auto images = co_await parts_.generations.list_generations(account_.id, {}, page());
    if (!images) co_return std::unexpected(images.error());
    turn(images->next_cursor);
    std::vector<std::string> items;
    for (const auto& image : images->items) items.push_back(line(image_json(image)));
    co_return items;
}

Task<Result<void>> ExportArchive::add_next_picture() {
    if (pictures_.empty()) {
        if (list_ended_) {
            part_ = Part::End;
            co_return Result<void>{};
        }
        auto images = co_await parts_.generations.list_generations(
            account_.id, {.state = GenerationState::Ready}, page());
        if (!images) co_return std::unexpected(images.error());
        turn(images->next_cursor);
        pictures_ = std::move(images->items);
        std::ranges::reverse(pictures_);  // Taken from the end.
        co_return Result<void>{};
    }
    const auto image = std::move(pictures_.back());
    pictures_.pop_back();
    // Read again: it may have been deleted since the page was.
    const auto present = co_await parts_.generations.find_generation_of(account_.id, image.id);
    if (!present && present.error().kind == ErrorKind::NotFound) co_return Result<void>{};
    if (!present) co_return std::unexpected(present.error());
    auto opened = co_await parts_.blobs.open({.generation = image.id});
    if (!opened && opened.error().kind == ErrorKind::NotFound) co_return Result<void>{};
    if (!opened) co_return std::unexpected(opened.error());
    const auto& mime = image.picture->mime;
    const auto file = image.id.text() + "." + mime.substr(mime.find('/') + 1);
    const auto size = static_cast<std::uint64_t>((*opened)->size_bytes());
    ready_ = tar_header(name_ + "/pictures/" + file, size, image.created_at);
    picture_ = std::move(*opened);
    picture_offset_ = 0;
    co_return Result<void>{};
}

Task<Result<std::size_t>> ExportArchive::read_picture(std::span<std::byte> buffer) {
    const auto left = picture_->size_bytes() - picture_offset_;
    if (left == 0) {
        ready_ = tar_padding(static_cast<std::uint64_t>(picture_offset_));
        picture_.reset();
        co_return std::size_t{0};
    }
    const auto wanted = std::min(buffer.size(), static_cast<std::size_t>(left));
    auto count = co_await picture_->read(picture_offset_, buffer.first(wanted));
    if (!count) co_return count;
    if (*count == 0) co_return fail(ErrorKind::Unavailable, "blob.unreadable", "too short");
    picture_offset_ += static_cast<std::int64_t>(*count);
    co_return count;
}

}  // namespace imagify::http
