#pragma once

#include <functional>
#include <string>

namespace imagify::testing {

/// Calls `take` for each file that is no picture to be sold.
using TakePicture = std::function<void(std::string what, std::string bytes)>;

/// Pixels, texts, chunks and sides that cost more than they weigh; other formats; polyglots.
void make_png_bombs(const TakePicture& take);
void make_other_bombs(const TakePicture& take);
/// Small pictures cut at every byte, with one checksum or byte turned, with something behind them.
void make_damaged_pictures(const TakePicture& take);
/// What has to be taken all the same, and as cheaply.
void make_genuine_pictures(const TakePicture& take);

}  // namespace imagify::testing
