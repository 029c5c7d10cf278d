#include "fuzz/targets.hpp"

#include <array>

#include "fuzz/target.hpp"

namespace imagify::fuzz {
namespace {

// A few thousand bytes hold every shape that a parser tells apart; more only slows a run down.
constexpr std::size_t kShort = 512;
constexpr std::size_t kLong = 2048;

constexpr auto kTargets = std::to_array<Target>({
    {"http_head", "http.length_beside_chunks", kLong, read_http_head},
    {"chunked_body", "parse.chunk_size", kShort, read_chunked_body},
    {"query", "parse.repeated_parameter", kShort, read_query},
    {"percent", "parse.short_escape", kShort, read_percent},
    {"json_body", "parse.repeated_key", kLong, read_json_body},
    {"image_request", "parse.seed", kLong, read_image_request},
    {"token", "parse.token_expiry", kLong, read_token, token_seeds},
    {"pool_token", "cognito.expired", kLong, read_pool_token, pool_token_seeds},
    {"base64url", "parse.unused_bits", kShort, read_base64url},
    {"session", "parse.cookie_value", kShort, read_session},
    {"idempotency_key", "parse.key_length", kShort, read_idempotency_key, idempotency_key_seeds},
    {"multipart", "parse.boundary_inside", kShort, write_multipart},
    {"png", "parse.png_tail", kLong, inspect_png, png_seeds},
    {"jpeg", "parse.jpeg_tail", kLong, inspect_jpeg, jpeg_seeds},
    {"webp", "parse.webp_tail", kLong, inspect_webp, webp_seeds},
    {"vnpay_notice", "vnpay.doubled_field", kLong, read_vnpay_notice},
    {"vnpay_answer", "vnpay.unsigned_answer", kLong, read_vnpay_answer},
    {"upstream_answer", "parse.piece_length", kLong, read_upstream_answer},
    {"painter_answer", "parse.negative_wait", kShort, read_painter_answer},
    {"range", "parse.range_length", kShort, read_range},
    {"registration", "parse.email_length", kShort, read_registration, registration_seeds},
    {"plans_file", "parse.plan_credits", kLong, read_plans},
    {"settings", "parse.setting_bound", kLong, read_settings},
    {"negotiation", "parse.weight_digits", kShort, negotiate},
    {"proxies", "parse.left_most_hop", kShort, read_proxies},
    {"prompt", "parse.surrogates", kLong, read_prompt},
    {"lambda_event", "parse.event_fields", kLong, read_lambda_event, lambda_event_seeds},
    {"base64", "parse.base64_padding", kShort, read_base64, base64_seeds},
    {"aws_credentials", "parse.key_bytes", kLong, read_aws_credentials},
    {"aws_fault", "parse.fault_length", kLong, read_aws_fault},
    {"shipped_log", "parse.log_salts", kShort, read_shipped_log, shipped_log_seeds},
    {"log_marks", "parse.mark_rest", kShort, read_log_marks, log_marks_seeds},
});

}  // namespace

std::span<const Target> all_targets() { return kTargets; }

}  // namespace imagify::fuzz
