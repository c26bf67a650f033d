# SPDX-License-Identifier: GPL-3.0-or-later

# Warnings and definitions that every target of ours shares.
add_library(hanseatlas_options INTERFACE)
target_compile_options(hanseatlas_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU,Clang>:-Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers>
    $<$<CXX_COMPILER_ID:MSVC>:/W4 /permissive- /utf-8>)
target_compile_definitions(hanseatlas_options INTERFACE
    QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_ASCII QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_UP_TO=0x060800 QT_FORCE_ASSERTS)
if(HANSEATLAS_SANITIZE)
    target_compile_options(hanseatlas_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
        -fno-sanitize-recover=undefined)
    target_link_options(hanseatlas_options INTERFACE -fsanitize=address,undefined)
endif()

# hanseatlas_module(<target> SOURCES … HEADERS … PUBLIC … PRIVATE …)
# One static library; its headers are checked to stand alone (target all_verify_interface_header_sets).
function(hanseatlas_module name)
    cmake_parse_arguments(PARSE_ARGV 1 a "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE")
    add_library(${name} STATIC)
    target_sources(${name} PRIVATE ${a_SOURCES}
        PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${a_HEADERS})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${a_PUBLIC} hanseatlas_options PRIVATE ${a_PRIVATE})
endfunction()
