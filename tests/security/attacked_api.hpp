#pragma once

#include "api/api_fixture.hpp"
#include "security/corpus.hpp"

namespace imagify::testing {

inline constexpr auto kOwnersPassword = "a long pass phrase";

/// The whole API as a corpus uses it, without limits for 127.0.0.1.
class AttackedApi : public ApiTest {
public:
    AttackedApi();

    using ApiTest::backend;
    using ApiTest::call;
    using ApiTest::clock;
    using ApiTest::config;
    using ApiTest::credits;
    using ApiTest::folder;
    using ApiTest::get;
    using ApiTest::ipn;
    using ApiTest::open_order;
    using ApiTest::painter;
    using ApiTest::post;
    using ApiTest::router;
    using ApiTest::storage;

    /// Answers by the routes of `served` from now on.
    void serve(http::Router served);
    http::Service& service() { return *api; }
    /// Registers somebody from this machine, whom no limit counts; yields the token.
    std::string sign_up(const std::string& email);
    std::string log_in(const std::string& email);
    Answer ask(http::Method method, const std::string& target, const std::string& body = {},
               const std::string& token = {});
    /// The id of a picture that its owner has just had painted.
    std::string paint(const std::string& token);
    void make_admin(const std::string& email);

private:
    void TestBody() override {}
};

/// Counts what was shown and prints the first findings.
class Findings {
public:
    explicit Findings(bool loud = true) : loud_(loud) {}

    /// One case; a finding unless it holds.
    void expect(bool holds, const std::string& what);
    std::uint64_t cases() const { return cases_; }
    std::uint64_t count() const { return found_; }

private:
    bool loud_;
    std::uint64_t cases_ = 0;
    std::uint64_t found_ = 0;
};

}  // namespace imagify::testing
