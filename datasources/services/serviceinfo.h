// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/servicexml.h"

#include <QString>
#include <QStringList>

namespace hanseatlas
{

/** What a service says of itself, for the legend, the licence and the properties. */
struct ServiceInfo {
    QString title; ///< may be empty
    QString abstract; ///< may have several lines
    QStringList keywords;
    QString fees; ///< "none" and the like are left out: empty
    QString accessConstraints; ///< likewise
    QString organisation;
    QString person;
    QString phone;
    QString email;
    QString address; ///< in one line
    QString website; ///< of the provider

    bool operator==(const ServiceInfo &) const = default;
};

/** WMS, and WFS 1.0.0: the element Service */
ServiceInfo wmsServiceInfo(const XmlNode &service);
/** WMTS and WFS from 1.1.0: ows:ServiceIdentification and ows:ServiceProvider below the root */
ServiceInfo owsServiceInfo(const XmlNode &root);

/** Which software answers, as far as its documents tell; some need to be asked in their own way. */
enum class ServerSoftware { Unknown, MapServer, GeoServer, QgisServer, Deegree, ArcGis };
ServerSoftware serverSoftware(QByteArrayView capabilities);

/** A description elsewhere, e.g. the ISO 19139 record of a layer. */
struct MetadataLink {
    QString type; ///< e.g. "ISO19115:2003", "TC211"; may be empty
    QString format; ///< e.g. "text/xml"
    QString url;

    bool operator==(const MetadataLink &) const = default;
};

} // namespace hanseatlas
