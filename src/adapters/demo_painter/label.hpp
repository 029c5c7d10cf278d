#pragma once

#include "adapters/demo_painter/canvas.hpp"
#include "adapters/demo_painter/pixmap.hpp"

namespace imagify::demo {

/// Writes a small "DEMO" into the lower right corner of a finished picture.
void draw_label(Pixmap& picture);

/// The rectangle the label takes, for tests.
struct LabelBox {
    int left, top, width, height;
};
LabelBox label_box(int picture_width, int picture_height);

}  // namespace imagify::demo
