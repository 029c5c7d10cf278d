#include "adapters/demo_painter/vocabulary.hpp"

namespace imagify::demo {
namespace {

/// Time, season, sky and weather.
constexpr VocabularyRow kRows[] = {
    {Word::Dawn,
     "dawn, sunrise, daybreak, bình minh, rạng đông, mặt trời mọc, tờ mờ sáng, hừng đông"},
    {Word::Morning, "morning, buổi sáng, sáng sớm, ban mai, nắng sớm, sớm mai, daytime, ban ngày"},
    {Word::Noon, "noon, midday, giữa trưa, buổi trưa, trưa hè, nắng gắt"},
    {Word::Afternoon,
     "afternoon, buổi chiều, chiều tà, chiều muộn, golden hour, giờ vàng, nắng chiều, "
     "nắng vàng, golden light"},
    {Word::Sunset, "sunset, sundown, hoàng hôn, mặt trời lặn, ráng chiều, chiều hoàng hôn"},
    {Word::Dusk, "dusk, twilight, chạng vạng, nhá nhem, blue hour, evening, buổi tối, chập tối"},
    {Word::Night,
     "night, midnight, nighttime, moonlit, !đêm, ban đêm, đêm khuya, nửa đêm, trong đêm, "
     "đêm nay, đêm tối, về đêm"},
    {Word::Spring, "spring, springtime, mùa xuân, ngày xuân"},
    {Word::Summer, "summer, mùa hè, mùa hạ, ngày hè"},
    {Word::Autumn, "autumn, fall foliage, mùa thu, lá vàng, lá đỏ, lá phong, maple, autumn leaves"},
    {Word::Winter, "winter, mùa đông, wintry"},
    {Word::NewYear,
     "tet, !tết, tết nguyên đán, năm mới, new year, giao thừa, đêm giao thừa, ngày tết, "
     "lunar new year"},
    {Word::Sun,
     "sun, sunlight, sunny, sunshine, mặt trời, ánh nắng, tia nắng, nắng vàng, golden "
     "light, !nắng"},
    {Word::Moon,
     "moon, full moon, moonlight, moonlit, !trăng, ánh trăng, mặt trăng, trăng tròn, "
     "trăng rằm, đêm trăng, vầng trăng, trăng sáng, trung thu, mid autumn"},
    {Word::Crescent, "crescent, crescent moon, trăng khuyết, trăng non, trăng lưỡi liềm"},
    {Word::Stars,
     "star, stars, starry, starlight, stargazing, sao, ngôi sao, ngàn sao, đầy sao, bầu "
     "trời sao, trời sao, sao đêm, sao băng, shooting star, vì sao, starry night, đêm sao"},
    {Word::MilkyWay, "milky way, dải ngân hà, ngân hà, sông ngân"},
    {Word::Aurora, "aurora, northern lights, cực quang"},
    {Word::Clouds,
     "cloud, clouds, cloudy, overcast, !mây, đám mây, mây trắng, mây trôi, trời nhiều "
     "mây, áng mây"},
    {Word::CloudSea, "sea of clouds, biển mây, săn mây, above the clouds, trên mây, cloud sea"},
    {Word::ClearSky,
     "clear sky, blue sky, trời xanh, trời quang, bầu trời xanh, trong xanh, cloudless"},
    {Word::Rain,
     "rain, raining, rainy, drizzle, !mưa, trời mưa, cơn mưa, mưa rơi, mưa phùn, dưới "
     "mưa, mưa rào, mùa mưa, hạt mưa, đêm mưa, mưa bay, umbrella"},
    {Word::Storm,
     "storm, stormy, thunder, thunderstorm, lightning, tempest, !bão, cơn bão, giông bão, "
     "bão tố, sấm sét, tia chớp, sét đánh, mưa giông, dông bão, typhoon, hurricane"},
    {Word::Fog,
     "fog, foggy, mist, misty, haze, hazy, !sương, sương mù, sương khói, mù sương, màn "
     "sương, sương sớm, mờ ảo"},
    {Word::Snow,
     "snow, snowy, snowfall, snowing, blizzard, ice, icy, frozen, !tuyết, tuyết rơi, bông "
     "tuyết, phủ tuyết, tuyết trắng, băng giá, núi tuyết, trời tuyết, christmas, giáng "
     "sinh"},
    {Word::Rainbow, "rainbow, cầu vồng, bảy sắc cầu vồng"},
    {Word::Nothing,
     "tại sao, làm sao, vì sao lại, sao lại, sao cho, ra sao, thế nào, ngôi sao ca nhạc, "
     "movie star, pop star"},
};

}  // namespace

std::span<const VocabularyRow> sky_vocabulary() { return kRows; }

}  // namespace imagify::demo
