// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"

#include <QJsonObject>
#include <QStringList>

namespace hanseatlas
{

/** What a layer's coordinates mean, after the file, its numbers and the user's corrections were heard. */
struct CrsDecision {
    Crs crs; ///< invalid = unknown
    bool guessed = false; ///< by the numbers alone
    bool swapped = false; ///< x and y have to change places to be east before north
    QStringList notes; ///< for people
};

struct CrsEvidence {
    Crs declared; ///< by the file
    bool geographic = false; ///< the file says "degrees", but not which
    bool drawing = false; ///< a drawing, whose numbers may mean millimetres on a sheet
    Extent extent; ///< of the raw coordinates; may be empty
};

/** `options` as in SourceRef: "crs" (any definition) and "swapAxes" (bool) win over everything. */
CrsDecision decideCrs(const CrsEvidence &evidence, const QJsonObject &options);

inline Extent swapped(const Extent &e)
{
    return {e.yMin, e.xMin, e.yMax, e.xMax};
}

} // namespace hanseatlas
