# The libraries of others, all static or header-only, so that the program is one file.
# LINKS of a layer names these targets:
#   OpenSSL::SSL OpenSSL::Crypto SQLite::SQLite3 PNG::PNG JPEG::JPEG ZLIB::ZLIB
#   WebP::WebP Argon2::Argon2 Crypt::Crypt Deflate::Deflate Oath::Oath Hiredis::Hiredis
#   spdlog_headers CLI11::CLI11
#   GTest::gtest RapidCheck::RapidCheck benchmark::benchmark   (tests only)
# Boost (Asio, Beast, JSON, URL) needs no mention: every layer may include it and links boost_impl.
set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
set(OPENSSL_USE_STATIC_LIBS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(CLI11 REQUIRED)
target_link_libraries(SQLite::SQLite3 INTERFACE Threads::Threads m)

# imagify_vendor(TARGET HEADER LIBRARIES...): a target for a library without a CMake package.
function(imagify_vendor target header)
    string(MAKE_C_IDENTIFIER ${target} id)
    find_path(${id}_INCLUDE ${header} REQUIRED)
    add_library(${target} INTERFACE IMPORTED GLOBAL)
    target_include_directories(${target} SYSTEM INTERFACE ${${id}_INCLUDE})
    foreach(library ${ARGN})
        find_library(${id}_${library} ${library} REQUIRED)
        target_link_libraries(${target} INTERFACE ${${id}_${library}})
    endforeach()
endfunction()
imagify_vendor(WebP::WebP webp/encode.h webp)
imagify_vendor(Argon2::Argon2 argon2.h argon2)
imagify_vendor(Crypt::Crypt crypt.h crypt)
imagify_vendor(Deflate::Deflate libdeflate.h deflate)
imagify_vendor(Oath::Oath liboath/oath.h oath)
imagify_vendor(Hiredis::Hiredis hiredis/hiredis.h hiredis)
imagify_vendor(spdlog_headers spdlog/spdlog.h)  # Debian's own targets bring libfmt.so.
target_compile_definitions(spdlog_headers INTERFACE SPDLOG_FMT_EXTERNAL FMT_HEADER_ONLY)
target_link_libraries(WebP::WebP INTERFACE Threads::Threads m)
target_link_libraries(Argon2::Argon2 INTERFACE Threads::Threads)
if(IMAGIFY_TESTS)
    find_package(GTest REQUIRED)
    imagify_vendor(RapidCheck::RapidCheck rapidcheck.h rapidcheck)
endif()

# Boost is header-only here; what can be compiled once is compiled once, into boost_impl.
add_library(boost_impl STATIC ${PROJECT_SOURCE_DIR}/cmake/boost_asio.cpp
    ${PROJECT_SOURCE_DIR}/cmake/boost_beast.cpp ${PROJECT_SOURCE_DIR}/cmake/boost_json.cpp
    ${PROJECT_SOURCE_DIR}/cmake/boost_url.cpp)
target_compile_definitions(boost_impl PUBLIC
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
    BOOST_BEAST_SEPARATE_COMPILATION BOOST_JSON_NO_LIB BOOST_URL_NO_LIB)
target_link_libraries(boost_impl PUBLIC
    Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
