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

struct DescriptionTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::DescriptionTexts)
};

QString plainKind(const LayerDescription &description)
{
    switch (mainKind(description)) {
    case GeometryKind::Point:
        return DescriptionTexts::tr("Points");
    case GeometryKind::Line:
        return DescriptionTexts::tr("Lines");
    case GeometryKind::Polygon:
        return DescriptionTexts::tr("Areas");
    case GeometryKind::None:
        break;
    }
    return description.geometryKinds.empty() ? DescriptionTexts::tr("Objects")
                                             : DescriptionTexts::tr("Points, lines and areas mixed");
}

} // namespace

QString kind(const LayerDescription &description)
{
    if (description.kind == LayerKind::Table)
        return DescriptionTexts::tr("Table without places");
    if (description.kind == LayerKind::Raster) {
        if (description.rasterKind == RasterKind::Colour)
            return DescriptionTexts::tr("Picture");
        return description.bands > 1 ? DescriptionTexts::tr("Values, %1 bands").arg(description.bands)
                                     : DescriptionTexts::tr("Values");
    }
    const auto name = plainKind(description);
    return description.geometryType.isEmpty() ? name : u"%1 (%2)"_s.arg(name, description.geometryType);
}

QString count(const LayerDescription &description)
{
    const QLocale locale;
    if (description.kind == LayerKind::Raster) {
        const auto size = description.rasterSize;
        return size.isEmpty()
            ? QString()
            : DescriptionTexts::tr("%1 × %2 px").arg(locale.toString(size.width()), locale.toString(size.height()));
    }
    return description.featureCount < 0 ? QString() : locale.toString(description.featureCount);
}

QString shortCrs(const Crs &crs)
{
    if (!crs.isValid())
        return DescriptionTexts::tr("unknown");
    return crs.id().isEmpty() ? crs.name() : crs.id();
}

QString crs(const LayerDescription &description)
{
    const auto &crs = description.crs;
    if (!crs.isValid())
        return DescriptionTexts::tr("unknown");
    const auto text = crs.id().isEmpty() || crs.name().isEmpty() ? shortCrs(crs) : crs.id() + u" – "_s + crs.name();
    return description.crsGuessed ? DescriptionTexts::tr("%1 (guessed)").arg(text) : text;
}

QString extent(const Extent &extent, const Crs &crs)
{
    if (extent.isEmpty())
        return DescriptionTexts::tr("unknown");
    const QLocale locale;
    const int digits = crs.isGeographic() ? 5 : 0;
    auto number = [&](double v) { return locale.toString(v, 'f', digits); };
    return DescriptionTexts::tr("East %1 to %2, north %3 to %4")
        .arg(number(extent.xMin), number(extent.xMax), number(extent.yMin), number(extent.yMax));
}

QString fieldType(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        return DescriptionTexts::tr("Text");
    case FieldType::Integer:
        return DescriptionTexts::tr("Whole number");
    case FieldType::Real:
        return DescriptionTexts::tr("Number");
    case FieldType::Boolean:
        return DescriptionTexts::tr("Yes or no");
    case FieldType::Date:
        return DescriptionTexts::tr("Date");
    case FieldType::Time:
        return DescriptionTexts::tr("Time");
    case FieldType::DateTime:
        return DescriptionTexts::tr("Date and time");
    case FieldType::Binary:
        return DescriptionTexts::tr("Binary data");
    }
    return {};
}

} // namespace hanseatlas::texts
