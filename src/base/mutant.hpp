#pragma once

#include <string_view>

namespace imagify {

/// True while a test has planted the fault of that name. MUTANT("name") marks where a rule could be
/// broken by mistake: it is false unless a test that has to notice the mistake plants it, and
/// constant false in release builds.
bool mutant_planted(std::string_view name);

/// Plants one fault; an empty name plants none. `name` outlives its use. Not safe from several
/// threads.
void plant_mutant(std::string_view name);

}  // namespace imagify

#ifdef IMAGIFY_FAILPOINTS
#define MUTANT(name) ::imagify::mutant_planted(name)
#else
#define MUTANT(name) false
#endif
