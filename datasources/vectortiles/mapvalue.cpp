// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/vectortiles/mapvalue.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int deepestList = 8;

MapValue fromJson(const QJsonValue &json, int depth)
{
    switch (json.type()) {
    case QJsonValue::Bool:
        return json.toBool();
    case QJsonValue::Double:
        return json.toDouble();
    case QJsonValue::String:
        return json.toString();
    case QJsonValue::Array: {
        MapValue::List list;
        if (depth < deepestList) {
            for (const auto &entry : json.toArray())
                list.push_back(fromJson(entry, depth + 1));
        }
        return list;
    }
    default:
        return {};
    }
}

std::optional<QColor> hexColor(const QString &digits)
{
    bool fine = false;
    const auto number = digits.toUInt(&fine, 16);
    if (!fine)
        return {};
    const auto nibble = [&](int shift) { return int((number >> shift) & 15) * 17; };
    const auto byte = [&](int shift) { return int((number >> shift) & 255); };
    switch (digits.size()) {
    case 3:
        return QColor(nibble(8), nibble(4), nibble(0));
    case 4:
        return QColor(nibble(12), nibble(8), nibble(4), nibble(0));
    case 6:
        return QColor(byte(16), byte(8), byte(0));
    case 8:
        return QColor(byte(24), byte(16), byte(8), byte(0));
    default:
        return {};
    }
}

/** "50%" of `whole`, or the number itself. */
std::optional<double> part(QString text, double whole)
{
    const bool percent = text.endsWith(u'%');
    if (percent)
        text.chop(1);
    else if (text.endsWith("deg"_L1))
        text.chop(3);
    bool fine = false;
    const double number = text.toDouble(&fine);
    if (!fine || !std::isfinite(number))
        return {};
    return percent ? number / 100 * whole : number;
}

std::optional<QColor> functionColor(const QString &name, const QStringList &parts)
{
    if (parts.size() != 3 && parts.size() != 4)
        return {};
    const bool hsl = name.startsWith("hsl"_L1);
    const auto a = part(parts[0], hsl ? 360 : 255), b = part(parts[1], hsl ? 1 : 255),
               c = part(parts[2], hsl ? 1 : 255);
    const auto alpha = parts.size() == 4 ? part(parts[3], 1) : 1.0;
    if (!a || !b || !c || !alpha)
        return {};
    const auto limited = [](double number) { return float(std::clamp(number, 0.0, 1.0)); };
    if (hsl) {
        const double turn = *a / 360 - std::floor(*a / 360);
        return QColor::fromHslF(limited(turn), limited(*b), limited(*c), limited(*alpha));
    }
    return QColor::fromRgbF(limited(*a / 255), limited(*b / 255), limited(*c / 255), limited(*alpha));
}

} // namespace

std::optional<QColor> cssColor(const QString &text)
{
    const auto trimmed = text.trimmed().toLower();
    if (trimmed.size() > 64)
        return {};
    if (trimmed.startsWith(u'#'))
        return hexColor(trimmed.sliced(1));
    if (const auto open = trimmed.indexOf(u'('); open > 0 && trimmed.endsWith(u')')) {
        static const QRegularExpression between(u"[\\s,/]+"_s);
        const auto name = trimmed.first(open);
        static const QStringList names{u"rgb"_s, u"rgba"_s, u"hsl"_s, u"hsla"_s};
        if (!names.contains(name))
            return {};
        return functionColor(name, trimmed.sliced(open + 1).chopped(1).split(between, Qt::SkipEmptyParts));
    }
    const auto color = QColor::fromString(trimmed);
    return color.isValid() ? std::optional(color.toRgb()) : std::nullopt;
}

MapValue MapValue::fromJson(const QJsonValue &json)
{
    return hanseatlas::fromJson(json, 0);
}

const MapValue::List *MapValue::list() const
{
    const auto *held = std::get_if<std::shared_ptr<const List>>(&m_value);
    return held ? held->get() : nullptr;
}

bool MapValue::toTruth() const
{
    if (const auto *held = truth())
        return *held;
    if (const auto *held = number())
        return *held != 0 && !std::isnan(*held);
    if (const auto *held = text())
        return !held->isEmpty();
    return !isNull();
}

std::optional<double> MapValue::toNumber() const
{
    if (const auto *held = number())
        return *held;
    if (const auto *held = truth())
        return *held ? 1.0 : 0.0;
    if (const auto *held = text()) {
        bool fine = false;
        const double number = held->trimmed().toDouble(&fine);
        return fine ? std::optional(number) : std::nullopt;
    }
    return isNull() ? std::optional(0.0) : std::nullopt;
}

QString MapValue::toText() const
{
    if (const auto *held = text())
        return *held;
    if (const auto *held = number())
        return std::abs(*held) < 1e15 && *held == std::floor(*held) ? QString::number(qint64(*held))
                                                                    : QString::number(*held, 'g', 12);
    if (const auto *held = truth())
        return *held ? u"true"_s : u"false"_s;
    if (const auto *held = color())
        return u"rgba(%1,%2,%3,%4)"_s.arg(held->red()).arg(held->green()).arg(held->blue()).arg(held->alphaF());
    QString joined;
    if (const auto *held = list()) {
        for (const auto &entry : *held)
            joined += (joined.isEmpty() ? u""_s : u","_s) + entry.toText();
    }
    return joined;
}

std::optional<QColor> MapValue::toColor() const
{
    if (const auto *held = color())
        return *held;
    if (const auto *held = text())
        return cssColor(*held);
    const auto *held = list();
    if (!held || held->size() < 3)
        return {};
    std::array<double, 4> parts{0, 0, 0, 1};
    for (std::size_t i = 0; i < std::min<std::size_t>(4, held->size()); ++i)
        parts[i] = (*held)[i].toNumber().value_or(0);
    return QColor::fromRgbF(float(std::clamp(parts[0] / 255, 0.0, 1.0)), float(std::clamp(parts[1] / 255, 0.0, 1.0)),
                            float(std::clamp(parts[2] / 255, 0.0, 1.0)), float(std::clamp(parts[3], 0.0, 1.0)));
}

QString MapValue::typeName() const
{
    static const QStringList names{u"null"_s, u"boolean"_s, u"number"_s, u"string"_s, u"color"_s, u"array"_s};
    return names[qsizetype(m_value.index())];
}

bool MapValue::operator==(const MapValue &other) const
{
    const auto *mine = list(), *theirs = other.list();
    return mine && theirs ? *mine == *theirs : m_value == other.m_value;
}

} // namespace hanseatlas
