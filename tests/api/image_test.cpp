#include "api/api_fixture.hpp"

namespace imagify::testing {

using http::Method;

constexpr auto kGenerate = "/image/generate-image";
constexpr auto kPrompt = R"({"prompt":"chợ nổi Cái Răng lúc bình minh"})";

TEST_F(ApiTest, PictureIsPaintedChargedAndServedToItsOwnerOnly) {
    const auto an = sign_up("an@example.vn");
    const auto bo = sign_up("bo@example.vn");

    const auto answer = post(kGenerate, kPrompt, an);

    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.text("status"), "ready");
    EXPECT_EQ(answer.number("credits"), 4);
    EXPECT_EQ(answer.number("creditsUsed"), 1);
    EXPECT_EQ(credits(an), 4);
    const auto file = get(answer.text("imageUrl"), an);
    EXPECT_EQ(file.status, 200U);
    EXPECT_EQ(file.headers.get("Content-Type"), "image/png");
    EXPECT_TRUE(file.body.starts_with("\x89PNG"));
    EXPECT_EQ(get(answer.text("thumbUrl"), an).headers.get("Content-Type"), "image/webp");
    EXPECT_EQ(get(answer.text("imageUrl"), bo).status, 404U);
    EXPECT_EQ(get(answer.text("imageUrl")).status, 404U);
    EXPECT_EQ(get(answer.text("imageUrl"), bo).body, get("/image/NONE/file", bo).body);
    EXPECT_EQ(get("/image/" + answer.text("imageId"), bo).status, 404U);
}

TEST_F(ApiTest, NoCreditNoPicture) {
    const auto token = sign_up();
    for (int i = 0; i < 5; ++i) ASSERT_EQ(post(kGenerate, kPrompt, token).status, 200U);

    const auto answer = post(kGenerate, kPrompt, token);

    EXPECT_EQ(answer.status, 402U);
    EXPECT_EQ(answer.text("code"), "credits.insufficient");
    EXPECT_EQ(painter.calls, 5);
    EXPECT_EQ(credits(token), 0);
}

TEST_F(ApiTest, ParallelRequestsWithOneCreditGiveOnePicture) {
    const auto token = sign_up();
    for (int i = 0; i < 4; ++i) ASSERT_EQ(post(kGenerate, kPrompt, token).status, 200U);

    const Call request{
        .method = Method::Post, .target = kGenerate, .body = kPrompt, .token = token};
    const auto answers = call_together({request, request, request});

    std::multiset<unsigned> statuses;
    for (const auto& answer : answers) statuses.insert(answer.status);
    EXPECT_EQ(statuses, (std::multiset<unsigned>{200, 402, 402}));
    EXPECT_EQ(credits(token), 0);
}

TEST_F(ApiTest, RepeatedKeyYieldsTheSamePictureForOneCredit) {
    const auto token = sign_up();
    const Call request{.method = Method::Post,
                       .target = kGenerate,
                       .body = kPrompt,
                       .token = token,
                       .headers = {{"Idempotency-Key", "key-1"}}};
    auto other = request;
    other.body = R"({"prompt":"something else"})";

    const auto first = call(request);
    const auto second = call(request);
    const auto changed = call(other);

    EXPECT_EQ(first.text("imageId"), second.text("imageId"));
    EXPECT_EQ(changed.status, 422U);
    EXPECT_EQ(changed.text("code"), "idempotency.mismatch");
    EXPECT_EQ(credits(token), 4);
}

TEST_F(ApiTest, KeyInFlightIsAConflict) {
    const auto token = sign_up();
    const Call request{.method = Method::Post,
                       .target = kGenerate,
                       .body = kPrompt,
                       .token = token,
                       .headers = {{"Idempotency-Key", "key-1"}}};

    const auto answers = call_together({request, request});

    std::multiset<unsigned> statuses{answers[0].status, answers[1].status};
    EXPECT_EQ(statuses, (std::multiset<unsigned>{200, 409}));
    EXPECT_EQ(credits(token), 4);
}

TEST_F(ApiTest, IdempotencyKeyMayHave255BytesAndNoMore) {
    const auto token = sign_up();
    const auto with_key = [&](std::string key) {
        return call({.method = Method::Post,
                     .target = kGenerate,
                     .body = kPrompt,
                     .token = token,
                     .headers = {{"Idempotency-Key", std::move(key)}}});
    };

    EXPECT_EQ(with_key(std::string(255, 'k')).status, 200U);
    EXPECT_EQ(with_key(std::string(256, 'k')).status, 422U);
    EXPECT_EQ(with_key("").status, 422U);
}

TEST_F(ApiTest, FailedPaintingGivesTheCreditBack) {
    const auto token = sign_up();
    painter.failure = Error{.kind = ErrorKind::Unavailable, .code = "painter.unavailable"};
    const auto down = post(kGenerate, kPrompt, token);
    painter.failure = Error{.kind = ErrorKind::Refused, .code = "prompt.refused"};
    const auto refused = post(kGenerate, kPrompt, token);
    painter.failure =
        Error{.kind = ErrorKind::NoUpstreamCredit, .code = "painter.no_upstream_credit"};
    const auto ours = post(kGenerate, kPrompt, token);

    EXPECT_EQ(down.status, 503U);
    EXPECT_EQ(down.text("code"), "painter.unavailable");
    EXPECT_FALSE(down.headers.get("Retry-After").empty());
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(refused.text("code"), "prompt.refused");
    EXPECT_EQ(ours.text("code"), "painter.unavailable");
    EXPECT_EQ(credits(token), 5);
}

TEST_F(ApiTest, BytesThatAreNoPictureAreNotCharged) {
    const auto token = sign_up();
    painter.bytes = "<html>we are sorry</html>";

    const auto answer = post(kGenerate, kPrompt, token);

    EXPECT_EQ(answer.status, 503U);
    EXPECT_EQ(credits(token), 5);
    EXPECT_EQ(get("/image?status=ready", token).json().at("items").as_array().size(), 0U);
}

TEST_F(ApiTest, AsyncRequestIsAnsweredAtOnceAndFinishes) {
    const auto token = sign_up();

    const auto answer = call({.method = Method::Post,
                              .target = kGenerate,
                              .body = kPrompt,
                              .token = token,
                              .headers = {{"Prefer", "respond-async"}}});

    EXPECT_EQ(answer.status, 202U);
    EXPECT_EQ(answer.headers.get("Location"), "/image/" + answer.text("imageId"));
    EXPECT_EQ(get("/image/" + answer.text("imageId"), token).text("status"), "ready");
}

TEST_F(ApiTest, CancelWhilePaintingGivesTheCreditBack) {
    const auto token = sign_up();
    painter.meanwhile = [&]() -> Task<void> {
        const auto page = co_await storage.store->list_generations(
            (co_await backend->authenticate().run(token))->account.id, {}, {});
        http::Request request;
        request.method = Method::Post;
        request.path = "/image/" + page->items.front().id.text() + "/cancel";
        request.headers.add("Authorization", "Bearer " + token);
        const auto cancelled = co_await api->handle(std::move(request));
        EXPECT_EQ(cancelled.status, 200U);
    };

    const auto answer = post(kGenerate, kPrompt, token);

    EXPECT_EQ(answer.status, 409U);
    EXPECT_EQ(answer.text("code"), "image.cancelled");
    EXPECT_EQ(credits(token), 5);
    EXPECT_EQ(get("/image", token).json().at("items").at(0).at("status").as_string(), "cancelled");
}

TEST_F(ApiTest, PromptMayHave1000CodePointsAndNoMore) {
    const auto token = sign_up();
    std::string letters;
    for (int i = 0; i < 1'000; ++i) letters += "ế";

    const auto longest = post(kGenerate, R"({"prompt":")" + letters + "\"}", token);
    const auto longer = post(kGenerate, R"({"prompt":")" + letters + "ế\"}", token);

    EXPECT_EQ(longest.status, 200U);
    EXPECT_EQ(longer.status, 422U);
    EXPECT_EQ(longer.json().at("errors").at("prompt").as_string(), "too_long");
    EXPECT_EQ(post(kGenerate, R"({"prompt":"  "})", token).status, 422U);
    EXPECT_EQ(post(kGenerate, R"({"prompt":"a\u0000b"})", token).status, 422U);
    EXPECT_EQ(post(kGenerate, R"({"prompt":7})", token).status, 422U);
    EXPECT_EQ(post(kGenerate, R"({"prompt":"x","aspectRatio":"9:99"})", token).status, 422U);
    EXPECT_EQ(post(kGenerate, R"({"prompt":"x","style":"van-gogh"})", token).status, 422U);
    EXPECT_EQ(post(kGenerate, R"({"prompt":"x","seed":4294967296})", token).status, 422U);
    EXPECT_EQ(credits(token), 4);
}

TEST_F(ApiTest, PictureIsServedInPartsAndFromTheCache) {
    const auto token = sign_up();
    const auto url = post(kGenerate, kPrompt, token).text("imageUrl");
    const auto whole = get(url, token);
    const auto etag = std::string(whole.headers.get("ETag"));

    const auto part = call({.target = url, .token = token, .headers = {{"Range", "bytes=1-3"}}});
    const auto tail = call({.target = url, .token = token, .headers = {{"Range", "bytes=-4"}}});
    const auto beyond =
        call({.target = url, .token = token, .headers = {{"Range", "bytes=999999-"}}});
    const auto cached = call({.target = url, .token = token, .headers = {{"If-None-Match", etag}}});
    const auto saved = get(url + "?download", token);

    EXPECT_EQ(part.status, 206U);
    EXPECT_EQ(part.body, "PNG");
    EXPECT_EQ(tail.body, whole.body.substr(whole.body.size() - 4));
    EXPECT_EQ(beyond.status, 416U);
    EXPECT_EQ(cached.status, 304U);
    EXPECT_TRUE(cached.body.empty());
    EXPECT_TRUE(saved.headers.get("Content-Disposition").contains("attachment"));
    EXPECT_TRUE(whole.headers.get("Cache-Control").contains("private"));
}

TEST_F(ApiTest, DeletedPictureIsGone) {
    const auto token = sign_up();
    const auto made = post(kGenerate, kPrompt, token);
    const auto url = "/image/" + made.text("imageId");

    const auto removed = call({.method = Method::Delete, .target = url, .token = token});

    EXPECT_EQ(removed.status, 204U);
    EXPECT_EQ(get(url, token).status, 404U);
    EXPECT_EQ(get(made.text("imageUrl"), token).status, 404U);
    EXPECT_EQ(call({.method = Method::Delete, .target = url, .token = token}).status, 404U);
    EXPECT_EQ(credits(token), 4);
    ASSERT_TRUE(run_task(backend->tend_holds().reap()));
}

TEST_F(ApiTest, HoldOfADeadProcessIsReleasedAtStart) {
    const auto token = sign_up();
    const auto account = run_task(backend->authenticate().run(token));
    ASSERT_TRUE(run_task(
        storage.store->place_hold({.generation = {.id = GenerationId(new_ulid("", clock, random)),
                                                  .user_id = account->account.id,
                                                  .order = {.prompt = "lost"},
                                                  .price = kPicturePrice,
                                                  .created_at = clock.now(),
                                                  .deadline = clock.now() + kHoldDeadline,
                                                  .lease = "p_dead"},
                                   .key = std::nullopt})));
    ASSERT_EQ(credits(token), 4);

    EXPECT_EQ(*run_task(backend->tend_holds().recover()), 1);

    EXPECT_EQ(credits(token), 5);
}

TEST_F(ApiTest, StoredPictureOfADeadProcessIsRolledForward) {
    const auto token = sign_up();
    const auto account = run_task(backend->authenticate().run(token));
    const GenerationId id(new_ulid("", clock, random));
    ASSERT_TRUE(
        run_task(storage.store->place_hold({.generation = {.id = id,
                                                           .user_id = account->account.id,
                                                           .order = {.prompt = "nearly done"},
                                                           .price = kPicturePrice,
                                                           .created_at = clock.now(),
                                                           .deadline = clock.now() + kHoldDeadline,
                                                           .lease = "p_dead"},
                                            .key = std::nullopt})));
    auto bytes = run_task(storage.blobs->stage(kPictureMaxBytes));
    ASSERT_TRUE(run_task(painter.paint({}, **bytes)));
    ASSERT_TRUE(run_task(storage.blobs->publish({.generation = id}, std::move(*bytes))));

    EXPECT_EQ(*run_task(backend->tend_holds().recover()), 1);

    EXPECT_EQ(credits(token), 4);
    const auto url = "/image/" + id.text();
    EXPECT_EQ(get(url, token).text("status"), "ready");
    EXPECT_EQ(get(url + "/file", token).status, 200U);
    EXPECT_EQ(get(url + "/thumb", token).status, 200U);
}

TEST_F(ApiTest, OverdueHoldIsReaped) {
    const auto token = sign_up();
    painter.meanwhile = [&]() -> Task<void> {
        clock.advance(kHoldDeadline);
        co_await backend->tend_holds().reap();
    };

    const auto answer = post(kGenerate, kPrompt, token);

    // A function, and a store that is asked over a network, may answer before the reaper is done.
    const bool early = (events || cloud) && answer.status == 202;
    EXPECT_TRUE(early || answer.status == 503) << answer.status;
    EXPECT_EQ(credits(token), 5);
    EXPECT_EQ(get("/image?status=ready", token).json().at("items").as_array().size(), 0U);
}

TEST_F(ApiTest, EventsTellTheBalanceFirst) {
    const auto token = sign_up();
    backend->events().close();

    const auto answer = get("/image/events", token);
    if (events) {  // No function streams: the browser is told to poll.
        EXPECT_EQ(answer.status, 204U);
        return;
    }

    EXPECT_EQ(answer.headers.get("Content-Type"), "text/event-stream");
    EXPECT_TRUE(answer.body.contains("event: balance\ndata: {\"credits\":5,\"held\":0}\n\n"));
}

TEST_F(ApiTest, EnginesSayWhatTheyCan) {
    const auto engines = get("/image/engines").json().at("items").as_array();
    ASSERT_EQ(engines.size(), 1U);
    EXPECT_EQ(engines[0].at("id").as_string(), "fake");
    EXPECT_EQ(engines[0].at("maxPromptLength").as_int64(), 1'000);
}

// A queue may bring one message to two workers at once.
TEST_F(ApiTest, SlowerWorkerThatFailsLeavesThePictureOfTheFasterOne) {
    const auto token = sign_up();
    painter.meanwhile = [this]() -> Task<void> {
        painter.meanwhile = nullptr;
        const auto held =
            co_await storage.store->overdue_holds(clock.now() + kHoldDeadline * 2, 10);
        if (!held || held->size() != 1) throw std::runtime_error("one hold");
        co_await backend->paint_generation().run(held->front().id);
        painter.failure = Error{.kind = ErrorKind::Unavailable, .code = "painter.unavailable"};
    };

    const auto answer = post(kGenerate, kPrompt, token);

    EXPECT_EQ(painter.calls, 2);
    ASSERT_EQ(answer.status, 200U) << answer.body;
    EXPECT_EQ(answer.number("credits"), 4);
    EXPECT_EQ(get(answer.text("imageUrl"), token).status, 200U);
    EXPECT_EQ(get(answer.text("thumbUrl"), token).status, 200U);
}

}  // namespace imagify::testing
