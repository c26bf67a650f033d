# SPDX-License-Identifier: GPL-3.0-or-later
# No text of the German translation may be unfinished or empty. cmake -DROOT=<folder> -P check_translations.cmake
file(STRINGS ${ROOT}/translations/hanseatlas_de.ts open REGEX "type=\"unfinished\"|<translation */>|<translation></translation>")
if(open)
    list(LENGTH open count)
    message(FATAL_ERROR "${count} texts of translations/hanseatlas_de.ts are not translated")
endif()
