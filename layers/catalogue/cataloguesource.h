// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace hanseatlas
{

enum class CatalogueSourceKind {
    File, ///< in our own form, see docs/catalogue.md
    Masterportal, ///< the address of a portal, or the path of its config.json or folder
    Ckan, ///< the address of the site; may name an organisation or group
    Dcat, ///< the address or path of a catalogue in RDF
    Service, ///< all layers of one service
};

/** Where a catalogue comes from: a top row of the catalogue panel. */
struct CatalogueSource {
    QString id; ///< unique, never shown
    QString title;
    CatalogueSourceKind kind = CatalogueSourceKind::File;
    QString location; ///< address or path
    QString provider; ///< Service: "wms", "wmts", "wfs", "oaf" or "postgis"
    bool own = false; ///< added by the user, who may rename and remove it

    bool operator==(const CatalogueSource &) const = default;
    /** Too large to be had as a whole: it is asked for what one searches. */
    bool isSearchedThere() const { return kind == CatalogueSourceKind::Ckan; }
};

/** The list as a file that can be handed on; only the user's own sources go in. */
QByteArray sourcesToJson(const std::vector<CatalogueSource> &sources);
/** All of them are own ones, with new ids. Malformed where the file is no such list; entries that make no sense are
 *  left out and counted. */
struct SourceList {
    std::vector<CatalogueSource> sources;
    int leftOut = 0;
};
Result<SourceList> sourcesFromJson(const QByteArray &json);

/** Adds what is not there yet (by kind and location); returns how many were new. */
int mergeSources(std::vector<CatalogueSource> &into, const std::vector<CatalogueSource> &added);

} // namespace hanseatlas
