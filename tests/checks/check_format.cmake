# SPDX-License-Identifier: GPL-3.0-or-later
# The formatting of all C++ files against .clang-format; formats differ between versions, so it must be 19.
# cmake -DROOT=<folder> -DCLANG_FORMAT=<program> -P check_format.cmake
include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)
list(TRANSFORM sources PREPEND ${ROOT}/)
execute_process(COMMAND ${CLANG_FORMAT} --style=file:${ROOT}/.clang-format --dry-run -Werror ${sources}
    RESULT_VARIABLE code ERROR_VARIABLE messages)
if(code)
    string(SUBSTRING "${messages}" 0 6000 messages)
    message(FATAL_ERROR "clang-format-19 -i would change files:\n${messages}")
endif()
