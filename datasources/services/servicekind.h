// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace hanseatlas
{

enum class ServiceKind {
    Unknown,
    Wms,
    Wmts,
    Wfs,
    OgcApi,
    XyzTiles,
    VectorTiles,
    Masterportal,
    Ckan,
    SensorThings,
    File
};

/** What somebody pasted into a field for an address, put right: without blanks and quotes around it, with https where
 * no scheme was given. Invalid where it is no address of a web server. Not for templates with {x}. */
QUrl pastedUrl(const QString &text);

/** What the address alone tells; Unknown where it tells nothing. */
ServiceKind kindOfUrl(const QString &text);

/** What the beginning of an answer (a few thousand bytes are enough) tells for certain. */
ServiceKind kindOfAnswer(QByteArrayView firstBytes);

/** A request whose answer shows whether the guess is right. */
struct ServiceCandidate {
    ServiceKind kind = ServiceKind::Unknown; ///< Unknown: look at what comes
    QUrl url;

    bool operator==(const ServiceCandidate &) const = default;
};
/** What to try, the likeliest first, none twice; empty where the text is no address, or a template of tiles (these
 * need no asking). */
std::vector<ServiceCandidate> serviceCandidates(const QString &text);

/** The layers that a pasted request names (LAYERS, LAYER, TYPENAMES …), so that they are chosen at once. */
QStringList layersInUrl(const QUrl &url);

/** For people and for protocols: "WMS", "OGC API Features" … */
QString kindName(ServiceKind kind);

} // namespace hanseatlas
