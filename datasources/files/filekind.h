// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace hanseatlas
{

/** How a file is read, found out by looking at its first bytes; the ending only decides where these leave it open. */
struct FileKind {
    enum class Reader {
        None,
        Vector, ///< GDAL, features only
        Raster, ///< GDAL, pixels only
        Both, ///< GDAL, a database that may hold both
        Table, ///< our own reader of delimited text
        Objects, ///< our own reader of JSON arrays of objects
        Archive, ///< zip with any of the others inside
    };
    Reader reader = Reader::None;
    QString format; ///< for people, e.g. "GeoPackage"
    QStringList drivers; ///< the only GDAL drivers that may open it
    QStringList openOptions; ///< "NAME=VALUE"
    bool cheapToReopen = true; ///< false: opening reads the whole file
    bool coordinatesOnly = false; ///< bare "x y z" rows without a header
};

/** @param path   for GDAL; may lead into an archive
 *  @param name   for people and for the ending
 *  Fails with Malformed (empty, zeros only, content does not fit the ending), Unsupported (sound but nothing for us) or
 *  NotReadable. */
Result<FileKind> fileKind(const QString &path, const QString &name);

/** The same from the first bytes alone. `size` is the whole file's. */
Result<FileKind> fileKind(const QByteArray &head, qint64 size, const QString &name);

/** Of a text in XML that begins so: the name of its outermost element, without prefix; "" if there is none. */
QByteArray rootElement(const QByteArray &head);

/** Endings (lower case, no dot) of files that stand for a data set of their own: "shp" but not "dbf". */
const QStringList &dataSuffixes();

/** Endings that accompany another file: "dbf", "shx", "prj", "tfw", … */
const QStringList &companionSuffixes();

} // namespace hanseatlas
