// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QJsonObject>
#include <QMap>

namespace hanseatlas
{

/** A theme map (Themenkarte): a curated bundle of layers with legend, explanation and the questions it answers. A file in
 *  resources/themes or the user's themes folder; a new theme is a file, not code. Format: docs/themes.md. */
struct MapTheme
{
    QString id;               ///< e.g. "heat"
    QString title;
    QString summary;          ///< one sentence
    QString explanation;      ///< paragraphs of plain text: what one sees, how it was made, its limits
    QStringList questions;    ///< that the map answers
    QString icon;             ///< name of a program icon, e.g. "theme-heat"
    Provenance provenance;
    std::vector<LayerNode> layers;               ///< topmost first
    /** Other looks for single layers, selectable: title → layer title → style. E.g. the older noise colours. */
    struct Variant { QString id; QString title; QMap<QString, Style> styles; };
    std::vector<Variant> variants;
    double scale = 0;         ///< suggested denominator when first shown, 0 = leave the view
    int order = 0;            ///< in the list of themes
    bool userMade = false;    ///< lies in the user's folder: may be changed and deleted
    QString path;
};

/** All texts may be a string or {"en": …, "de": …}; `language` picks, English else. */
Result<MapTheme> themeFromJson(const QByteArray &json, const QString &language);
QJsonObject toJson(const MapTheme &theme);

/** The shipped themes (`:/themes`) and the user's; bad files are skipped and reported. */
struct ThemeList
{
    std::vector<MapTheme> themes;
    QStringList problems;
};
ThemeList loadThemes(const QStringList &folders, const QString &language);

/** The change that shows a theme: takes away what other themes brought, puts this theme's layers below the user's own,
 *  which stay. */
TreeChange switchTo(const MapTheme &theme, const LayerTree &tree);

} // namespace hanseatlas
