// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/files/tablecolumns.h"

#include "datasources/files/gdalvalues.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** "Geogr. Länge" and "geogrLaenge" are the same word. */
QString plainName(const QString &name)
{
    QString result;
    for (const auto c : name.toLower()) {
        if (c == u'ä')
            result += u"ae"_s;
        else if (c == u'ö')
            result += u"oe"_s;
        else if (c == u'ü')
            result += u"ue"_s;
        else if (c.isLetterOrNumber())
            result += c;
    }
    return result;
}

const QStringList latitudes{u"lat"_s,         u"latitude"_s,    u"geogrbreite"_s, u"breite"_s,
                            u"breitengrad"_s, u"geobreite"_s,   u"wgs84lat"_s,    u"latwgs84"_s,
                            u"geolat"_s,      u"ycoordwgs84"_s, u"positionlat"_s, u"locationlat"_s};
const QStringList longitudes{u"lon"_s,       u"lng"_s,         u"long"_s,        u"lang"_s,
                             u"longitude"_s, u"geogrlaenge"_s, u"laenge"_s,      u"laengengrad"_s,
                             u"geolaenge"_s, u"wgs84lon"_s,    u"lonwgs84"_s,    u"geolon"_s,
                             u"geolng"_s,    u"xcoordwgs84"_s, u"positionlon"_s, u"locationlon"_s};
const QStringList eastings{u"x"_s,           u"ostwert"_s, u"easting"_s, u"rechtswert"_s, u"rechts"_s,      u"ost"_s,
                           u"east"_s,        u"e"_s,       u"rw"_s,      u"xkoord"_s,     u"xkoordinate"_s, u"koordx"_s,
                           u"koordinatex"_s, u"xcoord"_s,  u"coordx"_s,  u"xutm"_s,       u"utmx"_s,        u"utmost"_s,
                           u"xetrs89"_s,     u"etrs89x"_s, u"pointx"_s,  u"xwert"_s,      u"eutm"_s};
const QStringList northings{
    u"y"_s,    u"nordwert"_s, u"northing"_s,    u"hochwert"_s, u"hoch"_s,        u"nord"_s,   u"north"_s,  u"n"_s,
    u"hw"_s,   u"ykoord"_s,   u"ykoordinate"_s, u"koordy"_s,   u"koordinatey"_s, u"ycoord"_s, u"coordy"_s, u"yutm"_s,
    u"utmy"_s, u"utmnord"_s,  u"yetrs89"_s,     u"etrs89y"_s,  u"pointy"_s,      u"ywert"_s,  u"nutm"_s};

/** The digits at the start of a text as a number, taken off it; -1 where there are none or too many. */
int takeNumber(std::string_view &text, std::size_t least, std::size_t most)
{
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && n < most && std::isdigit(static_cast<unsigned char>(text[n])))
        value = value * 10 + (text[n++] - '0');
    if (n < least)
        return -1;
    text.remove_prefix(n);
    return value;
}

bool take(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

/** dd.mm.yyyy or yyyy-mm-dd at the start of a text, taken off it. QDate's own parser is a hundred times slower. */
QDate takeDate(std::string_view &text)
{
    const bool german = text.find('.') < 3;
    const int first = german ? takeNumber(text, 1, 2) : takeNumber(text, 4, 4);
    if (first < 0 || !take(text, german ? '.' : '-'))
        return {};
    const int month = takeNumber(text, 1, 2);
    if (month < 0 || !take(text, german ? '.' : '-'))
        return {};
    const int last = german ? takeNumber(text, 4, 4) : takeNumber(text, 1, 2);
    return german ? QDate(last, month, first) : QDate(first, month, last);
}

QDate dateOf(std::string_view text)
{
    const auto date = takeDate(text);
    return text.empty() ? date : QDate();
}

QDateTime momentOf(std::string_view text)
{
    const auto whole = text;
    if (text.size() == 12 || text.size() == 14) { // yyyymmddHHMM[SS]
        const int year = takeNumber(text, 4, 4), month = takeNumber(text, 2, 2), day = takeNumber(text, 2, 2);
        const int hour = takeNumber(text, 2, 2), minute = takeNumber(text, 2, 2),
                  second = text.empty() ? 0 : takeNumber(text, 2, 2);
        if (text.empty() && QDate::isValid(year, month, day) && QTime::isValid(hour, minute, second))
            return QDateTime(QDate(year, month, day), QTime(hour, minute, second));
        text = whole;
    }
    const auto date = takeDate(text);
    if (!date.isValid() || text.empty())
        return {};
    if (text.starts_with('T')) // may go on with a zone
        return QDateTime::fromString(QString::fromLatin1(whole.data(), qsizetype(whole.size())), Qt::ISODate);
    take(text, ' ');
    const int hour = takeNumber(text, 1, 2);
    const int minute = take(text, ':') ? takeNumber(text, 2, 2) : -1;
    const int second = take(text, ':') ? takeNumber(text, 2, 2) : 0;
    const bool sound = text.empty() && QTime::isValid(hour, minute, second);
    return sound ? QDateTime(date, QTime(hour, minute, second)) : QDateTime();
}

/** 613.700,5 or 5.970.123 without its points; "" where the cell is not written so. `groups`: how many points there must
 *  be at least, where no comma follows them. */
std::string withoutThousands(const std::string &cell, int groups)
{
    std::string digits;
    std::string_view rest = cell;
    if (rest.starts_with('-') || rest.starts_with('+')) {
        if (rest.front() == '-')
            digits = "-";
        rest.remove_prefix(1);
    }
    const auto comma = rest.find(',');
    const auto fraction = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    rest = rest.substr(0, comma);
    const auto isDigit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    const auto first = rest.find('.');
    if (first == 0 || first > 3 || first == std::string_view::npos || rest.front() == '0'
        || !std::ranges::all_of(fraction, isDigit) || (comma != std::string_view::npos && fraction.empty()))
        return {};
    int found = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const bool point = i >= first && (i - first) % 4 == 0;
        if (point != (rest[i] == '.') || (!point && !isDigit(rest[i])))
            return {};
        found += point;
        if (!point)
            digits += rest[i];
    }
    if ((rest.size() - first) % 4 != 0 || (comma == std::string_view::npos && found < groups))
        return {};
    return fraction.empty() ? digits : digits + '.' + std::string(fraction);
}

bool isWkt(std::string_view cell)
{
    const auto semicolon = cell.starts_with("SRID=") ? cell.find(';') : std::string_view::npos;
    if (semicolon != std::string_view::npos)
        cell.remove_prefix(semicolon + 1);
    for (const std::string_view word : {"POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION",
                                        "CIRCULARSTRING", "CURVEPOLYGON", "COMPOUNDCURVE"}) {
        if (cell.size() > word.size() && std::equal(word.begin(), word.end(), cell.begin(), [](char a, char b) {
                return a == std::toupper(static_cast<unsigned char>(b));
            }))
            return cell.find('(') != std::string_view::npos || cell.ends_with("EMPTY");
    }
    return false;
}

} // namespace

TableColumns::TableColumns(const TableForm &form)
    : m_decimalComma(form.decimalComma)
    , m_encoding(form.encoding)
    , m_seen(std::size_t(form.header.size()))
{
    for (qsizetype i = 0; i < form.header.size(); ++i) {
        m_fields.append({.name = form.header[i]});
        const auto name = plainName(form.header[i]);
        m_seen[std::size_t(i)].saysPlace = eastings.contains(name) || northings.contains(name)
            || longitudes.contains(name) || latitudes.contains(name);
        m_seen[std::size_t(i)].saysTime = name.contains("datum"_L1) || name.contains("zeit"_L1)
            || name.contains("time"_L1) || name.contains("date"_L1);
    }
}

bool TableColumns::isMissing(const std::string &cell) const
{
    static const std::array<std::string_view, 12> words{"-",    "nan",  "null", "n/a",      "na",        "inf",
                                                        "+inf", "-inf", "+nan", "infinity", "+infinity", "-infinity"};
    if (cell.empty() || cell.size() > 9)
        return cell.empty();
    std::string lower(cell);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return std::ranges::find(words, lower) != words.end();
}

std::optional<double> TableColumns::number(const std::string &cell, int column) const
{
    const auto &seen = m_seen[std::size_t(column)];
    // elsewhere 12.345.678 may be a code that must stay as it is
    constexpr int never = 1000;
    const auto digits = withoutThousands(cell, seen.thousands ? 1 : seen.saysPlace ? 2 : never);
    return plainNumber(digits.empty() ? cell : digits);
}

std::optional<double> TableColumns::plainNumber(const std::string &cell) const
{
    const char *begin = cell.data(), *end = begin + cell.size();
    if (begin != end && *begin == '+')
        ++begin;
    double value = 0;
    auto result = std::from_chars(begin, end, value);
    if (result.ec == std::errc() && result.ptr == end && std::isfinite(value))
        return value;
    if (!m_decimalComma || std::ranges::count(cell, ',') != 1)
        return std::nullopt;
    std::string point(begin, end);
    std::ranges::replace(point, ',', '.');
    result = std::from_chars(point.data(), point.data() + point.size(), value);
    if (result.ec == std::errc() && result.ptr == point.data() + point.size() && std::isfinite(value))
        return value;
    return std::nullopt;
}

QString TableColumns::text(const std::string &cell) const
{
    if (m_encoding == "UTF-8"_L1)
        return textOf(cell.data(), qsizetype(cell.size()));
    QStringDecoder decoder(m_encoding.toLatin1().constData(), QStringDecoder::Flag::Stateless);
    return decoder.isValid() ? QString(decoder(QByteArrayView(cell.data(), qsizetype(cell.size()))))
                             : QString::fromLatin1(cell.data(), qsizetype(cell.size()));
}

void TableColumns::look(const std::vector<std::string> &cells)
{
    for (std::size_t i = 0; i < m_seen.size() && i < cells.size(); ++i) {
        const auto &cell = cells[i];
        auto &seen = m_seen[i];
        if (isMissing(cell))
            continue;
        ++seen.filled;
        seen.minus999 += cell == "-999" || cell == "-999.0" || cell == "-9999";
        const bool code =
            cell.size() > 1 && cell[0] == '0' && std::isdigit(static_cast<unsigned char>(cell[1])); // a postcode, a key
        if (!code && number(cell, int(i))) {
            seen.thousands = seen.thousands || (seen.saysPlace && !withoutThousands(cell, 2).empty());
            ++seen.numbers;
            seen.integers += cell.size() <= 18 && std::ranges::all_of(cell, [](char c) {
                                 return std::isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '+';
                             });
        }
        if (std::isdigit(static_cast<unsigned char>(cell[0]))) {
            seen.dates += dateOf(cell).isValid();
            // a number of 12 digits is a moment only where the column says so
            if (seen.saysTime || cell.find(':') != std::string::npos)
                seen.moments += momentOf(cell).isValid();
        } else if (isWkt(cell)) {
            ++seen.wkt;
        }
    }
}

int TableColumns::numericColumn(const QStringList &names) const
{
    for (const auto &name : names) {
        for (qsizetype i = 0; i < m_fields.size(); ++i) {
            const auto &seen = m_seen[std::size_t(i)];
            // wrong cells must not hide the places of all others: the name says what the column is for
            if (plainName(m_fields[i].name) == name && seen.numbers > 0 && seen.numbers * 2 >= seen.filled)
                return int(i);
        }
    }
    return -1;
}

void TableColumns::findCoordinates()
{
    for (std::size_t i = 0; i < m_seen.size(); ++i) {
        static const QStringList names{u"wkt"_s, u"geom"_s, u"geometry"_s, u"geometrie"_s, u"thegeom"_s, u"shape"_s};
        const bool named = names.contains(plainName(m_fields[qsizetype(i)].name));
        if (m_seen[i].wkt > 0 && m_seen[i].wkt * 10 >= m_seen[i].filled * (named ? 5 : 9)) {
            m_wkt = int(i);
            m_place = Place::WellKnownText;
            return;
        }
    }
    m_x = numericColumn(longitudes);
    m_y = numericColumn(latitudes);
    if (m_x >= 0 && m_y >= 0) {
        m_place = Place::Degrees;
        return;
    }
    m_x = numericColumn(eastings);
    m_y = numericColumn(northings);
    if (m_x >= 0 && m_y >= 0)
        m_place = Place::Plane;
    else
        m_x = m_y = -1;
}

void TableColumns::decide()
{
    findCoordinates();
    if (m_x >= 0 && m_y >= 0) // written by the same hand
        m_seen[std::size_t(m_x)].thousands = m_seen[std::size_t(m_y)].thousands =
            m_seen[std::size_t(m_x)].thousands || m_seen[std::size_t(m_y)].thousands;
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        const auto &seen = m_seen[std::size_t(i)];
        auto &type = m_fields[i].type;
        if (seen.filled == 0)
            type = FieldType::Text;
        else if (seen.moments == seen.filled)
            type = FieldType::DateTime;
        else if (seen.dates == seen.filled)
            type = FieldType::Date;
        else if (seen.integers == seen.filled)
            type = FieldType::Integer;
        else if (seen.numbers == seen.filled)
            type = FieldType::Real;
        if (type == FieldType::Integer || type == FieldType::Real)
            m_minus999 += seen.minus999;
    }
}

QVariant TableColumns::value(const std::string &cell, int column) const
{
    if (cell.empty())
        return {};
    const auto type = m_fields[column].type;
    if (type != FieldType::Text && isMissing(cell))
        return {};
    switch (type) {
    case FieldType::Integer:
    case FieldType::Real: {
        if (cell == "-999" || cell == "-999.0" || cell == "-9999")
            return {};
        const auto n = number(cell, column);
        if (!n)
            return text(cell);
        return type == FieldType::Integer && *n == std::floor(*n) && std::abs(*n) < 9e15 ? QVariant(qint64(*n))
                                                                                         : QVariant(*n);
    }
    case FieldType::Date: {
        const auto date = dateOf(cell);
        return date.isValid() ? QVariant(date) : QVariant(text(cell));
    }
    case FieldType::DateTime: {
        const auto moment = momentOf(cell);
        return moment.isValid() ? QVariant(moment) : QVariant(text(cell));
    }
    default:
        return text(cell);
    }
}

} // namespace hanseatlas
