#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

#include "adapters/picture/box_shrinker.hpp"
#include "adapters/picture/decoders.hpp"
#include "base/mutant.hpp"

namespace imagify::picture {
namespace {

// Each scan of a progressive picture costs a pass over all its coefficients. Encoders make
// about 10.
constexpr int kMaxScans = 24;

// libjpeg reports errors by longjmp. All state is in here, so that the functions which call
// setjmp have nothing to destroy.
struct JpegReading {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf jump{};
    char problem[JMSG_LENGTH_MAX] = "";
    std::vector<std::uint8_t> row;

    JpegReading() = default;
    JpegReading(const JpegReading&) = delete;
    JpegReading& operator=(const JpegReading&) = delete;
    ~JpegReading() { jpeg_destroy_decompress(&info); }
};

[[noreturn]] void on_error(j_common_ptr info) {
    auto& reading = *static_cast<JpegReading*>(info->client_data);
    info->err->format_message(info, reading.problem);
    std::longjmp(reading.jump, 1);
}

// A negative level is a warning of corrupt data, which libjpeg would patch up.
void on_message(j_common_ptr info, int level) {
    if (level < 0) on_error(info);
}

void on_progress(j_common_ptr info) {
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kMaxScans) return;
    auto& reading = *static_cast<JpegReading*>(info->client_data);
    std::snprintf(reading.problem, sizeof(reading.problem), "more than %d scans", kMaxScans);
    std::longjmp(reading.jump, 1);
}

void silence(j_common_ptr) {}

bool read_head(JpegReading& reading, std::span<const std::byte> bytes) {
    auto& info = reading.info;
    info.err = jpeg_std_error(&reading.errors);
    reading.errors.error_exit = on_error;
    reading.errors.emit_message = on_message;
    reading.errors.output_message = silence;
    reading.progress.progress_monitor = on_progress;
    info.client_data = &reading;
    if (setjmp(reading.jump) != 0) return false;
    jpeg_create_decompress(&info);
    info.progress = &reading.progress;
    info.mem->max_memory_to_use = static_cast<long>(kDecodeBudgetBytes);
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&info, TRUE);
    info.out_color_space = JCS_RGB;
    return true;
}

// What a browser cannot show, or would take too much memory to decode; nothing when all is well.
const char* objection(jpeg_decompress_struct& info) {
    if (!has_legal_sides(info.image_width, info.image_height)) return "sides";
    if (info.num_components != 1 && info.num_components != 3) return "colour space";
    if (info.arith_code != 0) return "arithmetic coding";
    if (jpeg_has_multiple_scans(&info) == 0) return nullptr;
    std::size_t coefficient_bytes = 0;
    for (int i = 0; i < info.num_components; ++i) {
        const auto& component = info.comp_info[i];
        coefficient_bytes +=
            sizeof(JBLOCK) * component.width_in_blocks * component.height_in_blocks;
    }
    return coefficient_bytes > kDecodeBudgetBytes ? "progressive and over the memory budget"
                                                  : nullptr;
}

bool read_pixels(JpegReading& reading, BoxShrinker& shrinker) {
    auto& info = reading.info;
    if (setjmp(reading.jump) != 0) return false;
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = reading.row.data();
        jpeg_read_scanlines(&info, &row, 1);
        shrinker.add_row(reading.row);
    }
    jpeg_finish_decompress(&info);
    return true;
}

}  // namespace

Result<Decoded> decode_jpeg(std::span<const std::byte> bytes) {
    JpegReading reading;
    if (!read_head(reading, bytes)) return invalid_picture(std::string("JPEG: ") + reading.problem);
    if (const auto* const reason = objection(reading.info)) {
        return invalid_picture(std::string("JPEG: ") + reason);
    }
    const int width = static_cast<int>(reading.info.image_width);
    const int height = static_cast<int>(reading.info.image_height);
    BoxShrinker shrinker(width, height, 3);
    reading.row.resize(static_cast<std::size_t>(width) * 3);
    if (!read_pixels(reading, shrinker)) {
        return invalid_picture(std::string("JPEG: ") + reading.problem);
    }
    if (reading.info.src->bytes_in_buffer != 0 && !MUTANT("parse.jpeg_tail")) {
        return invalid_picture("JPEG: bytes after the end");
    }
    return Decoded{.width_px = width, .height_px = height, .small = shrinker.take()};
}

}  // namespace imagify::picture
