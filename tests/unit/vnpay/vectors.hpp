#pragma once

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cctype>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "adapters/vnpay/form.hpp"
#include "base/form_encoding.hpp"

namespace imagify::vnpay {

/// One case of tests/data/vnpay/vectors.json, which other implementations of the rules made.
struct Vector {
    std::string name;
    boost::json::object data;

    std::string text(std::string_view member) const {
        return std::string(data.at(member).as_string());
    }
    bool flag(std::string_view member) const { return data.at(member).as_bool(); }
    Fields fields(std::string_view member) const {
        Fields fields;
        for (const auto& field : data.at(member).as_object()) {
            fields.emplace(field.key(), field.value().as_string());
        }
        return fields;
    }
    friend std::ostream& operator<<(std::ostream& out, const Vector& vector) {
        return out << vector.name;
    }
};

inline boost::json::object load_vectors() {
    std::ifstream file(IMAGIFY_TEST_DATA "/vnpay/vectors.json");
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    return boost::json::parse(json).as_object();
}

/// The cases of one list of the file.
inline std::vector<Vector> vectors(std::string_view list) {
    std::vector<Vector> cases;
    for (const auto& entry : load_vectors().at(list).as_array()) {
        const auto& data = entry.as_object();
        const auto* const name = data.if_contains("name");
        cases.push_back({name ? std::string(name->as_string()) : std::string(list), data});
    }
    return cases;
}

/// The name of a parameterised test.
inline std::string vector_name(const auto& info) { return info.param.name; }

}  // namespace imagify::vnpay
