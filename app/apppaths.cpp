// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/apppaths.h"

#include <QCryptographicHash>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

QString AppPaths::demo() const
{
    return data + "/demo"_L1;
}

QString AppPaths::themes() const
{
    return data + "/themes"_L1;
}

QString AppPaths::recovery() const
{
    return data + "/recovery"_L1;
}

QString AppPaths::index() const
{
    return data + "/index.sqlite"_L1;
}

QString AppPaths::indicators() const
{
    return data + "/indicators.json"_L1;
}

QString AppPaths::measures() const
{
    return data + "/measures.sqlite"_L1;
}

QString AppPaths::sharedMeasures(const QString &address) const
{
    const auto name = QCryptographicHash::hash(address.toUtf8(), QCryptographicHash::Sha1).toHex().left(12);
    return data + "/measures-"_L1 + QLatin1StringView(name) + ".sqlite"_L1;
}

QString AppPaths::serviceStore() const
{
    return data + "/services.sqlite"_L1;
}

QString AppPaths::signIns() const
{
    return data + "/sign-ins.json"_L1;
}

QString AppPaths::lastSession() const
{
    return data + "/last-session.hatlas"_L1;
}

QStringList AppPaths::themeFolders() const
{
    return {u":/themes"_s, themes()};
}

AppPaths AppPaths::standard()
{
    if (const auto home = qEnvironmentVariable("HANSEATLAS_HOME"); !home.isEmpty())
        return below(home);
    return {.settings = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/hanseatlas.ini"_L1,
            .data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)};
}

AppPaths AppPaths::below(const QString &folder)
{
    return {.settings = folder + "/hanseatlas.ini"_L1, .data = folder + "/data"_L1};
}

} // namespace hanseatlas
