# SPDX-License-Identifier: GPL-3.0-or-later
# idstore_add_test(tst_row_batch LINKS idstore_models [SOURCES more.cpp] [LABELS slow] [TIMEOUT seconds])
# One test program from <name>.cpp: offscreen, its own home, Qt warnings shown, asserts on.
function(idstore_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINKS;LABELS")
    qt_add_executable(${name} ${name}.cpp ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests/bin")
    target_link_libraries(${name} PRIVATE idstore_test_support ${arg_LINKS})
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(
        ${name}
        PROPERTIES TIMEOUT ${arg_TIMEOUT}
                   LABELS "${arg_LABELS}"
                   ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_FORCE_ASSERTS=1;LC_ALL=C.UTF-8;TZ=Asia/Kathmandu")
endfunction()
