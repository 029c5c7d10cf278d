# One call says what a folder is made of and whom it may use.
#
#   imagify_layer(NAME [USES layer...] [SOURCES file.cpp...] [LINKS vendor_target...])
#       Library imagify_NAME, also imagify::NAME. USES (other layers) are passed on to its users,
#       LINKS are its own secret. Without SOURCES it is a layer of headers only. Includes start at
#       src/: "base/result.hpp".
#
#   imagify_test(NAME [USES layer...] SOURCES file.cpp... [LINKS vendor_target...])
#       GoogleTest program NAME; its ctest label is its folder under tests/: unit, contract, api.
#       Includes start at src/ and at tests/: "support/fake_clock.hpp".

# What nearly every file includes, parsed once for all layers.
add_library(imagify_pch STATIC ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
target_link_libraries(imagify_pch PUBLIC boost_impl)
target_precompile_headers(imagify_pch PRIVATE <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <algorithm> <array> <atomic> <cassert> <chrono> <cstdint> <cstring> <deque> <expected>
    <filesystem> <functional> <map> <memory> <mutex> <optional> <set> <span> <string> <string_view>
    <thread> <unordered_map> <utility> <variant> <vector>)

# The same for tests, with what all of them include besides.
if(IMAGIFY_TESTS)
    add_library(imagify_test_pch STATIC EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/cmake/pch.cpp)
    target_link_libraries(imagify_test_pch PUBLIC boost_impl RapidCheck::RapidCheck GTest::gmock
        GTest::gtest)
    target_precompile_headers(imagify_test_pch PRIVATE <gtest/gtest.h> <gmock/gmock.h>
        <rapidcheck/gtest.h> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
        <boost/asio/io_context.hpp> <algorithm> <array> <atomic> <cassert> <chrono> <cstdint>
        <cstring> <deque> <expected> <filesystem> <functional> <map> <memory> <mutex> <optional>
        <set> <span> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)
endif()

function(imagify_uses target)
    foreach(layer ${ARGN})
        target_link_libraries(${target} PUBLIC imagify::${layer})
    endforeach()
endfunction()

# One sanitizer build serves ./test asan and ./test fuzz: the layers tell libFuzzer which branches
# and comparisons they take. These are its own flags but for the stack depth; unlike
# -fsanitize=fuzzer-no-link they do not change what a precompiled header is.
# Measured: parsers alone take 27 to 95 % longer for it, so the layers that compute and parse
# nothing go without.
set(IMAGIFY_COVERAGE)
set(IMAGIFY_NOT_COVERED adapter_demo_painter adapter_sqlite usecases)
if(IMAGIFY_BUILD STREQUAL "asan")
    set(IMAGIFY_COVERAGE -fsanitize-coverage=inline-8bit-counters,pc-table,trace-cmp)
endif()
target_compile_options(boost_impl PRIVATE ${IMAGIFY_COVERAGE})

# Layers that wait for the network or run once, where less inlining costs nothing and makes the
# program a quarter smaller: what AWS Lambda has to fetch before it starts. -Os would be another
# language to the precompiled header.
set(IMAGIFY_SMALL)
if(IMAGIFY_BUILD STREQUAL "release")
    set(IMAGIFY_SMALL adapter_aws adapter_cognito adapter_dynamodb adapter_mime adapter_redis
        adapter_s3 adapter_secrets_manager adapter_ses adapter_smtp adapter_sqs adapter_xray app
        sandbox transport_lambda)
endif()

function(imagify_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "USES;SOURCES;LINKS")
    if(layer_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "imagify_layer(${name}): what is ${layer_UNPARSED_ARGUMENTS}?")
    endif()
    set(target imagify_${name})
    if(NOT layer_SOURCES)
        add_library(${target} INTERFACE)
        add_library(imagify::${name} ALIAS ${target})
        target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR}/src)
        target_link_libraries(${target} INTERFACE boost_impl ${layer_LINKS})
        foreach(used ${layer_USES})
            target_link_libraries(${target} INTERFACE imagify::${used})
        endforeach()
        return()
    endif()
    add_library(${target} STATIC ${layer_SOURCES})
    add_library(imagify::${name} ALIAS ${target})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_precompile_headers(${target} REUSE_FROM imagify_pch)
    if(name IN_LIST IMAGIFY_SMALL)
        target_compile_options(${target} PRIVATE "SHELL:-mllvm -inline-threshold=25")
    endif()
    if(NOT name IN_LIST IMAGIFY_NOT_COVERED)
        target_compile_options(${target} PRIVATE ${IMAGIFY_COVERAGE})
    endif()
    target_link_libraries(${target} PUBLIC boost_impl PRIVATE imagify_warnings ${layer_LINKS})
    imagify_uses(${target} ${layer_USES})
endfunction()

function(imagify_test name)
    cmake_parse_arguments(PARSE_ARGV 1 test "" "" "USES;SOURCES;LINKS")
    if(test_UNPARSED_ARGUMENTS OR NOT test_SOURCES)
        message(FATAL_ERROR "imagify_test(${name}): no SOURCES or ${test_UNPARSED_ARGUMENTS}?")
    endif()
    add_executable(${name} ${test_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src
        ${PROJECT_SOURCE_DIR}/tests)
    target_precompile_headers(${name} REUSE_FROM imagify_test_pch)
    target_link_libraries(${name} PRIVATE boost_impl imagify_warnings ${test_LINKS}
        RapidCheck::RapidCheck GTest::gmock GTest::gtest GTest::gtest_main)
    imagify_uses(${name} ${test_USES})
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/tests
        OUTPUT_VARIABLE folder)
    string(REGEX REPLACE "/.*" "" label ${folder})
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS ${label} TIMEOUT 120)
endfunction()
