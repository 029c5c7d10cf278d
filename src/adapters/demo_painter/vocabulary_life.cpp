#include "adapters/demo_painter/vocabulary.hpp"

namespace imagify::demo {
namespace {

/// Plants, animals, people and things.
constexpr VocabularyRow kRows[] = {
    {Word::Tree,
     "tree, trees, oak, willow, cây cối, cái cây, cây cổ thụ, cổ thụ, cây đa, tán cây, "
     "hàng cây, gốc cây, bonsai, lone tree, !cây, bóng cây, banyan, cây xanh"},
    {Word::Pine,
     "pine, pines, pinewood, conifer, spruce, fir, evergreen, cây thông, rừng thông, đồi "
     "thông, hàng thông, taiga"},
    {Word::Bamboo,
     "bamboo, tre, lũy tre, cây tre, rừng tre, rặng tre, hàng tre, rừng trúc, khóm trúc"},
    {Word::Palm,
     "palm, coconut, cây dừa, hàng dừa, rừng dừa, rặng dừa, !dừa, bóng dừa, cây cọ, palm "
     "tree"},
    {Word::CherryBlossom,
     "cherry, sakura, cherry blossom, blossom, blossoms, hoa anh đào, anh đào, mai anh "
     "đào, phượng tím"},
    {Word::PeachBlossom,
     "peach blossom, peach blossoms, hoa đào, cành đào, cây đào, đào tết, plum, hoa mận, "
     "hoa ban"},
    {Word::ApricotBlossom, "apricot blossom, hoa mai, cành mai, mai vàng, cây mai, hoa mai vàng"},
    {Word::Flowers,
     "flower, flowers, floral, rose, roses, tulip, tulips, daisy, poppies, poppy, "
     "wildflower, wildflowers, bouquet, peony, orchid, hoa, bông hoa, đồng hoa, vườn hoa, "
     "cánh đồng hoa, hoa hồng, hoa cúc, hoa cỏ, tam giác mạch, hoa dại, hoa lan, thảm "
     "hoa, hoa cải, hoa tulip, hydrangea, cẩm tú cầu, dã quỳ, hoa dã quỳ"},
    {Word::Sunflower, "sunflower, sunflowers, hướng dương, hoa hướng dương"},
    {Word::Lavender, "lavender, oải hương, hoa oải hương"},
    {Word::Lotus,
     "lotus, water lily, water lilies, lily, sen, hoa sen, đầm sen, hồ sen, hoa súng, lá "
     "sen, bông sen, ao sen"},
    {Word::Cat, "cat, cats, kitten, kitty, mèo, con mèo, chú mèo, mèo con"},
    {Word::Dog,
     "dog, dogs, puppy, corgi, shiba, wolf, !chó, con chó, chú chó, cún con, !cún, chó "
     "con, !sói, chó sói, con sói"},
    {Word::Bird,
     "bird, birds, swallow, seagull, gull, eagle, dove, chim, con chim, đàn chim, cánh "
     "chim, chim én, hải âu, đại bàng, bồ câu, chim hải âu, phoenix, phượng hoàng"},
    {Word::Crane,
     "crane, cranes, heron, egret, stork, flamingo, hạc, chim hạc, cánh cò, con cò, đàn "
     "cò, !cò, sếu, chim sếu, cò trắng, hồng hạc, cò bay"},
    {Word::Fish,
     "fish, koi, carp, goldfish, !cá, con cá, cá chép, cá koi, cá vàng, đàn cá koi, bầy "
     "cá"},
    {Word::Whale, "whale, whales, cá voi, cá ông, humpback, dolphin, cá heo"},
    {Word::Horse,
     "horse, horses, stallion, unicorn, pony, ngựa, con ngựa, ngựa trắng, kỳ lân, bạch "
     "mã, đàn ngựa"},
    {Word::Dragon,
     "dragon, dragons, con rồng, !rồng, rồng vàng, rồng bay, rồng thiêng, thăng long, "
     "rồng lửa, con rồng cháu tiên"},
    {Word::Buffalo, "buffalo, ox, cow, con trâu, trâu, chăn trâu, con bò, đàn trâu, chú trâu"},
    {Word::Deer,
     "deer, stag, elk, reindeer, moose, hươu, nai, con nai, con hươu, tuần lộc, chú nai"},
    {Word::Butterfly, "butterfly, butterflies, bươm bướm, con bướm, !bướm, cánh bướm, đàn bướm"},
    {Word::Firefly, "firefly, fireflies, đom đóm, con đom đóm"},
    {Word::Person,
     "person, people, man, woman, girl, boy, child, children, kid, couple, traveler, "
     "traveller, hiker, monk, samurai, warrior, wanderer, lovers, fisherman, cô gái, "
     "chàng trai, em bé, người, thiếu nữ, trẻ em, bé gái, bé trai, cậu bé, cô bé, đôi "
     "tình nhân, bà cụ, ông cụ, mục đồng, chú bé, phụ nữ, áo dài, ao dai, nhà sư, hiệp "
     "sĩ, người mẹ, tình yêu, con người, ngư dân"},
    {Word::ConicalHat,
     "nón lá, conical hat, chiếc nón, đội nón, leaf hat, nông dân, farmer, farmers, cô "
     "thôn nữ, áo dài, ao dai, bà ba, áo bà ba"},
    {Word::Astronaut, "astronaut, cosmonaut, spaceman, phi hành gia, nhà du hành"},
    {Word::Boat,
     "boat, boats, sampan, canoe, kayak, rowboat, raft, thuyền, con thuyền, chiếc thuyền, "
     "thuyền nan, con đò, !đò, xuồng, ghe, thuyền thúng, thuyền chài, bến thuyền, chèo "
     "thuyền, thuyền đánh cá, thuyền câu, gondola"},
    {Word::Sail,
     "sail, sails, sailboat, sailing, junk, ship, ships, yacht, galleon, thuyền buồm, "
     "cánh buồm, !buồm, con tàu, tàu thuyền, du thuyền, tàu biển, pirate, cướp biển"},
    {Word::Balloon, "balloon, balloons, hot air balloon, hot air balloons, khinh khí cầu, khí cầu"},
    {Word::Kite, "kite, kites, thả diều, cánh diều, con diều, !diều, diều giấy"},
    {Word::Lantern,
     "lantern, lanterns, lamp, candle, đèn lồng, hoa đăng, đèn hoa đăng, đèn lồng đỏ, "
     "lồng đèn, ngọn đèn, đèn ông sao, ánh đèn, đèn dầu"},
    {Word::SkyLantern,
     "sky lantern, sky lanterns, paper lantern, paper lanterns, floating lanterns, đèn "
     "trời, thả đèn, thiên đăng, thả đèn trời"},
    {Word::Campfire,
     "campfire, bonfire, camping, camp, tent, lửa trại, cắm trại, đống lửa, bếp lửa, lều "
     "trại"},
    {Word::Fireworks, "fireworks, firework, pháo hoa, bắn pháo hoa, pháo bông"},
    {Word::Rocket, "rocket, launch, spacex, tên lửa, shuttle"},
    {Word::Nothing,
     "con mắt, hoa quả, hoa mắt, tài hoa, hoa kỳ, ca sĩ, ngư trường, cá nhân, cá tính, cá "
     "độ, mọi người, computer mouse, con số, hot dog, hoa văn"},
};

}  // namespace

std::span<const VocabularyRow> life_vocabulary() { return kRows; }

}  // namespace imagify::demo
