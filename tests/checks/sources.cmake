# SPDX-License-Identifier: GPL-3.0-or-later
# Sets `sources` to our C++ files below ROOT, as paths relative to it.
foreach(folder app widgets layers datasources tests)
    file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
    list(APPEND sources ${found})
endforeach()
if(NOT sources)
    message(FATAL_ERROR "No sources below ${ROOT}")
endif()
