// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QJsonValue>
#include <QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace hanseatlas
{

/** A property of a feature in a tile, or what an expression of a style comes to. A cheap value. */
class MapValue
{
public:
    using List = std::vector<MapValue>;

    MapValue() = default; ///< null
    MapValue(bool truth)
        : m_value(truth)
    {
    }
    MapValue(double number)
        : m_value(number)
    {
    }
    MapValue(QString text)
        : m_value(std::move(text))
    {
    }
    MapValue(const QColor &color)
        : m_value(color)
    {
    }
    MapValue(List list)
        : m_value(std::make_shared<const List>(std::move(list)))
    {
    }
    template <class T>
    MapValue(T *) = delete; ///< would become a truth

    /** As written in a style; objects, which have no meaning of their own here, become null. */
    static MapValue fromJson(const QJsonValue &json);

    bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    const bool *truth() const { return std::get_if<bool>(&m_value); }
    const double *number() const { return std::get_if<double>(&m_value); }
    const QString *text() const { return std::get_if<QString>(&m_value); }
    const QColor *color() const { return std::get_if<QColor>(&m_value); }
    const List *list() const;

    // Turned, as the style's to-… operators do
    bool toTruth() const; ///< false, 0, "", null and NaN are false
    std::optional<double> toNumber() const;
    QString toText() const;
    std::optional<QColor> toColor() const;
    QString typeName() const; ///< "string", "number" …

    bool operator==(const MapValue &other) const;

private:
    std::variant<std::monostate, bool, double, QString, QColor, std::shared_ptr<const List>> m_value;
};

/** A colour as style sheets write it: "#rgb", "#rrggbbaa", "rgba(1, 2, 3, 0.5)", "hsl(120, 50%, 50%)", "white". */
std::optional<QColor> cssColor(const QString &text);

} // namespace hanseatlas
