# SPDX-License-Identifier: GPL-3.0-or-later
# The compiler settings that every target of the project shares, as one INTERFACE target.

add_library(idstore_options INTERFACE)
target_compile_features(idstore_options INTERFACE cxx_std_20)
target_include_directories(idstore_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(
    idstore_options
    INTERFACE QT_NO_CAST_FROM_ASCII
              QT_NO_CAST_TO_ASCII
              QT_NO_CAST_FROM_BYTEARRAY
              QT_NO_URL_CAST_FROM_STRING
              QT_NO_FOREACH
              QT_NO_KEYWORDS
              QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
              QT_NO_CONTEXTLESS_CONNECT
              QT_USE_QSTRINGBUILDER
              # Nothing that Qt 6.4 calls deprecated; what later releases call so has no other form in 6.4.
              QT_DISABLE_DEPRECATED_BEFORE=0x060400
              QT_DEPRECATED_WARNINGS_SINCE=0x060400
              IDSTORE_VERSION="${PROJECT_VERSION}")
target_compile_options(idstore_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                                 -Woverloaded-virtual -Wimplicit-fallthrough)
if(IDSTORE_BUILD_TESTS)
    target_compile_definitions(idstore_options INTERFACE QT_FORCE_ASSERTS)
endif()
if(IDSTORE_WARNINGS_AS_ERRORS)
    target_compile_options(idstore_options INTERFACE -Werror)
endif()
if(IDSTORE_SANITIZE)
    target_compile_options(idstore_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                                                     -fno-omit-frame-pointer)
    target_link_options(idstore_options INTERFACE -fsanitize=address,undefined)
endif()

# A library of the house: its folder's sources, the shared settings, and one precompiled header.
function(idstore_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;PCH")
    qt_add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC idstore_options ${arg_LINKS})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    if(arg_PCH)
        target_precompile_headers(${name} PRIVATE ${arg_PCH})
    endif()
endfunction()
