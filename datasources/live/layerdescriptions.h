// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/services/serviceinfo.h"
#include "layers/model/source.h"

#include <QJsonObject>

/** What the descriptions of all services have in common. Pure. */
namespace hanseatlas
{

/** Options of a SourceRef that all kinds of services know; what is missing is up to the service.
 *  "style", "format", "crs" ("EPSG:25832"), "dimensions" ({"time": "2024-01-01"}), "mayBeStored" (false: licence),
 *  "personal", "title", "licence", "attribution", "credentials" (the keychain's key), "legend" (false: none; or where
 *  its pictures are, an address or several). */
struct ServiceOptions {
    QString style, format, title, licence, attribution, credentials;
    Crs crs = Crs::working(); ///< wanted
    std::vector<std::pair<QString, QString>> dimensions;
    bool mayBeStored = true;
    bool personal = false;
    bool legend = true;
    QStringList legendUrls; ///< as written; empty: as the service says

    static ServiceOptions of(const SourceRef &ref);
};

/** What `degrees` covers in `crs`; empty where that cannot be told. */
Extent boxIn(const Crs &crs, const Extent &degrees);

Provenance provenanceOf(const ServiceInfo &service, const QString &attribution, const ServiceOptions &options);

/** What people ask about a layer; in the order in which they should read it (see LayerDescription::metadata). */
QJsonObject metadataOf(const QString &abstract, const QStringList &keywords, const ServiceInfo &service,
                       const std::vector<MetadataLink> &links, const QString &address);

/** Of very many layers none is suggested: people choose. Those that a pasted address names are. */
void suggest(SourceDescription &source, const QUrl &pasted);

/** The ref as it is kept, now that it is known what answers there. */
SourceRef refAs(const SourceRef &ref, const QString &provider);

/** Names the images of a way to ask, now and in later versions: what changes their look is in it, secrets are not. */
QString storedDatasetKey(const QString &kind, const QString &address, const QStringList &rest);

std::unexpected<Error> layerIsGone(const QString &service, const QString &layer);

} // namespace hanseatlas
