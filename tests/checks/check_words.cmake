# SPDX-License-Identifier: GPL-3.0-or-later
# Words that must not stand in our code, each with what to do instead. cmake -DROOT=<folder> -P check_words.cmake
include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)

set(words
    "[^a-zA-Z_]sender\\(\\)|capture what you need in the lambda"
    "processEvents|the GUI thread must return to its loop: run the work through Latest"
    "QEventLoop|no nested loops: run the work through Latest and go on in its delivery"
    "qDebug\\(|use qCInfo/qCWarning with a category, or remove it"
    "QMetaType::Type::|use QMetaType::fromType"
    "CPLSetConfigOption\\(\"GDAL_HTTP_UNSAFESSL|TLS is always verified"
    "ignoreSslErrors|TLS is always verified"
    "VerifyNone|TLS is always verified"
    "Q_FOREACH|use a range-based for"
    "std::endl|use \\n"
    "QThread::terminate|ask it to stop by the token"
    "[/]work[/]|no path of a machine"
    "^QString [a-z]+\\(const char \\*text|no wrapper round translate(), the tools do not see through it: a struct with Q_DECLARE_TR_FUNCTIONS"
    "TODO|open an issue, or do it"
    "FIXME|open an issue, or do it")

set(faults 0)
foreach(source ${sources})
    file(STRINGS ${ROOT}/${source} lines)
    file(STRINGS ${ROOT}/${source} first LIMIT_COUNT 1)
    if(NOT first MATCHES "SPDX-License-Identifier: GPL-3.0-or-later")
        message(SEND_ERROR "${source}: the first line must be the SPDX licence line")
        math(EXPR faults "${faults}+1")
    endif()
    foreach(entry ${words})
        string(REGEX MATCH "^(.*)\\|([^|]*)$" ignored "${entry}")
        set(word "${CMAKE_MATCH_1}")
        set(hint "${CMAKE_MATCH_2}")
        file(STRINGS ${ROOT}/${source} hits REGEX "${word}")
        foreach(hit ${hits})
            message(SEND_ERROR "${source}: ${hit}\n  ${hint}")
            math(EXPR faults "${faults}+1")
        endforeach()
    endforeach()
endforeach()
# A formatter that was let loose on a list of sources takes its comments for directives of C
foreach(folder app widgets layers datasources tests resources cmake)
    file(GLOB_RECURSE lists RELATIVE ${ROOT} ${ROOT}/${folder}/CMakeLists.txt ${ROOT}/${folder}/*.cmake)
    foreach(list ${lists})
        file(STRINGS ${ROOT}/${list} first LIMIT_COUNT 1)
        if(NOT first STREQUAL "# SPDX-License-Identifier: GPL-3.0-or-later")
            message(SEND_ERROR "${list}: the first line must be the SPDX licence line")
            math(EXPR faults "${faults}+1")
        endif()
    endforeach()
endforeach()
if(faults GREATER 0)
    message(FATAL_ERROR "${faults} words that must not stand there")
endif()
