#include "usecases/letter_words.hpp"

#include <utility>

namespace imagify {
namespace {

struct BothLanguages {
    LetterWords vi;
    LetterWords en;
};

constexpr BothLanguages kVerifyEmail = {
    {"{&product}: xác nhận địa chỉ e-mail của bạn",
     "Cảm ơn bạn đã đăng ký {&product}. Chỉ còn một bước: xác nhận rằng địa chỉ e-mail này là của "
     "bạn.",
     "Xác nhận e-mail", "Nếu bạn không đăng ký {&product}, bạn chỉ cần bỏ qua thư này."},
    {"{&product}: confirm your e-mail address",
     "Thank you for signing up for {&product}. One step is left: confirm that this e-mail address "
     "is yours.",
     "Confirm e-mail", "If you did not sign up for {&product}, just ignore this letter."}};

constexpr BothLanguages kResetPassword = {
    {"{&product}: đặt lại mật khẩu",
     "Chúng tôi vừa nhận được yêu cầu đặt lại mật khẩu cho tài khoản {&product} của bạn. Hãy mở "
     "liên kết dưới đây để chọn mật khẩu mới.",
     "Chọn mật khẩu mới",
     "Nếu bạn không yêu cầu, bạn chỉ cần bỏ qua thư này: mật khẩu hiện tại vẫn giữ nguyên."},
    {"{&product}: choose a new password",
     "We were asked to reset the password of your {&product} account. Open the link below to "
     "choose "
     "a new one.",
     "Choose a new password",
     "If you did not ask for this, just ignore this letter: your password stays as it is."}};

constexpr BothLanguages kChangeEmail = {
    {"{&product}: xác nhận địa chỉ e-mail mới",
     "Có yêu cầu chuyển một tài khoản {&product} sang địa chỉ e-mail này. Nếu đó là bạn, hãy xác "
     "nhận để hoàn tất.",
     "Xác nhận địa chỉ mới",
     "Nếu bạn không yêu cầu, bạn chỉ cần bỏ qua thư này: sẽ không có gì thay đổi."},
    {"{&product}: confirm your new e-mail address",
     "A {&product} account is about to move to this e-mail address. If that was you, confirm it to "
     "finish.",
     "Confirm the new address",
     "If you did not ask for this, just ignore this letter: nothing will change."}};

constexpr BothLanguages kEmailInUse = {
    {"{&product}: địa chỉ này đã có tài khoản",
     "Có người vừa tìm cách dùng địa chỉ e-mail này cho một tài khoản {&product} khác. Địa chỉ này "
     "đã có tài khoản, nên chúng tôi không thay đổi gì.",
     "Đăng nhập",
     "Nếu đó là bạn, hãy đăng nhập bằng tài khoản đã có. Nếu không phải bạn, bạn không cần làm "
     "gì cả."},
    {"{&product}: this address has an account already",
     "Somebody tried to use this e-mail address for another {&product} account. The address has an "
     "account already, so we changed nothing.",
     "Log in",
     "If that was you, log in to the account that you have. If it was not, there is nothing you "
     "need to do."}};

constexpr BothLanguages kEmailChanged = {
    {"{&product}: địa chỉ e-mail của bạn đã được thay đổi",
     "Tài khoản {&product} của bạn vừa được chuyển sang một địa chỉ e-mail khác. Từ nay chúng tôi "
     "sẽ gửi thư đến địa chỉ mới.",
     "Mở {&product}", "Nếu không phải bạn thay đổi, hãy liên hệ ngay với {&product}."},
    {"{&product}: your e-mail address was changed",
     "Your {&product} account has just moved to another e-mail address. From now on we write to "
     "the "
     "new one.",
     "Open {&product}", "If this was not you, get in touch with {&product} at once."}};

constexpr BothLanguages kPasswordChanged = {
    {"{&product}: mật khẩu của bạn đã được thay đổi",
     "Mật khẩu của tài khoản {&product} vừa được thay đổi. Nếu chính bạn thay đổi, bạn không cần "
     "làm gì thêm.",
     "Đặt lại mật khẩu",
     "Nếu không phải bạn thay đổi, hãy đặt lại mật khẩu ngay bằng liên kết trên."},
    {"{&product}: your password was changed",
     "The password of your {&product} account has just been changed. If that was you, all is well.",
     "Reset the password",
     "If this was not you, reset your password at once with the link above."}};

constexpr BothLanguages kMfaEnabled = {
    {"{&product}: đã bật xác thực hai bước",
     "Xác thực hai bước đã được bật cho tài khoản {&product} của bạn. Hãy giữ các mã khôi phục ở "
     "nơi an toàn.",
     "Mở tài khoản",
     "Nếu không phải bạn bật, hãy đặt lại mật khẩu ngay và liên hệ với {&product}."},
    {"{&product}: two-step verification is on",
     "Two-step verification is now on for your {&product} account. Keep your recovery codes in a "
     "safe place.",
     "Open the account",
     "If this was not you, reset your password at once and get in touch with {&product}."}};

constexpr BothLanguages kMfaDisabled = {
    {"{&product}: đã tắt xác thực hai bước",
     "Xác thực hai bước đã được tắt cho tài khoản {&product} của bạn. Từ nay chỉ cần mật khẩu để "
     "đăng nhập.",
     "Mở tài khoản", "Nếu không phải bạn tắt, hãy đặt lại mật khẩu ngay rồi bật lại."},
    {"{&product}: two-step verification is off",
     "Two-step verification is now off for your {&product} account. From now on the password alone "
     "is enough to log in.",
     "Open the account", "If this was not you, reset your password at once and turn it on again."}};

constexpr BothLanguages kAccountDeleted = {
    {"{&product}: tài khoản của bạn đã được xóa",
     "Tài khoản {&product} của bạn và các bức ảnh trong đó đã được xóa. Cảm ơn bạn đã đồng hành "
     "cùng chúng tôi.",
     "Mở {&product}", "Nếu không phải bạn xóa, hãy liên hệ ngay với {&product}."},
    {"{&product}: your account was deleted",
     "Your {&product} account and its pictures have been deleted. Thank you for the time you spent "
     "with us.",
     "Open {&product}", "If this was not you, get in touch with {&product} at once."}};

const BothLanguages& words_of(MailKind kind) {
    switch (kind) {  // No default: a new kind must fail to compile here.
        case MailKind::VerifyEmail: return kVerifyEmail;
        case MailKind::ResetPassword: return kResetPassword;
        case MailKind::ChangeEmail: return kChangeEmail;
        case MailKind::EmailInUse: return kEmailInUse;
        case MailKind::EmailChanged: return kEmailChanged;
        case MailKind::PasswordChanged: return kPasswordChanged;
        case MailKind::MfaEnabled: return kMfaEnabled;
        case MailKind::MfaDisabled: return kMfaDisabled;
        case MailKind::AccountDeleted: return kAccountDeleted;
    }
    std::unreachable();
}

constexpr FrameWords kFrameVi = {
    .language = "vi",
    .hello = "Xin chào,",
    .hello_to = "Xin chào ",
    .link_life_day = "Liên kết chỉ dùng được một lần, trong vòng 24 giờ.",
    .link_life_hour = "Liên kết chỉ dùng được một lần, trong vòng 1 giờ.",
    .raw_link = "Nếu nút không hoạt động, hãy chép địa chỉ này vào trình duyệt:",
    .sent_by = "Thư này được {&product} gửi tự động."};

constexpr FrameWords kFrameEn = {
    .language = "en",
    .hello = "Hello,",
    .hello_to = "Hello ",
    .link_life_day = "The link works once, within 24 hours.",
    .link_life_hour = "The link works once, within 1 hour.",
    .raw_link = "If the button does not work, copy this address into your browser:",
    .sent_by = "This letter was sent automatically by {&product}."};

}  // namespace

const LetterWords& words_of(MailKind kind, Locale locale) {
    const auto& words = words_of(kind);
    return locale == Locale::Vietnamese ? words.vi : words.en;
}

const FrameWords& frame_words(Locale locale) {
    return locale == Locale::Vietnamese ? kFrameVi : kFrameEn;
}

}  // namespace imagify
