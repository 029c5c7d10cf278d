#pragma once

namespace imagify::testing {

/// Makes the virtual file system of MemoryDisk SQLite's default, once per process. Files outside
/// every MemoryDisk go to the one that was the default before.
void install_memory_vfs();

/// True while this thread is in a call that SQLite made of it: nothing may be thrown through
/// SQLite.
bool inside_memory_vfs();

}  // namespace imagify::testing
