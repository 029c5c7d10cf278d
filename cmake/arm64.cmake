# Builds for 64-bit ARM (AWS Graviton) on any machine: clang speaks it, the libraries are Debian's
# in build/arm64/sysroot (tools/arm64.sh makes it).
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER_TARGET aarch64-linux-gnu)
cmake_path(SET CMAKE_SYSROOT NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../build/arm64/sysroot)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# The host's own cannot read ARM's files.
set(CMAKE_EXE_LINKER_FLAGS_INIT -fuse-ld=lld)
foreach(tool ar ranlib strip)
    string(TOUPPER ${tool} name)
    find_program(CMAKE_${name} NAMES llvm-${tool}-19 llvm-${tool}-20 llvm-${tool}-21 REQUIRED)
endforeach()
