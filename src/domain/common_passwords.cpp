#include "domain/common_passwords.hpp"

#include <algorithm>
#include <array>

namespace imagify {
namespace {

// Sorted, so that a look-up is a binary search. Keyboard walks, digits, names and Vietnamese
// favourites of at least 8 characters.
constexpr auto kCommon = std::to_array<std::string_view>({
    "00000000",   "01234567",    "0123456789",   "1111111111",    "11111111",       "111222333",
    "12121212",   "123123123",   "1231231234",   "123321123",     "12341234",       "12344321",
    "123456789",  "1234567890",  "12345678",     "123456789a",    "12345678910",    "123456abc",
    "12345qwert", "123654789",   "123qweasd",    "123qweasdzxc",  "147258369",      "1q2w3e4r",
    "1q2w3e4r5t", "1qaz2wsx",    "22222222",     "31415926",      "55555555",       "66666666",
    "666666666",  "77777777",    "87654321",     "88888888",      "987654321",      "9876543210",
    "99999999",   "999999999",   "a1234567",     "a12345678",     "a123456789",     "aa123456",
    "aa12345678", "aaaaaaaa",    "abc12345",     "abc123456",     "abcd1234",       "abcdefgh",
    "abcdefghi",  "admin123",    "admin1234",    "administrator", "anhyeuem",       "anhyeuem123",
    "asd123456",  "asdasdasd",   "asdf1234",     "asdfasdf",      "asdfghjk",       "asdfghjkl",
    "baseball",   "basketball",  "charlie1",     "chocolate",     "computer",       "consuela",
    "corvette",   "cristina",    "danielle",     "dragon123",     "emyeuanh",       "fernando",
    "football",   "football1",   "fuckyou1",     "hanoi123",      "hello123",       "helloworld",
    "hoilamgi",   "hunter123",   "iloveyou",     "iloveyou1",     "iloveyou2",      "imagify1",
    "imagify123", "internet",    "jennifer",     "jonathan",      "khongbiet",      "khongco123",
    "khongnho",   "letmein1",    "letmein123",   "liverpool",     "manchester",     "marlboro",
    "matkhau1",   "matkhau123",  "maverick",     "mercedes",      "michelle",       "midnight",
    "mustang1",   "ngoctrinh",   "nguyenvan",    "ohyeah123",     "p@ssw0rd",       "p@ssword",
    "pa$$word",   "pass1234",    "passw0rd",     "password",      "password!",      "password1",
    "password12", "password123", "password1234", "password2",     "passwords",      "princess",
    "princess1",  "q1w2e3r4",    "q1w2e3r4t5",   "qazwsxedc",     "qwer1234",       "qwerasdf",
    "qwert123",   "qwerty12",    "qwerty123",    "qwerty1234",    "qwertyui",       "qwertyuiop",
    "rockyou1",   "saigon123",   "samantha",     "september",     "snowball",       "spiderman",
    "starwars",   "sunshine",    "sunshine1",    "superman",      "superman1",      "test1234",
    "testtest",   "thoconyeu",   "tinkerbell",   "trustno1",      "truongtamphong", "victoria",
    "vietnam1",   "vietnam123",  "welcome1",     "welcome123",    "whatever",       "xuanmai123",
    "yeuemnhieu", "zaq12wsx",    "zaq1zaq1",     "zxcvbnm1",      "zxcvbnm123",
});

constexpr auto kSorted = [] {
    auto sorted = kCommon;
    std::ranges::sort(sorted);
    return sorted;
}();

}  // namespace

bool is_common_password(std::string_view lowered) {
    return std::ranges::binary_search(kSorted, lowered);
}

}  // namespace imagify
