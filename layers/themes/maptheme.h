// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QJsonObject>
#include <QMap>

#include <functional>
#include <optional>

namespace hanseatlas
{

/** A theme map (Themenkarte): a curated bundle of layers with legend, explanation and the questions it answers. A file
 * in resources/themes or the user's themes folder; a new theme is a file, not code. Format: docs/themes.md. */
struct MapTheme {
    QString id; ///< e.g. "heat"
    QString title;
    QString summary; ///< one sentence
    QString explanation; ///< paragraphs of plain text: what one sees, how it was made, its limits
    QStringList questions; ///< that the map answers
    QString icon; ///< name of a program icon, e.g. "theme-heat"
    Provenance provenance; ///< of layers that state none of their own
    std::vector<LayerNode> layers; ///< topmost first; bundles are groups of their own, last
    /** Other looks for single layers, selectable: layer title → style. E.g. the older noise colours. */
    struct Variant {
        QString id;
        QString title;
        QMap<QString, Style> styles;
    };
    std::vector<Variant> variants;
    double scale = 0; ///< suggested denominator when first shown, 0 = leave the view
    int order = 0; ///< in the list of themes
    bool userMade = false; ///< lies in the user's folder: may be changed and deleted
    QString path;
};

/** Finds the file of a bundle that a theme includes by name. */
using BundleReader = std::function<Result<QByteArray>(const QString &name)>;

/** All texts may be a string or {"en": …, "de": …}; `language` picks, English else. */
Result<MapTheme> themeFromJson(const QByteArray &json, const QString &language, const BundleReader &bundles = {});
QJsonObject toJson(const MapTheme &theme);

/** The shipped themes (":/themes") and the user's; a later folder's theme replaces an earlier one's of the same id. */
struct ThemeList {
    std::vector<MapTheme> themes; ///< by order, then title
    QStringList problems; ///< files that were skipped and why, for people
};
ThemeList loadThemes(const QStringList &folders, const QString &language);

/** The change that shows a theme: takes away what other themes brought, puts this theme's layers below the user's own,
 *  which stay, also where they were moved into a theme's group. A bundle that is there already stays as it is. */
TreeChange switchTo(const MapTheme &theme, const LayerTree &tree);

/** The change that gives the theme's layers in the tree the styles of a variant; "" = the theme's own. Layers are told
 * by their source, so they may have been renamed. */
TreeChange applyVariant(const MapTheme &theme, const QString &variant, const LayerTree &tree);

/** Which variant the theme's layers in the tree show; "" = the theme's own look, none = one that the user made. */
std::optional<QString> shownVariant(const MapTheme &theme, const LayerTree &tree);

/** The layers of the tree as a theme of the user's, not yet saved. `like`: the theme that they come from, which gives
 * its explanation, questions and source; its other looks stay as far as their layers are there. */
MapTheme themeOf(const LayerTree &tree, const QString &title, const MapTheme *like = nullptr);

/** Writes the theme into the user's folder under a new id made of its title; returns it with id and path. */
Result<MapTheme> saveAsOwn(MapTheme theme, const QString &folder);
/** Deletes the file of a theme that the user made; any other is an error. */
Status removeOwn(const MapTheme &theme);

} // namespace hanseatlas
