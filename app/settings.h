// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace hanseatlas
{

/** What the program remembers of its user: read once at the start, saved when it changes. */
struct Settings {
    static constexpr qsizetype mostRecent = 12;

    QByteArray windowGeometry;
    QByteArray windowState;
    int leftTab = 0; ///< 0 = themes, 1 = layers, 2 = catalogue
    QStringList recent; ///< files and workspaces, newest first
    int crs = 25832; ///< of the map, EPSG
    QString coordinates = QStringLiteral("EPSG:25832"); ///< CoordinateBox::choice()
    QString appearance = QStringLiteral("system"); ///< "system", "light", "dark"
    QString language = QStringLiteral("system"); ///< "system", "de", "en"
    bool offline = false; ///< services are not asked
    QString openFolder; ///< where the last file was opened; "" = the user's documents
    QString exportFolder; ///< where the last export went; "" = the user's documents

    void remember(const QString &location); ///< puts it first among the recent ones, without secrets in it
    bool operator==(const Settings &) const = default;
};

/** Values that are missing or make no sense are the defaults. */
Settings loadSettings(const QString &path);
/** False when the file cannot be written. */
bool saveSettings(const Settings &settings, const QString &path);

} // namespace hanseatlas
