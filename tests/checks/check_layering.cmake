# SPDX-License-Identifier: GPL-3.0-or-later
# Reads the includes: who may name whom. cmake -DROOT=<folder> -P check_layering.cmake
include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)

# folder → regular expression of what its files may include of ours; the most special folder counts
set(rules
    "layers/model=^layers/model/"
    "layers/strategy=^layers/(model|strategy)/"
    "layers/map=^layers/(model|strategy|map)/"
    "layers/catalogue=^layers/(model|map|catalogue)/"
    "layers/measures=^layers/(model|map|catalogue|measures)/"
    "layers/observations=^layers/(model|observations)/"
    "layers/index=^layers/(model|measures|index)/"
    "layers/observations=^layers/(model|observations)/"
    "layers/report=^layers/(model|measures|index|report)/"
    "layers/themes=^layers/"
    "layers/analysis=^layers/"
    "datasources=^(layers|datasources)/"
    "widgets=^(layers|widgets)/"
    "app=^(app|widgets|layers|datasources)/"
    "tests=^(app|widgets|layers|datasources|tests)/")
# header → folders that may include it
set(foreign
    "<(gdal|ogr_|cpl_|ogrsf)[^>]*>=^(datasources|tests)/"
    "<(sqlite3|spatialite|mosquitto|libpq-fe)[^>]*>=^(datasources|tests)/"
    "<proj.h>=^(layers/model|datasources)/"
    "<geos_c.h>=^(layers/model|layers/analysis|datasources)/"
    "<qcustomplot.h>=^widgets/"
    "<(QWidget|QDialog|QMainWindow|QApplication|QLabel|QMenu|QTreeView|QLayout)>=^(widgets|app|tests)/"
    "<QNetwork[^>]*>=^(datasources|app|tests)/")

set(faults 0)
foreach(source ${sources})
    file(STRINGS ${ROOT}/${source} lines REGEX "^#[ ]*include")
    set(allowed "")
    foreach(rule ${rules})
        string(REGEX MATCH "^([^=]*)=(.*)$" ignored "${rule}")
        set(folder "${CMAKE_MATCH_1}")
        set(pattern "${CMAKE_MATCH_2}")
        if(source MATCHES "^${folder}/")
            set(allowed "${pattern}")
            break()
        endif()
    endforeach()
    if(NOT allowed)
        message(SEND_ERROR "${source}: no rule for this folder in check_layering.cmake")
    endif()
    foreach(line ${lines})
        if(line MATCHES "\"([^\"]+)\"")
            set(name "${CMAKE_MATCH_1}")
            if(name MATCHES "\\.moc$")
                continue()
            endif()
            if(NOT name MATCHES "${allowed}")
                message(SEND_ERROR "${source} must not include \"${name}\" (allowed: ${allowed}; paths start at the project's root)")
                math(EXPR faults "${faults}+1")
            endif()
        endif()
        foreach(rule ${foreign})
            string(REGEX MATCH "^([^=]*)=(.*)$" ignored "${rule}")
            set(header "${CMAKE_MATCH_1}")
            set(pattern "${CMAKE_MATCH_2}")
            if(line MATCHES "${header}" AND NOT source MATCHES "${pattern}")
                message(SEND_ERROR "${source} must not use ${line}: belongs to ${pattern}")
                math(EXPR faults "${faults}+1")
            endif()
        endforeach()
    endforeach()
endforeach()
if(faults GREATER 0)
    message(FATAL_ERROR "${faults} includes point the wrong way")
endif()
