// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/servicecrs.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

bool isCrs84(const QString &name)
{
    static const QRegularExpression spelling(
        u"^(?:urn:(?:x-)?ogc:def:crs:)?(?:OGC|CRS)(?::[\\d.]*)*:(?:CRS)?84$|/def/crs/OGC/[^/]+/CRS84/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return spelling.match(name).hasMatch();
}

} // namespace

Crs serviceCrs(const QString &name)
{
    const auto text = name.trimmed();
    if (isCrs84(text))
        return Crs::fromText(u"OGC:CRS84"_s);
    static const QRegularExpression epsg(u"(?:^EPSG:|:EPSG:[^:]*:|/EPSG/[^/]+/)(\\d{4,6})$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = epsg.match(text);
    if (!match.hasMatch())
        return text.startsWith("AUTO"_L1) || text.startsWith("EPSG:"_L1) ? Crs() : Crs::fromText(text);
    if (auto crs = Crs::fromText(u"EPSG:"_s + match.captured(1)); crs.isValid())
        return crs;
    return Crs::fromText(u"ESRI:"_s + match.captured(1));
}

bool asksForRegisterOrder(QStringView name)
{
    return name.startsWith("urn:"_L1, Qt::CaseInsensitive)
        || (name.startsWith("http"_L1, Qt::CaseInsensitive) && name.contains("/def/crs/"_L1));
}

QString crsUrn(const QString &name)
{
    if (asksForRegisterOrder(name) && name.startsWith("urn"_L1, Qt::CaseInsensitive))
        return name;
    if (isCrs84(name))
        return u"urn:ogc:def:crs:OGC:1.3:CRS84"_s;
    const auto epsg = serviceCrs(name).epsg();
    return epsg > 0 ? u"urn:ogc:def:crs:EPSG::%1"_s.arg(epsg) : name;
}

QString crsUrl(const QString &name)
{
    if (name.startsWith("http"_L1))
        return name;
    if (isCrs84(name))
        return u"http://www.opengis.net/def/crs/OGC/1.3/CRS84"_s;
    const auto epsg = serviceCrs(name).epsg();
    return epsg > 0 ? u"http://www.opengis.net/def/crs/EPSG/0/%1"_s.arg(epsg) : name;
}

QString boxText(const Extent &box, bool northFirst)
{
    if (northFirst)
        return numberText(box.yMin) + u',' + numberText(box.xMin) + u',' + numberText(box.yMax) + u','
            + numberText(box.xMax);
    return numberText(box.xMin) + u',' + numberText(box.yMin) + u',' + numberText(box.xMax) + u','
        + numberText(box.yMax);
}

QString numberText(double number)
{
    return number == 0 ? u"0"_s : QString::number(number, 'f', QLocale::FloatingPointShortest);
}

} // namespace hanseatlas
