#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "adapters/system/system_clock.hpp"
#include "adapters/system/system_random.hpp"

namespace imagify {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

TEST(SystemClockTest, TellsTheMachinesTime) {
    const SystemClock clock;

    const auto difference = clock.now() - std::chrono::system_clock::now();

    EXPECT_LT(std::chrono::abs(difference), 1s);
}

TEST(SystemClockTest, SleepsAtLeastAsLongAsAsked) {
    SystemClock clock;
    asio::io_context context;
    const auto start = clock.steady_now();

    asio::co_spawn(context, clock.sleep_for(20ms), asio::detached);
    context.run();

    EXPECT_GE(clock.steady_now() - start, 20ms);
}

TEST(SystemClockTest, ACancelledSleepEndsAtOnceByThrowing) {
    SystemClock clock;
    asio::io_context context;
    asio::cancellation_signal signal;
    std::exception_ptr outcome;

    asio::co_spawn(context, clock.sleep_for(1h),
                   asio::bind_cancellation_slot(
                       signal.slot(), [&](std::exception_ptr error) { outcome = error; }));
    asio::post(context, [&] { signal.emit(asio::cancellation_type::terminal); });
    context.run_for(5s);

    EXPECT_NE(outcome, nullptr);
}

TEST(SystemRandomTest, NoSixteenBytesComeTwice) {
    SystemRandom random;
    std::set<std::array<std::byte, 16>> seen;

    for (int i = 0; i < 5'000; ++i) {
        std::array<std::byte, 16> bytes{};
        random.fill(bytes);
        EXPECT_TRUE(seen.insert(bytes).second);
    }
}

TEST(SystemRandomTest, FillsEveryByteOfAnyLength) {
    SystemRandom random;

    for (const std::size_t length : {0U, 1U, 31U, 1023U, 1024U, 1025U, 4096U, 4097U, 100'000U}) {
        // A byte that stays zero through 64 rounds was never written (chance 2^-512 each).
        std::vector<std::byte> ever(length);
        for (int round = 0; round < 64; ++round) {
            std::vector<std::byte> bytes(length);
            random.fill(bytes);
            for (std::size_t i = 0; i < length; ++i) ever[i] |= bytes[i];
        }
        EXPECT_EQ(std::ranges::count(ever, std::byte{0}), 0) << length;
    }
}

TEST(SystemRandomTest, ThreadsGetDifferentBytes) {
    SystemRandom random;
    std::array<std::array<std::byte, 32>, 4> taken{};

    {
        std::vector<std::jthread> threads;
        for (auto& bytes : taken) threads.emplace_back([&] { random.fill(bytes); });
    }

    EXPECT_EQ(std::set(taken.begin(), taken.end()).size(), taken.size());
}

}  // namespace
}  // namespace imagify
