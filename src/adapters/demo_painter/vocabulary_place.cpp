#include "adapters/demo_painter/vocabulary.hpp"

namespace imagify::demo {
namespace {

/// Places, and what people build there.
constexpr VocabularyRow kRows[] = {
    {Word::Sea,
     "sea, ocean, seaside, coast, coastal, shore, bay, biển, đại dương, biển cả, mặt "
     "biển, bờ biển, biển khơi, vịnh biển, biển xanh, underwater, đáy biển, lagoon"},
    {Word::Beach,
     "beach, bãi biển, bãi cát, cát trắng, cát vàng, seashore, phú quốc, nha trang, đà "
     "nẵng, mũi né, tropical, nhiệt đới"},
    {Word::Waves,
     "wave, waves, surf, surfing, !sóng, sóng biển, sóng vỗ, sóng lớn, con sóng, ngọn "
     "sóng, great wave"},
    {Word::Lake,
     "lake, pond, !hồ, hồ nước, mặt hồ, ven hồ, bờ hồ, hồ gươm, hồ tây, hồ hoàn kiếm, hồ "
     "xuân hương, ao nhà, hồ sen, ao sen, reservoir"},
    {Word::River,
     "river, stream, creek, canal, !sông, dòng sông, bến sông, sông nước, sông hồng, sông "
     "hương, mekong, mê kông, cửu long, dòng suối, con suối, !suối, ven sông, bờ sông, "
     "miền tây, bến nước, con sông"},
    {Word::Waterfall, "waterfall, cascade, thác nước, !thác, ngọn thác, thác bản giốc"},
    {Word::Island, "island, !đảo, hòn đảo, côn đảo, lý sơn, islet"},
    {Word::Karst,
     "karst, hạ long, vịnh hạ long, ha long bay, halong, ninh bình, tràng an, tam cốc, "
     "núi đá vôi, limestone, lan hạ, cát bà, bái tử long"},
    {Word::Mountain,
     "mountain, mountains, peak, summit, alps, alpine, himalaya, cliff, valley, canyon, "
     "núi, ngọn núi, dãy núi, đỉnh núi, núi non, núi cao, thung lũng, fansipan, tây bắc, "
     "hà giang, núi rừng, vách đá, cao nguyên, đồi núi, fjord, mã pí lèng, non nước"},
    {Word::Volcano, "volcano, volcanic, lava, núi lửa, dung nham"},
    {Word::Hill,
     "hill, hills, countryside, đồi núi thấp, !đồi, ngọn đồi, đồi cỏ, đồi chè, đồi thông, "
     "đà lạt, mộc châu, tea, tea hill, tea plantation, sườn đồi, triền đồi, đồng quê"},
    {Word::Terrace,
     "terrace, terraces, terraced, rice terrace, rice terraces, ruộng bậc thang, bậc "
     "thang, sapa, sa pa, mù cang chải, hoàng su phì, y tý"},
    {Word::RiceField,
     "rice field, rice fields, paddy field, paddy, paddies, cánh đồng lúa, ruộng lúa, "
     "đồng lúa, lúa chín, !lúa, harvest, at harvest, cánh đồng, đồng ruộng, wheat field, "
     "wheat"},
    {Word::Desert, "desert, dune, dunes, sahara, oasis, camel, sa mạc, đồi cát, cồn cát, lạc đà"},
    {Word::Forest,
     "forest, woods, woodland, jungle, rainforest, rừng, khu rừng, rừng cây, rừng già, "
     "cánh rừng, rừng rậm, rừng sâu, rừng xanh, rừng thu"},
    {Word::Meadow,
     "meadow, grassland, prairie, field, fields, grass, garden, park, đồng cỏ, thảo "
     "nguyên, bãi cỏ, cỏ xanh, khu vườn, !vườn, công viên, đồng nội"},
    {Word::City,
     "city, cityscape, skyline, downtown, metropolis, skyscraper, skyscrapers, urban, "
     "street, tokyo, new york, manhattan, thành phố, đô thị, nhà cao tầng, tòa nhà, sài "
     "gòn, saigon, hồ chí minh, landmark 81, phố xá, đường phố, hongkong, hong kong, "
     "singapore, cao ốc, town, building, buildings"},
    {Word::OldTown,
     "old town, ancient town, old quarter, phố cổ, hội an, hoian, hoi an, phố phường, phố "
     "cổ hà nội, !phố"},
    {Word::Village,
     "village, hamlet, cottage, farm, làng quê, ngôi làng, !làng, bản làng, xóm làng, "
     "thôn quê, làng chài, miền quê, quê hương, vùng quê, nông thôn, quê nhà"},
    {Word::House,
     "house, home, cabin, hut, barn, ngôi nhà, nhà tranh, mái nhà, nhà sàn, căn nhà, mái "
     "ngói, !nhà, nhà gỗ, túp lều"},
    {Word::Pagoda,
     "pagoda, temple, shrine, stupa, buddhist, monastery, ngôi chùa, !chùa, đền thờ, "
     "!đền, !tháp, ngọn tháp, ngôi đền, chùa một cột, thiên mụ, tháp rùa, cố đô, kinh "
     "thành, đại nội, palace, cung điện, bái đính, !đình, mái đình, torii"},
    {Word::Castle,
     "castle, fortress, tower, lâu đài, pháo đài, fairytale, cổ tích, kingdom, vương quốc"},
    {Word::Bridge,
     "bridge, footbridge, !cầu, cây cầu, cầu rồng, long biên, cầu long biên, cầu gỗ, cầu "
     "treo, cầu vàng, chùa cầu, cầu tràng tiền, cầu trường tiền, golden gate, cầu thê "
     "húc, cầu khỉ, cầu đá, chiếc cầu"},
    {Word::Lighthouse, "lighthouse, hải đăng, ngọn hải đăng, beacon"},
    {Word::FloatingMarket, "floating market, chợ nổi, cái răng"},
    {Word::Space,
     "space, cosmos, cosmic, universe, interstellar, outer space, vũ trụ, không gian, "
     "ngoài không gian, galaxies, spaceship, spacecraft, phi thuyền, tàu vũ trụ, alien, "
     "thiên văn"},
    {Word::Planet,
     "planet, planets, saturn, jupiter, mars, exoplanet, hành tinh, sao thổ, sao hỏa, sao "
     "mộc, trái đất, earth"},
    {Word::Nebula, "nebula, nebulae, galaxy, supernova, black hole, tinh vân, thiên hà, hố đen"},
    {Word::Nothing,
     "space bar, cầu mong, cầu nguyện, cầu thủ, yêu cầu, nhu cầu, toàn cầu, hoàn cầu, "
     "bóng đá cầu, nhà thơ, nhà văn, nhà báo, mực tàu thủy, rung động, quốc gia, color "
     "field, nhà cửa hàng"},
};

}  // namespace

std::span<const VocabularyRow> place_vocabulary() { return kRows; }

}  // namespace imagify::demo
