// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/layers/descriptiontext.h"

#include "layers/map/layernodes.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hanseatlas::texts
{
namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("hanseatlas::texts", text);
}

QString plainKind(const LayerDescription &description)
{
    switch (mainKind(description)) {
    case GeometryKind::Point:
        return tr("Points");
    case GeometryKind::Line:
        return tr("Lines");
    case GeometryKind::Polygon:
        return tr("Areas");
    case GeometryKind::None:
        break;
    }
    return description.geometryKinds.empty() ? tr("Objects") : tr("Points, lines and areas mixed");
}

} // namespace

QString kind(const LayerDescription &description)
{
    if (description.kind == LayerKind::Table)
        return tr("Table without places");
    if (description.kind == LayerKind::Raster) {
        if (description.rasterKind == RasterKind::Colour)
            return tr("Picture");
        return description.bands > 1 ? tr("Values, %1 bands").arg(description.bands) : tr("Values");
    }
    const auto name = plainKind(description);
    return description.geometryType.isEmpty() ? name : u"%1 (%2)"_s.arg(name, description.geometryType);
}

QString count(const LayerDescription &description)
{
    const QLocale locale;
    if (description.kind == LayerKind::Raster) {
        const auto size = description.rasterSize;
        return size.isEmpty() ? QString()
                              : tr("%1 × %2 px").arg(locale.toString(size.width()), locale.toString(size.height()));
    }
    return description.featureCount < 0 ? QString() : locale.toString(description.featureCount);
}

QString shortCrs(const Crs &crs)
{
    if (!crs.isValid())
        return tr("unknown");
    return crs.id().isEmpty() ? crs.name() : crs.id();
}

QString crs(const LayerDescription &description)
{
    const auto &crs = description.crs;
    if (!crs.isValid())
        return tr("unknown");
    const auto text = crs.id().isEmpty() || crs.name().isEmpty() ? shortCrs(crs) : crs.id() + u" – "_s + crs.name();
    return description.crsGuessed ? tr("%1 (guessed)").arg(text) : text;
}

QString extent(const Extent &extent, const Crs &crs)
{
    if (extent.isEmpty())
        return tr("unknown");
    const QLocale locale;
    const int digits = crs.isGeographic() ? 5 : 0;
    auto number = [&](double v) { return locale.toString(v, 'f', digits); };
    return tr("East %1 to %2, north %3 to %4")
        .arg(number(extent.xMin), number(extent.xMax), number(extent.yMin), number(extent.yMax));
}

QString fieldType(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        return tr("Text");
    case FieldType::Integer:
        return tr("Whole number");
    case FieldType::Real:
        return tr("Number");
    case FieldType::Boolean:
        return tr("Yes or no");
    case FieldType::Date:
        return tr("Date");
    case FieldType::Time:
        return tr("Time");
    case FieldType::DateTime:
        return tr("Date and time");
    case FieldType::Binary:
        return tr("Binary data");
    }
    return {};
}

} // namespace hanseatlas::texts
