#include <sqlite3.h>

#include <cstdlib>
#include <new>

#include "faults/fault.hpp"

namespace imagify::testing {
namespace {

sqlite3_mem_methods real_memory;

void* allocate(int bytes) {
    return should_fail(FaultKind::StoreMemory) ? nullptr : real_memory.xMalloc(bytes);
}

void* reallocate(void* block, int bytes) {
    return should_fail(FaultKind::StoreMemory) ? nullptr : real_memory.xRealloc(block, bytes);
}

}  // namespace

void install_faulty_store_memory() {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
    auto faulty = real_memory;
    faulty.xMalloc = allocate;
    faulty.xRealloc = reallocate;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty);
}

}  // namespace imagify::testing

void* operator new(std::size_t bytes) {
    using imagify::testing::FaultKind;
    void* const block = imagify::testing::should_fail(FaultKind::Memory)
                            ? nullptr
                            : std::malloc(bytes == 0 ? 1 : bytes);
    if (block == nullptr) throw std::bad_alloc();
    return block;
}

void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
