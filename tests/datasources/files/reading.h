// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/files/fileopener.h"
#include "tests/support/testkit.h"

#include <QTemporaryDir>
#include <QTimeZone>

namespace hanseatlas::test
{

inline Result<std::shared_ptr<const FeatureSource>> openVector(const SourceRef &ref)
{
    auto opened = FileOpener().open(ref, {});
    if (!opened)
        return std::unexpected(opened.error());
    if (const auto *source = std::get_if<std::shared_ptr<const FeatureSource>>(&*opened))
        return *source;
    return failure(ErrorKind::Internal, QStringLiteral("a raster, where features were expected"));
}

inline Result<std::shared_ptr<const RasterSource>> openRaster(const SourceRef &ref)
{
    auto opened = FileOpener().open(ref, {});
    if (!opened)
        return std::unexpected(opened.error());
    if (const auto *source = std::get_if<std::shared_ptr<const RasterSource>>(&*opened))
        return *source;
    return failure(ErrorKind::Internal, QStringLiteral("features, where a raster was expected"));
}

/** Opens and reads all of it with all fields. */
inline Result<FeatureSetPtr> readAll(const SourceRef &ref, FeatureQuery query = {})
{
    const auto source = openVector(ref);
    if (!source)
        return std::unexpected(source.error());
    for (const auto &field : (*source)->description().fields)
        query.fields.append(field.name);
    return (*source)->read(query, {}, {});
}

inline void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(content), content.size());
}

/** What lies in the folder, to show that reading left no traces. */
inline QStringList listing(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name);
}

inline bool isNear(const Extent &a, const Extent &b, double tolerance)
{
    return std::abs(a.xMin - b.xMin) <= tolerance && std::abs(a.yMin - b.yMin) <= tolerance
        && std::abs(a.xMax - b.xMax) <= tolerance && std::abs(a.yMax - b.yMax) <= tolerance;
}

inline QString toText(const Extent &e)
{
    return QStringLiteral("%1 %2 %3 %4")
        .arg(e.xMin, 0, 'f', 6)
        .arg(e.yMin, 0, 'f', 6)
        .arg(e.xMax, 0, 'f', 6)
        .arg(e.yMax, 0, 'f', 6);
}

} // namespace hanseatlas::test
