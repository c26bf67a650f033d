// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/catalogue/cataloguereader.h"

namespace hanseatlas
{

/** A layer of a service that stands in a theme map where else the demo city does. */
struct CatalogueThemeLayer {
    QString theme; ///< id of the theme or bundle
    QStringList replaces; ///< "demo:klima.gpkg|regen_selten"; empty = all layers of the theme
    CatalogueNode layer;
};

/** A catalogue in our own form, see docs/catalogue.md. Texts may be a string or {"en": …, "de": …}; `language` picks,
 *  English else. Malformed, with the place, where it is no such file; entries that cannot be used are left out and
 *  named in the notes. */
struct CatalogueFile {
    CatalogueTree tree;
    std::vector<CatalogueSource> sources; ///< other catalogues that it names
    std::vector<CatalogueThemeLayer> themeLayers;
    QStringList notStored; ///< endpointKey() of services that may be viewed but not stored
};
Result<CatalogueFile> parseCatalogueFile(const QByteArray &json, const QString &language);

/** Where the files lie that say which catalogues there are. */
struct CatalogueFiles {
    /** The administrator's, which replaces the shipped one; "" = there is none. */
    QString administrator;
    QString own; ///< a catalogue of the user's, beside the other; needs not exist
    QString sources; ///< the list of the user's own sources; needs not exist

    /** As the system wants it; `data` is the program's folder for the user's data. */
    static CatalogueFiles standard(const QString &data);
    QString main() const; ///< the administrator's or the shipped one
};

struct CatalogueSetup {
    std::vector<CatalogueSource> sources;
    std::vector<CatalogueThemeLayer> themeLayers; ///< what the own catalogue says comes first
    QStringList problems; ///< files that could not be read, for people
};
/** All sources at the start, the city's first. Reads small files. */
CatalogueSetup catalogueSetup(const CatalogueFiles &files, const QString &language);

/** The user's own sources, to be kept or handed on. */
Status writeSources(const QString &path, const std::vector<CatalogueSource> &sources);
Result<SourceList> readSources(const QString &path);

} // namespace hanseatlas
