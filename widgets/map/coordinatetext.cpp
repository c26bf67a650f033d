// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/coordinatetext.h"

#include <QRegularExpression>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr QChar narrowSpace(u'\u202F');
constexpr QChar noBreakSpace(u'\u00A0');

QString groupedMetres(double metres, const QLocale &locale)
{
    auto text = locale.toString(metres, 'f', 1);
    text.remove(locale.groupSeparator());
    const auto point = text.indexOf(locale.decimalPoint());
    for (qsizetype i = point - 3; i > (metres < 0 ? 1 : 0); i -= 3)
        text.insert(i, narrowSpace);
    return text;
}

QString degreesText(double degrees, QChar positive, QChar negative, DegreeForm form, const QLocale &locale)
{
    const QChar direction = degrees < 0 ? negative : positive;
    const double value = std::abs(degrees);
    if (form == DegreeForm::Decimal)
        return locale.toString(value, 'f', 6) + u'°' + noBreakSpace + direction;
    // In tenths of a second, so that 59.96″ becomes a whole minute and never "60.0″".
    const auto tenths = qint64(std::llround(value * 36000));
    const auto minutes = QString::number(tenths / 600 % 60).rightJustified(2, u'0');
    const auto seconds = locale.toString(double(tenths % 600) / 10, 'f', 1).rightJustified(4, u'0');
    return QString::number(tenths / 36000) + u'°' + narrowSpace + minutes + u'′' + narrowSpace + seconds + u'″'
        + narrowSpace + direction;
}

/** A number as typed, and the direction that stood beside it. */
struct Part {
    double value = 0;
    QChar direction; ///< N, S, E, W, or null
    bool sexagesimal = false;
    QString text;
};

std::optional<double> number(QString text)
{
    text.replace(u',', u'.');
    bool ok = false;
    const double value = QLocale::c().toDouble(text, &ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/** One spelling for all: directions as single letters, signs for minutes and seconds, spaces. */
QString normalised(QString text)
{
    text = text.toUpper().simplified();
    text.replace(narrowSpace, u' ').replace(noBreakSpace, u' ').replace(u'\u2009', u' ');
    text.replace(u'\u2212', u'-').replace(u'\u2019', u'\'').replace(u'′', u'\'').replace(u'\u2032', u'\'');
    text.replace(u'″', u'"').replace(u'\u201D', u'"').replace(u"''"_s, u"\""_s).replace(u'º', u'°');
    static const QRegularExpression east(u"\\b(RECHTS(WERT)?|EASTING|OST|EAST|[RO])\\b"_s),
        north(u"\\b(HOCH(WERT)?|NORTHING|NORD|NORTH|H)\\b"_s), south(u"\\b(SÜD|SOUTH)\\b"_s), west(u"\\b(WEST)\\b"_s);
    text.replace(east, u"E"_s).replace(north, u"N"_s).replace(south, u"S"_s).replace(west, u"W"_s);
    text.remove(u':').remove(u'=');
    return text;
}

/** Degrees, minutes and seconds, or one number. */
std::optional<Part> readPart(const QString &body, QChar direction)
{
    static const QRegularExpression dms(
        uR"(^(-?)(\d+(?:[.,]\d+)?)\s*°\s*(?:(\d+(?:[.,]\d+)?)\s*'\s*(?:(\d+(?:[.,]\d+)?)\s*"?)?)?$)"_s);
    const auto text = body.trimmed();
    Part part{.direction = direction, .text = text};
    if (const auto match = dms.match(text); match.hasMatch()) {
        const double minutes = number(match.captured(3)).value_or(0);
        const double seconds = number(match.captured(4)).value_or(0);
        if (minutes >= 60 || seconds >= 60)
            return {};
        part.value = *number(match.captured(2)) + minutes / 60 + seconds / 3600;
        if (!match.captured(1).isEmpty())
            part.value = -part.value;
        part.sexagesimal = true;
        return part;
    }
    auto digits = text;
    // "611 234,5" and "5.969.876,2": groups are taken out, the last separator with other than three digits is the
    // point.
    digits.remove(u' ');
    static const QRegularExpression dots(u"^-?\\d{1,3}(\\.\\d{3})+(,\\d+)?$"_s),
        commas(u"^-?\\d{1,3}(,\\d{3})+(\\.\\d+)?$"_s);
    if (digits.count(u'.') > 1 || (digits.contains(u',') && digits.contains(u'.'))) {
        if (dots.match(digits).hasMatch())
            digits.remove(u'.');
        else if (commas.match(digits).hasMatch())
            digits.remove(u',');
    }
    const auto value = number(digits);
    if (!value)
        return {};
    part.value = *value;
    return part;
}

/** The text cut in two at its directions, or where no letter stands at the most likely gap. */
std::vector<std::pair<QString, QChar>> cut(const QString &text)
{
    static const QRegularExpression before(uR"(^([NSEW])\s*([^NSEW]+?)[\s,;]*([NSEW])\s*([^NSEW]+)$)"_s);
    static const QRegularExpression after(uR"(^([^NSEW]+)([NSEW])[\s,;]*([^NSEW]+)([NSEW])$)"_s);
    if (const auto m = before.match(text); m.hasMatch())
        return {{m.captured(2), m.captured(1)[0]}, {m.captured(4), m.captured(3)[0]}};
    if (const auto m = after.match(text); m.hasMatch())
        return {{m.captured(1), m.captured(2)[0]}, {m.captured(3), m.captured(4)[0]}};
    for (const auto &pattern : {u"\\s*[;|/]\\s*"_s, u",\\s+"_s, u"\\s{2,}"_s}) {
        const auto halves = text.split(QRegularExpression(pattern), Qt::SkipEmptyParts);
        if (halves.size() == 2)
            return {{halves[0], {}}, {halves[1], {}}};
    }
    const auto words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.size() == 2)
        return {{words[0], {}}, {words[1], {}}};
    if (words.size() == 1 && text.count(u',') == 1)
        return {{text.section(u',', 0, 0), {}}, {text.section(u',', 1), {}}};
    // "611 234 5 969 876": grouped metres; a northing has one group more than an easting.
    if (words.size() >= 4 && words.size() <= 7 && !text.contains(u'°')) {
        const auto east = words.size() / 2;
        return {{words.first(east).join(QString()), {}}, {words.sliced(east).join(QString()), {}}};
    }
    if (const auto degree = text.indexOf(u'°', text.indexOf(u'°') + 1); degree > 0) {
        const auto gap = text.lastIndexOf(u' ', degree);
        if (gap > 0)
            return {{text.first(gap), {}}, {text.sliced(gap), {}}};
    }
    return {};
}

/** UTM eastings are often written with the zone before them: 32 611 234. */
double withoutZone(double easting, const Crs &crs)
{
    const int epsg = crs.epsg();
    const bool utm = (epsg >= 25828 && epsg <= 25838) || (epsg >= 32601 && epsg <= 32660);
    if (!utm)
        return easting;
    const double zone = epsg % 100;
    const double rest = easting - zone * 1e6;
    return rest > 100000 && rest < 1e6 ? rest : easting;
}

} // namespace

QString coordinateText(PointXY place, const Crs &crs, DegreeForm form, const QLocale &locale)
{
    if (!std::isfinite(place.x) || !std::isfinite(place.y))
        return u"–"_s;
    if (crs.isGeographic())
        return degreesText(place.y, u'N', u'S', form, locale) + noBreakSpace + noBreakSpace
            + degreesText(place.x, u'E', u'W', form, locale);
    return u"E%3%1%3%3N%3%2"_s.arg(groupedMetres(place.x, locale), groupedMetres(place.y, locale),
                                   QString(noBreakSpace));
}

std::optional<PointXY> parseCoordinates(const QString &text, const Crs &crs)
{
    const auto halves = cut(normalised(text));
    if (halves.size() != 2)
        return {};
    auto first = readPart(halves[0].first, halves[0].second);
    auto second = readPart(halves[1].first, halves[1].second);
    if (!first || !second)
        return {};
    const auto isNorth = [](const Part &p) { return p.direction == u'N' || p.direction == u'S'; };
    const auto isEast = [](const Part &p) { return p.direction == u'E' || p.direction == u'W'; };
    for (auto *part : {&*first, &*second}) {
        if (part->direction == u'S' || part->direction == u'W')
            part->value = -part->value;
    }
    if ((isNorth(*first) && isNorth(*second)) || (isEast(*first) && isEast(*second)))
        return {};
    const bool firstIsNorth =
        isNorth(*first) || isEast(*second) || (!isEast(*first) && !isNorth(*second) && crs.isGeographic());
    PointXY place = firstIsNorth ? PointXY{second->value, first->value} : PointXY{first->value, second->value};
    if (crs.isGeographic() && (std::abs(place.y) > 90 || std::abs(place.x) > 360))
        return {};
    if (!crs.isGeographic() && (first->sexagesimal || second->sexagesimal))
        return {};
    place.x = withoutZone(place.x, crs);
    return place;
}

std::optional<double> parseScale(const QString &text, const QLocale &locale)
{
    auto digits = text;
    static const QRegularExpression spaces(u"[\\s\u202F\u00A0\u2009'’]"_s), one(u"^1[:/]"_s);
    digits.remove(spaces).remove(one);
    static const QRegularExpression grouped(u"^\\d{1,3}([.,]\\d{3})+$"_s);
    if (grouped.match(digits).hasMatch()) // "5.000" is no five anywhere: scales have no three decimals
        digits.remove(u'.').remove(u',');
    bool ok = false;
    double value = locale.toDouble(digits, &ok);
    if (!ok)
        value = QLocale::c().toDouble(digits, &ok);
    if (!ok || !std::isfinite(value) || value < 1 || value > 1e9)
        return {};
    return value;
}

} // namespace hanseatlas
