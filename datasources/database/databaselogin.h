// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/database/databaseaddress.h"
#include "layers/model/result.h"

#include <QLatin1StringView>
#include <QList>

#include <initializer_list>
#include <utility>

namespace hanseatlas
{

/** What opens the door of a database. `password` may be empty: then the server must let the user in by other means. */
struct DatabaseLogin {
    DatabaseAddress address;
    QString password;
};

/** Keywords and values of a connection as libpq knows them. A dead network is noticed in seconds. `name` tells the
 *  connection from others at the server, `settings` are further ones of it ("-c lock_timeout=1000"). */
QList<std::pair<QString, QString>> loginParameters(const DatabaseLogin &login, const QString &name,
                                                   const QString &settings);

/** Why the door did not open. NotReadable: sign-in refused; NotFound: no such database; Network: nobody there.
 *  `messages`: what the library says. */
Error loginError(const DatabaseLogin &login, const QString &messages);

/** What the library says, without the password, whatever it may have put there. */
QString withoutPassword(QString text, const DatabaseLogin &login);

/** Whether one of the words stands in the text. Servers and the library speak the language of their machine: give
 *  the English words and the German ones. */
bool saysAny(const QString &text, std::initializer_list<QLatin1StringView> words);

} // namespace hanseatlas
