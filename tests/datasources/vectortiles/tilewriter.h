// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QPoint>
#include <QVariant>

#include <bit>
#include <cstring>

/** Writes protobuf and vector tiles by hand, as the specification says. */
namespace hanseatlas::test
{

inline QByteArray varint(quint64 number)
{
    QByteArray bytes;
    for (; number >= 0x80; number >>= 7)
        bytes.append(char(number | 0x80));
    bytes.append(char(number));
    return bytes;
}

inline quint32 zigzag(int number)
{
    return (quint32(number) << 1) ^ quint32(number >> 31);
}

inline QByteArray field(int number, quint64 value)
{
    return varint(quint64(number) << 3) + varint(value);
}

inline QByteArray field(int number, const QByteArray &bytes)
{
    return varint((quint64(number) << 3) | 2) + varint(quint64(bytes.size())) + bytes;
}

template <class Number>
QByteArray fixedField(int number, Number value)
{
    QByteArray bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return varint((quint64(number) << 3) | (sizeof value == 8 ? 1 : 5)) + bytes;
}

inline QByteArray command(int id, int count)
{
    return varint((quint64(count) << 3) | quint64(id));
}

/** Rings or lines; rings are closed. */
inline QByteArray paths(const QList<QList<QPoint>> &parts, bool closed)
{
    QByteArray bytes;
    QPoint at;
    const auto go = [&](QPoint to) {
        bytes += varint(zigzag(to.x() - at.x())) + varint(zigzag(to.y() - at.y()));
        at = to;
    };
    for (const auto &part : parts) {
        bytes += command(1, 1);
        go(part.front());
        bytes += command(2, int(part.size()) - 1);
        for (const auto &to : part.sliced(1))
            go(to);
        if (closed)
            bytes += command(7, 1);
    }
    return bytes;
}

inline QByteArray points(const QList<QPoint> &places)
{
    QByteArray bytes = command(1, int(places.size()));
    QPoint at;
    for (const auto &to : places) {
        bytes += varint(zigzag(to.x() - at.x())) + varint(zigzag(to.y() - at.y()));
        at = to;
    }
    return bytes;
}

inline QByteArray textValue(const QByteArray &text)
{
    return field(1, text);
}

/** type: 1 point, 2 line, 3 polygon; tags: indices of keys and values by turns. */
inline QByteArray featureMessage(int type, const QByteArray &geometry, const QByteArray &tags = {}, int id = 0)
{
    return (id > 0 ? field(1, quint64(id)) : QByteArray()) + (tags.isEmpty() ? QByteArray() : field(2, tags))
        + field(3, quint64(type)) + field(4, geometry);
}

inline QByteArray layerMessage(const QByteArray &name, const QList<QByteArray> &features,
                               const QList<QByteArray> &keys = {}, const QList<QByteArray> &values = {},
                               int extent = 4096, int version = 2)
{
    QByteArray bytes = field(15, quint64(version)) + field(1, name);
    for (const auto &feature : features)
        bytes += field(2, feature);
    for (const auto &key : keys)
        bytes += field(3, key);
    for (const auto &value : values)
        bytes += field(4, value);
    return bytes + field(5, quint64(extent));
}

inline QByteArray tileMessage(const QList<QByteArray> &layers)
{
    QByteArray bytes;
    for (const auto &layer : layers)
        bytes += field(3, layer);
    return bytes;
}

} // namespace hanseatlas::test
