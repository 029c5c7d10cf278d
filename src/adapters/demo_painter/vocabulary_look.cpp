#include "adapters/demo_painter/vocabulary.hpp"

namespace imagify::demo {
namespace {

/// Colours and styles.
constexpr VocabularyRow kRows[] = {
    {Word::Red,
     "đèn lồng đỏ, red, crimson, scarlet, vermilion, ruby, !đỏ, màu đỏ, đỏ rực, đỏ thắm, "
     "đỏ son"},
    {Word::Orange, "orange, amber, màu cam, da cam, cam đỏ, peachy"},
    {Word::Gold,
     "nắng vàng, golden light, lúa chín, at harvest, gold, golden, yellow, vàng, màu "
     "vàng, vàng óng, vàng kim, ánh vàng, vàng rực, hoàng kim"},
    {Word::Green,
     "green, emerald, jade, xanh lá, xanh lục, màu xanh lá, xanh lá cây, xanh ngọc bích, "
     "xanh mướt, xanh rì"},
    {Word::Turquoise, "turquoise, teal, cyan, aqua, xanh ngọc, ngọc lam, xanh lơ"},
    {Word::Blue,
     "blue, azure, indigo, sapphire, navy, xanh dương, xanh lam, xanh biển, xanh da trời, "
     "xanh nước biển, xanh biếc, màu xanh"},
    {Word::Purple, "purple, violet, magenta, lilac, !tím, màu tím, tím biếc, tím mộng mơ"},
    {Word::Pink, "pink, hồng phấn, màu hồng, !hồng, hồng nhạt, sắc hồng"},
    {Word::White, "white, !trắng, màu trắng, trắng tinh"},
    {Word::Black, "black, dark, !đen, màu đen, đen tuyền, bóng tối"},
    {Word::Pastel,
     "pastel, màu phấn, nhẹ nhàng, soft colours, soft colors, dreamy, mộng mơ, mơ mộng"},
    {Word::Photo,
     "photo, photograph, photorealistic, realistic, cinematic, chân thực, ảnh chụp, nhiếp "
     "ảnh, photography, điện ảnh, hiện thực"},
    {Word::Lacquer, "lacquer, lacquerware, sơn mài, tranh sơn mài, lacquer painting"},
    {Word::Silk, "silk, silk painting, tranh lụa, !lụa, lụa tơ tằm"},
    {Word::Ink,
     "ink, ink wash, ink painting, sumi, sumi e, mực tàu, thủy mặc, tranh thủy mặc, thư "
     "pháp, monochrome, đen trắng, black and white, tranh mực"},
    {Word::Watercolor, "watercolor, watercolour, aquarelle, màu nước, tranh màu nước"},
    {Word::Pixel, "pixel, pixel art, 8bit, 8 bit, 16 bit, retro game, điểm ảnh"},
    {Word::Neon,
     "neon, cyberpunk, synthwave, vaporwave, futuristic, tương lai, đèn neon, sci fi, "
     "scifi, viễn tưởng"},
    {Word::Oil,
     "oil painting, oil paint, impressionist, impressionism, sơn dầu, tranh sơn dầu, van "
     "gogh, monet, ấn tượng, painterly"},
    {Word::Nothing, "đen đủi, hoa hồng xanh, trang phục, trang trí, trang trọng"},
};

}  // namespace

std::span<const VocabularyRow> look_vocabulary() { return kRows; }

}  // namespace imagify::demo
