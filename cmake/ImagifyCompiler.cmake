# How all of our code is compiled, in one of four builds: dev, asan, tsan, release.
set(IMAGIFY_BUILD "dev" CACHE STRING "dev, asan, tsan or release")
set_property(CACHE IMAGIFY_BUILD PROPERTY STRINGS dev asan tsan release)
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "Imagify needs clang 19 or newer; ${CMAKE_CXX_COMPILER} is "
        "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}. "
        "On Debian: apt-get install clang-19 lld-19")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_BUILD_TYPE "" CACHE STRING "Unused: IMAGIFY_BUILD says it all" FORCE)

# The same code gives the same bytes wherever it is checked out.
add_compile_options(-fPIE -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=
    "SHELL:-Xclang -fno-pch-timestamp")
# Asserts stay on in every build: the money code checks itself in production too.
add_compile_definitions(_GLIBCXX_ASSERTIONS)
if(NOT IMAGIFY_BUILD STREQUAL "release")
    # Places where a test may kill the program; see src/base/failpoint.hpp.
    add_compile_definitions(IMAGIFY_FAILPOINTS)
endif()
add_link_options(-fuse-ld=lld)
if(IMAGIFY_BUILD STREQUAL "dev")
    add_compile_options(-O1 -g1)
    add_link_options(-pie)
elseif(IMAGIFY_BUILD STREQUAL "asan")
    add_compile_options(-O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined
        -fno-sanitize-recover=all)
    add_link_options(-pie -fsanitize=address,undefined)
elseif(IMAGIFY_BUILD STREQUAL "tsan")
    add_compile_options(-O1 -g1 -fno-omit-frame-pointer -fsanitize=thread)
    add_link_options(-pie -fsanitize=thread)
elseif(IMAGIFY_BUILD STREQUAL "release")
    add_compile_options(-O2 -g1 -ffunction-sections -fdata-sections
        -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero)
    add_compile_definitions(_FORTIFY_SOURCE=2)
    add_link_options(-static-pie -Wl,--gc-sections -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
        add_compile_options(-fcf-protection=full)
    elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
        add_compile_options(-mbranch-protection=standard)
    endif()
else()
    message(FATAL_ERROR "IMAGIFY_BUILD is '${IMAGIFY_BUILD}'; it is dev, asan, tsan or release")
endif()

# Repeated builds are nearly free. ccache needs this sloppiness to work with precompiled headers.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

# Warnings that our own code (not the vendors') must be free of.
add_library(imagify_warnings INTERFACE)
target_compile_options(imagify_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)
