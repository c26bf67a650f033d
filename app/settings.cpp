// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "layers/model/addresssecrets.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

QString oneOf(const QString &value, const QStringList &allowed)
{
    return allowed.contains(value) ? value : allowed.front();
}

} // namespace

void Settings::remember(const QString &location)
{
    const auto path = withoutSecrets(location); // no password goes into a file
    recent.removeAll(path);
    recent.prepend(path);
    while (recent.size() > mostRecent)
        recent.removeLast();
}

Settings loadSettings(const QString &path)
{
    const QSettings file(path, QSettings::IniFormat);
    Settings settings;
    settings.windowGeometry = file.value("window/geometry"_L1).toByteArray();
    settings.windowState = file.value("window/state"_L1).toByteArray();
    settings.leftTab = file.value("window/leftTab"_L1, settings.leftTab).toInt();
    settings.recent = file.value("recent/files"_L1)
                          .toStringList()
                          .first(std::min(Settings::mostRecent, file.value("recent/files"_L1).toStringList().size()));
    for (auto &location : settings.recent)
        location = withoutSecrets(location); // an older version may have written some
    settings.openFolder = file.value("recent/folder"_L1).toString();
    settings.exportFolder = file.value("recent/exportFolder"_L1).toString();
    settings.crs = file.value("map/crs"_L1, settings.crs).toInt();
    settings.coordinates = file.value("map/coordinates"_L1, settings.coordinates).toString();
    settings.appearance = oneOf(file.value("look/appearance"_L1).toString(), {u"system"_s, u"light"_s, u"dark"_s});
    settings.offline = file.value("network/offline"_L1, false).toBool();
    settings.language = oneOf(file.value("look/language"_L1).toString(), {u"system"_s, u"de"_s, u"en"_s});
    return settings;
}

bool saveSettings(const Settings &settings, const QString &path)
{
    QSettings file(path, QSettings::IniFormat);
    file.setValue("window/geometry"_L1, settings.windowGeometry);
    file.setValue("window/state"_L1, settings.windowState);
    file.setValue("window/leftTab"_L1, settings.leftTab);
    file.setValue("recent/files"_L1, settings.recent);
    file.setValue("recent/folder"_L1, settings.openFolder);
    file.setValue("recent/exportFolder"_L1, settings.exportFolder);
    file.setValue("map/crs"_L1, settings.crs);
    file.setValue("map/coordinates"_L1, settings.coordinates);
    file.setValue("look/appearance"_L1, settings.appearance);
    file.setValue("look/language"_L1, settings.language);
    file.setValue("network/offline"_L1, settings.offline);
    file.sync();
    return file.status() == QSettings::NoError;
}

} // namespace hanseatlas
