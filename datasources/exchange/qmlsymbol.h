// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/style.h"

#include <QMap>
#include <QString>

class QXmlStreamWriter;

namespace hanseatlas
{

/** @internal Writes the parts of a QML document that symbols are made of. */
class QmlSymbolWriter
{
public:
    explicit QmlSymbolWriter(QXmlStreamWriter &xml)
        : m_xml(xml)
    {
    }
    /** <symbol>: what of ours fits the kind, in our order of drawing. */
    void write(const Symbol &symbol, GeometryKind kind, const QString &name);

private:
    using Options = QMap<QString, QString>;
    void open(const QString &type, const QString &name);
    void close() { closeElement(); }
    void closeElement();
    void openLayer(const QString &type, const Options &options, int pass = 0, const QString &angleExpression = {});
    void writeFill(const Fill &fill);
    void writeLines(const Fill &fill, double angle);
    void writeDots(const Fill &fill);
    void writeStroke(const Stroke &stroke, GeometryKind kind, int pass);
    void writeMarker(const Marker &marker);
    void writeCentredMarker(const Marker &marker, GeometryKind kind);

    QXmlStreamWriter &m_xml;
};

/** "r,g,b,a" */
QString qmlColor(const QColor &color);
QString qmlNumber(double value);

} // namespace hanseatlas
