#pragma once

#include <boost/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace imagify::testing::dynamo {

/// Makes requests about two small tables that meet every rule of the fake often: few keys, few
/// names, few values, expressions of every form, some of them wrong.
class RandomRequests {
public:
    RandomRequests(std::uint64_t seed, std::string prefix)
        : engine_(seed), prefix_(std::move(prefix)) {}

    struct Request {
        std::string operation;
        boost::json::object body;
    };

    /// What makes the tables: "PREFIXa" with a hash key and an index, "PREFIXb" with a sort key.
    std::vector<Request> tables() const;
    Request next();

private:
    using Json = boost::json::object;

    std::size_t below(std::size_t limit);
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
    std::string pick(std::initializer_list<const char*> words);

    std::string name(Json& request);
    static std::string named(Json& request, const std::string& attribute);
    std::string plain_name(Json& request);
    std::string plain_path(Json& request);
    std::string index_update(Json& request);
    std::string value(Json& request);
    std::string constant(Json& request, boost::json::value constant);
    boost::json::value random_value(int depth = 0);
    std::string path(Json& request);
    std::string condition(Json& request, int depth = 0);
    std::string update(Json& request);
    Json key(bool second);
    Json item(bool second);
    Json write(const std::string& kind);
    Request read();
    Request query();
    Request transaction();

    std::mt19937_64 engine_;
    std::string prefix_;
    std::vector<std::string> recent_tokens_;
};

}  // namespace imagify::testing::dynamo
