// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include "layers/model/result.h"

#include <optional>
#include <vector>

namespace hanseatlas
{

/** @internal Reads values from a JSON object: what is missing keeps its default, what has the wrong type is the
 * problem, named by its path. The first problem stands. */
class JsonReader
{
public:
    explicit JsonReader(QJsonObject object, QString path = {})
        : m_object(std::move(object))
        , m_path(std::move(path))
    {
    }

    void read(QLatin1StringView key, QString &value)
    {
        take(key, &QJsonValue::isString, [&](auto v) { value = v.toString(); });
    }
    void read(QLatin1StringView key, double &value)
    {
        take(key, &QJsonValue::isDouble, [&](auto v) { value = v.toDouble(); });
    }
    void read(QLatin1StringView key, int &value)
    {
        take(key, &QJsonValue::isDouble, [&](auto v) { value = v.toInt(); });
    }
    void read(QLatin1StringView key, bool &value)
    {
        take(key, &QJsonValue::isBool, [&](auto v) { value = v.toBool(); });
    }
    void read(QLatin1StringView key, std::optional<double> &value)
    {
        take(key, &QJsonValue::isDouble, [&](auto v) { value = v.toDouble(); });
    }
    void read(QLatin1StringView key, QColor &value);
    void read(QLatin1StringView key, QList<double> &value);

    template <class E, std::size_t N>
    void read(QLatin1StringView key, E &value, const std::pair<E, const char *> (&names)[N])
    {
        take(key, &QJsonValue::isString, [&](auto v) {
            for (const auto &[e, name] : names) {
                if (v.toString() == QLatin1StringView(name)) {
                    value = e;
                    return;
                }
            }
            complain(key);
        });
    }
    /** Each object of the array, or the one object, through parse(JsonReader &) → T. */
    template <class Parse>
    void readEach(QLatin1StringView key, Parse parse)
    {
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined())
            return;
        const auto array = value.isArray() ? value.toArray() : QJsonArray{value};
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (!array[i].isObject()) {
                complain(key);
                return;
            }
            JsonReader reader(array[i].toObject(), QStringLiteral("%1%2[%3].").arg(m_path, key).arg(i));
            parse(reader);
            inherit(reader);
        }
    }
    template <class Parse>
    void readObject(QLatin1StringView key, Parse parse)
    {
        take(key, &QJsonValue::isObject, [&](auto v) {
            JsonReader reader(v.toObject(), m_path + key + u'.');
            parse(reader);
            inherit(reader);
        });
    }

    bool has(QLatin1StringView key) const { return m_object.contains(key); }
    QJsonValue value(QLatin1StringView key) const { return m_object[key]; }
    void complain(QLatin1StringView key)
    {
        if (m_problem.isEmpty())
            m_problem = m_path + key;
    }
    void complain(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
    }
    const QString &problem() const { return m_problem; }
    template <class T>
    Result<T> result(T value) const
    {
        if (m_problem.isEmpty())
            return value;
        return failure(ErrorKind::Malformed,
                       QCoreApplication::translate("Style", "The style cannot be read: the value of “%1” is not valid.")
                           .arg(m_problem));
    }

private:
    template <class Check, class Set>
    void take(QLatin1StringView key, Check check, Set set)
    {
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined() || value.isNull())
            return;
        if ((value.*check)())
            set(value);
        else
            complain(key);
    }
    void inherit(const JsonReader &inner)
    {
        if (m_problem.isEmpty())
            m_problem = inner.m_problem;
    }

    QJsonObject m_object;
    QString m_path;
    QString m_problem;
};

/** "#rrggbb", with alpha "#rrggbbaa" as in CSS. */
QString colorToJson(const QColor &color);
QColor colorFromJson(const QString &text);

} // namespace hanseatlas
