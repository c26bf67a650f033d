// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/wkb.h"

#include <QStringList>

namespace hanseatlas
{

/** @internal What happened to the features of one read, beyond becoming shapes. */
struct ReadTally {
    qint64 empty = 0; ///< NULL or without a point
    qint64 notFinite = 0; ///< NaN, infinity, impossible
    qint64 broken = 0; ///< bytes that are no geometry
    qint64 split = 0; ///< collections of several kinds
    qint64 untransformed = 0; ///< outside of where the CRS can be converted
    qint64 missing =
        0; ///< promised by the file, but not readable; -1 = reading broke off, how many are missing is not known

    void count(WkbOutcome outcome);
    ReadTally &operator+=(const ReadTally &other);
    QStringList notes() const; ///< whole sentences for people
};

} // namespace hanseatlas
