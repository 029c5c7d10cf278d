#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What each target does; `target.hpp` says when these are called. The comments say what an input
/// is and what the parser is held against.
namespace imagify::fuzz {

/// A request head. What is accepted, Boost.Beast reads in the same way.
void read_http_head(std::string_view input);
/// Two bytes of choices, then a body. Accepted: a second reader finds the same content, and so
/// does the same reader when the bytes come in pieces.
void read_chunked_body(std::string_view input);
/// A query string. Accepted exactly when a second reader accepts it, with the same values.
void read_query(std::string_view input);
/// Text: decoded as by a second decoder, and encoding is undone by decoding.
void read_percent(std::string_view input);
/// A JSON body. Taken exactly when a second parser takes it, with the same texts.
void read_json_body(std::string_view input);
/// A line of Prefer, then a JSON body for POST /image/generate-image.
void read_image_request(std::string_view input);
/// A letter that says what is signed, then a token or its parts; nothing but ours is accepted.
void read_token(std::string_view input);
std::vector<std::string> token_seeds();
/// A letter that says what is signed by a pool's key, then a header and claims, or a key set.
void read_pool_token(std::string_view input);
std::vector<std::string> pool_token_seeds();
/// Text: what decodes has no other spelling; OpenSSL decodes it to the same bytes.
void read_base64url(std::string_view input);
/// Lines Authorization, Cookie, X-Imagify, Origin, Host.
void read_session(std::string_view input);
/// The value of Idempotency-Key.
void read_idempotency_key(std::string_view input);
std::vector<std::string> idempotency_key_seeds();
/// A prompt, sent and read back by a strict reader of multipart/form-data.
void write_multipart(std::string_view input);
/// Pictures: what is accepted has the sides that its header says, ends where it should, and its
/// thumbnail is a picture too. PNG: a byte that says whether checksums are put right, then a file.
void inspect_png(std::string_view input);
void inspect_jpeg(std::string_view input);
void inspect_webp(std::string_view input);
std::vector<std::string> png_seeds();
std::vector<std::string> jpeg_seeds();
std::vector<std::string> webp_seeds();
/// A notice without signature; it is then signed by a second implementation.
void read_vnpay_notice(std::string_view input);
/// 'q' or 'r', then the JSON answer to querydr or refund; also signed by the second one.
void read_vnpay_answer(std::string_view input);
/// A byte that says whether HEAD was asked, then all that an upstream server sends.
void read_upstream_answer(std::string_view input);
/// Lines status, Retry-After, X-Remaining-Credits, prompt; then the body of a refusal.
void read_painter_answer(std::string_view input);
/// A line with a size, then a Range.
void read_range(std::string_view input);
/// Lines e-mail, password, display name.
void read_registration(std::string_view input);
std::vector<std::string> registration_seeds();
/// A plans file: what is read is in bounds, and reads the same when written again.
void read_plans(std::string_view input);
/// Lines NAME=value: without complaint, every setting is within its bounds.
void read_settings(std::string_view input);
/// Lines Accept-Encoding, Accept-Language, Cookie, ETag, If-None-Match.
void negotiate(std::string_view input);
/// Lines trusted networks, peer; then X-Forwarded-For fields.
void read_proxies(std::string_view input);
/// Text: the number of code points is that of the C library's decoder.
void read_prompt(std::string_view input);
/// A Lambda event: what it brings could have come through a socket.
void read_lambda_event(std::string_view input);
std::vector<std::string> lambda_event_seeds();
/// Base64 with padding.
void read_base64(std::string_view input);
std::vector<std::string> base64_seeds();
/// A line with a profile, then a credentials file or a credentials service's answer.
void read_aws_credentials(std::string_view input);
/// Four bytes a page, then what is left of a page: written as SQLite writes its log, with some of
/// it wrong. Exactly the whole transactions before the first wrong page are read.
void read_shipped_log(std::string_view input);
std::vector<std::string> shipped_log_seeds();
/// The file `marks` of a shipped log: what is read is what its lines say, in the same spelling.
void read_log_marks(std::string_view input);
std::vector<std::string> log_marks_seeds();
/// Lines status or date, X-Amzn-ErrorType; then the body of a refusal by AWS.
void read_aws_fault(std::string_view input);

}  // namespace imagify::fuzz
