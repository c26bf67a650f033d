// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/servicecrs.h"

#include <QHash>
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

/** The URNs of the German surveys that Crs::fromText() does not know; the register says the rest of them. */
int adVCode(const QString &name)
{
    static const QHash<QString, int> known{
        {u"etrs89_lat-lon"_s, 4258},    {u"wgs84_lat-lon"_s, 4326},     {u"etrs89_laea"_s, 3035},
        {u"etrs89_lcc"_s, 3034},        {u"etrs89_lcc_n-e"_s, 4839},    {u"etrs89_utm31_n-e"_s, 3043},
        {u"etrs89_utm32_n-e"_s, 3044},  {u"etrs89_utm33_n-e"_s, 3045},  {u"etrs89_utm31_ze-n"_s, 5649},
        {u"etrs89_utm32_ze-n"_s, 4647}, {u"etrs89_utm33_ze-n"_s, 5650}, {u"wgs84_pseudo-mercator"_s, 3857},
    };
    return known.value(name.toLower());
}

/** PROJ looks for what it does not know among all names it has, for half a second each; services make it many. */
bool isWorthAsking(const QString &name)
{
    static const QRegularExpression form(
        u"^(?:(?:ESRI|OGC|IGNF|IAU_\\d+):\\w+$|urn:(?:x-)?ogc:|https?://|\\+proj=|\\w+\\[|mercator$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(name).hasMatch();
}

} // namespace

Crs serviceCrs(const QString &name)
{
    const auto text = name.trimmed();
    if (isCrs84(text))
        return Crs::fromText(u"OGC:CRS84"_s);
    static const QRegularExpression epsg(u"(?:^EPSG:|:EPSG:[^:]*:|/EPSG/[^/]+/|epsg\\.xml#|^urn:.*:EPSG:)(\\d{4,6})$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (const auto match = epsg.match(text); match.hasMatch()) {
        if (auto crs = Crs::fromText(u"EPSG:"_s + match.captured(1)); crs.isValid())
            return crs;
        return Crs::fromText(u"ESRI:"_s + match.captured(1));
    }
    static const QRegularExpression adv(u"^urn:adv:crs:(.+)$"_s, QRegularExpression::CaseInsensitiveOption);
    if (const auto match = adv.match(text); match.hasMatch()) {
        if (const auto code = adVCode(match.captured(1)); code > 0)
            return Crs::fromEpsg(code);
        static const QRegularExpression plain(u"^(?:ETRS89_UTM3[123]|DHDN_3GK[234])$"_s,
                                              QRegularExpression::CaseInsensitiveOption);
        return plain.match(match.captured(1)).hasMatch() ? Crs::fromText(text) : Crs();
    }
    return isWorthAsking(text) ? Crs::fromText(text) : Crs();
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
