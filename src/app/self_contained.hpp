#pragma once

namespace imagify {

/// The first thing that a program does: a static program must not load the machine's own modules.
/// NSS modules and OpenSSL providers bring another libc with them.
void stay_self_contained();

}  // namespace imagify
