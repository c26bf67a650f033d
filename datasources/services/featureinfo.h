// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QByteArrayView>
#include <QString>

#include <utility>
#include <vector>

namespace hanseatlas
{

/** An object that was pointed at, as a map service describes it. */
struct InfoFeature {
    QString layer; ///< as the answer names it; may be empty
    QString id; ///< may be empty
    std::vector<std::pair<QString, QString>> values; ///< name and text, in the order of the answer

    QString value(QStringView name) const; ///< "" where there is none
    bool operator==(const InfoFeature &) const = default;
};

/** An answer to GetFeatureInfo. */
struct FeatureInfo {
    std::vector<InfoFeature> features; ///< what could be taken apart
    QString text; ///< of plain text, as it came
    QString html; ///< of a web page, made safe to show

    bool isEmpty() const { return features.empty() && text.isEmpty() && html.isEmpty(); }
};

/** Reads GML, the XML of MapServer, ArcGIS, QGIS Server and GeoServer, GeoJSON, plain text and HTML; what it is, the
 * bytes tell. The Content-Type helps with the encoding only. An answer without features is no error; an exception
 * report is. */
Result<FeatureInfo> parseFeatureInfo(QByteArrayView bytes, const QString &contentType = {});

/** "NoData", "Null" and the like stand for no value. */
bool isNoValue(QStringView text);

} // namespace hanseatlas
