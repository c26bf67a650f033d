// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/vectorend.h"

#include "datasources/files/filebytes.h"
#include "datasources/files/filetexts.h"

#include <QFileInfo>
#include <QtEndian>

#include <cpl_error.h>
#include <ogr_api.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString shorterThanItSays(qint64 size, qint64 stated)
{
    return FileTexts::tr("The file is damaged or incomplete: it has %1 of the %2 bytes that it should have. What is at "
                         "its end is missing.")
        .arg(size)
        .arg(stated);
}

/** The header of a Shapefile says how long it is, in words of 16 bits. */
QString shapeEnd(const FileBytes &shapes)
{
    const auto head = shapes.at(24, 4);
    const auto stated = head.size() == 4 ? 2 * qint64(qFromBigEndian<quint32>(head.constData())) : 0;
    return stated > shapes.size ? shorterThanItSays(shapes.size, stated) : QString();
}

/** The header of a dBASE table says how many rows of which length there are. */
QString tableEnd(const FileBytes &table)
{
    const auto head = table.at(0, 12);
    if (head.size() < 12)
        return {};
    const auto rows = qint64(qFromLittleEndian<quint32>(head.constData() + 4));
    const auto stated = qFromLittleEndian<quint16>(head.constData() + 8)
        + rows * qint64(qFromLittleEndian<quint16>(head.constData() + 10));
    return stated > table.size
        ? FileTexts::tr("The table (.dbf) is damaged or incomplete: it has %1 of the %2 bytes that it should have. The "
                        "last objects have no attributes.")
              .arg(table.size)
              .arg(stated)
        : QString();
}

QString companion(const QString &path, const QString &suffix)
{
    const QFileInfo info(path);
    const bool upper = !info.suffix().isEmpty() && info.suffix().front().isUpper();
    return info.path() + u'/' + info.completeBaseName() + u'.' + (upper ? suffix.toUpper() : suffix);
}

/** The last object that is announced cannot be reached. Only where it is quick: with an index, or in a small file. */
QString announcedEnd(OGRLayerH layer, qint64 count, qint64 bytes)
{
    constexpr qint64 small = 16 * 1024 * 1024;
    if (count <= 0)
        return {};
    qint64 found = 0;
    using FeatureHandle = std::unique_ptr<void, decltype([](void *f) { OGR_F_Destroy(f); })>;
    if (OGR_L_TestCapability(layer, OLCRandomRead)) {
        found = FeatureHandle(OGR_L_GetFeature(layer, count - 1)) ? count : 0;
    } else if (bytes <= small) {
        OGR_L_ResetReading(layer);
        while (FeatureHandle(OGR_L_GetNextFeature(layer)))
            ++found;
    } else {
        return {};
    }
    OGR_L_ResetReading(layer);
    CPLErrorReset();
    return found >= count
        ? QString()
        : FileTexts::tr("The file is damaged or incomplete: it announces %1 objects, but not all of them are in it.")
              .arg(count);
}

/** Text in angle brackets must close what it opened first. */
QString markupEnd(const FileBytes &file)
{
    constexpr qint64 tail = 8 * 1024;
    const auto end = file.at(std::max<qint64>(0, file.size - tail), tail);
    const auto close = end.lastIndexOf('<');
    const auto last = close < 0 ? QByteArray() : end.mid(close);
    const bool comment = last.startsWith("<!--") && last.contains("-->");
    const auto head = file.at(0, 64 * 1024);
    if (comment || head.contains('\0')) // a comment behind the end; other encodings than bytes
        return {};
    const auto root = rootElement(head);
    auto name = last.mid(2).trimmed();
    name = name.endsWith('>') ? name.chopped(1).trimmed() : QByteArray();
    name = name.mid(name.indexOf(':') + 1);
    const bool emptyRoot = last.startsWith('<' + root) && last.trimmed().endsWith("/>");
    return emptyRoot || (last.startsWith("</") && name == root)
        ? QString()
        : FileTexts::tr("The file is damaged or incomplete: it breaks off before its end. What is missing there cannot "
                        "be shown.");
}

} // namespace

QString earlyEnd(void *handle, const DatasetSpec &spec, qint64 featureCount)
{
    const FileBytes file(spec.path);
    if (file.size <= 0)
        return {};
    const auto &format = spec.kind.format;
    if (format == "Shapefile"_L1) {
        const auto shapes = shapeEnd(file), table = tableEnd(FileBytes(companion(spec.path, u"dbf"_s)));
        return shapes.isEmpty() ? table : shapes;
    }
    if (format == "dBASE"_L1)
        return tableEnd(file);
    if (format == "FlatGeobuf"_L1)
        return announcedEnd(static_cast<OGRLayerH>(handle), featureCount, file.size);
    if (format == "GML"_L1 || format == "KML"_L1 || format == "GPX"_L1)
        return markupEnd(file);
    return {};
}

} // namespace hanseatlas
