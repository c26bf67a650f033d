// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/serviceinfo.h"
#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QHash>
#include <QUrl>

#include <optional>
#include <vector>

namespace hanseatlas
{

enum class WfsVersion { V100, V110, V200 };
QString versionText(WfsVersion version); ///< "2.0.0"

struct WfsFeatureType {
    QString name; ///< as requests call it, usually with a prefix: "app:badestellen"
    QString title; ///< never empty
    QString abstract;
    QStringList keywords;
    QString space; ///< the namespace that the prefix stands for; may be empty
    QString defaultCrs; ///< as the server spells it; may be empty
    QStringList otherCrs;
    Extent geographicBox; ///< degrees, east before north; empty = unknown
    QStringList formats; ///< of its own; empty: those of the service
    std::vector<MetadataLink> metadata;

    QString localName() const; ///< without prefix
};

struct WfsCapabilities {
    WfsVersion version = WfsVersion::V200;
    ServiceInfo service;
    ServerSoftware software = ServerSoftware::Unknown;
    QUrl featureUrl, describeUrl; ///< for GET; where missing, the endpoint of the capabilities
    QUrl featurePostUrl; ///< empty = POST is not offered
    QStringList formats; ///< of GetFeature, in the server's order
    std::optional<qint64> countDefault; ///< most features of an answer; nothing: not stated
    std::optional<bool> paging; ///< ImplementsResultPaging
    bool hits = true; ///< resultType=hits is offered
    bool storedQueriesOnly = false; ///< ImplementsAdHocQuery is FALSE
    std::vector<WfsFeatureType> types;
};

QUrl wfsCapabilitiesUrl(const QUrl &service, WfsVersion version = WfsVersion::V200);
Result<WfsCapabilities> parseWfsCapabilities(QByteArrayView bytes, const QUrl &from);

/** By full name; where none has it, by the name without prefix if that is one type's only. */
const WfsFeatureType *findType(const WfsCapabilities &caps, const QString &name);

/** GML where its version is understood, else JSON; "" = the server's default, which is GML. */
QString wfsFormatFor(const WfsCapabilities &caps, const WfsFeatureType &type);

} // namespace hanseatlas
