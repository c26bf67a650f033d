// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QString>
#include <QStringList>

/** What GDAL forces us to do once for the whole process, and around each call. */
namespace hanseatlas
{

/** Registers GDAL's drivers once and takes everything away from it that leaves the machine or writes beside the user's
 *  files. May be called from any thread, any number of times; all other functions here call it. */
void initGdal();

/** GDAL's reader of PostgreSQL, a GDALDriver; null where this GDAL has none. It is not among the registered drivers, so
 *  that no file can lead there: only who asks for it reaches a database. */
void *databaseDriver();

/** Of the library in use, e.g. "3.10.3". */
QString gdalVersion();

/** While it lives, GDAL's messages of this thread are collected here instead of going to stderr. */
class GdalErrors
{
public:
    GdalErrors();
    ~GdalErrors();
    GdalErrors(const GdalErrors &) = delete;
    GdalErrors &operator=(const GdalErrors &) = delete;

    bool failed() const { return m_failures > 0; } ///< at least one real error, warnings do not count
    QString text() const { return m_messages.join(QLatin1Char('\n')); }
    void clear();

private:
    friend struct GdalErrorSink;
    QStringList m_messages; ///< the first few: a damaged file can bring thousands
    int m_failures = 0;
};

} // namespace hanseatlas
