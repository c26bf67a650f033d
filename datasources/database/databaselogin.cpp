// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databaselogin.h"

#include "datasources/database/databasetexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

QList<std::pair<QString, QString>> loginParameters(const DatabaseLogin &login, const QString &name,
                                                   const QString &settings)
{
    const auto &address = login.address;
    QList<std::pair<QString, QString>> all{{u"host"_s, address.host},
                                           {u"port"_s, QString::number(address.port)},
                                           {u"dbname"_s, address.database},
                                           {u"application_name"_s, name}};
    if (!address.user.isEmpty())
        all.emplaceBack(u"user"_s, address.user);
    if (!login.password.isEmpty())
        all.emplaceBack(u"password"_s, login.password);
    if (!address.sslMode.isEmpty())
        all.emplaceBack(u"sslmode"_s, address.sslMode);
    all.append({{u"connect_timeout"_s, u"10"_s},
                {u"keepalives"_s, u"1"_s},
                {u"keepalives_idle"_s, u"10"_s},
                {u"keepalives_interval"_s, u"5"_s},
                {u"keepalives_count"_s, u"2"_s},
                {u"tcp_user_timeout"_s, u"15000"_s},
                {u"options"_s, settings + " -c standard_conforming_strings=on -c search_path=public"_L1}});
    return all;
}

bool saysAny(const QString &text, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words, [&](QLatin1StringView word) { return text.contains(word, Qt::CaseInsensitive); });
}

QString withoutPassword(QString text, const DatabaseLogin &login)
{
    if (!login.password.isEmpty())
        text.replace(login.password, u"…"_s);
    return text;
}

Error loginError(const DatabaseLogin &login, const QString &messages)
{
    const auto &address = login.address;
    const auto detail = withoutPassword(messages, login);
    if (saysAny(messages, {"password"_L1, "passwor"_L1, "authenti"_L1, "pg_hba"_L1, "role \""_L1, "rolle »"_L1}))
        return {ErrorKind::NotReadable,
                DatabaseTexts::tr("The database “%1” asks for another sign-in.").arg(address.title()),
                DatabaseTexts::tr("Open it once by an address with user and password: "
                                  "postgresql://user:password@host/database. The password is kept in the keychain."),
                detail};
    if (saysAny(messages, {"database \""_L1, "datenbank »"_L1}))
        return {ErrorKind::NotFound,
                DatabaseTexts::tr("There is no database “%1” on “%2”.").arg(address.database, address.host),
                {},
                detail};
    return {ErrorKind::Network, DatabaseTexts::tr("The database server “%1” does not answer.").arg(address.host),
            DatabaseTexts::tr("Check the address and the network, and try again."), detail};
}

} // namespace hanseatlas
