#include "base/mutant.hpp"

namespace imagify {
namespace {

std::string_view planted;

}  // namespace

bool mutant_planted(std::string_view name) { return !planted.empty() && planted == name; }

void plant_mutant(std::string_view name) { planted = name; }

}  // namespace imagify
