// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/database/databaseaddress.h"

#include "datasources/database/databasetexts.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

bool isDatabaseAddress(const QString &text)
{
    const auto start = text.trimmed();
    return start.startsWith("postgresql://"_L1, Qt::CaseInsensitive)
        || start.startsWith("postgres://"_L1, Qt::CaseInsensitive);
}

std::optional<DatabaseAddress> DatabaseAddress::fromText(const QString &text)
{
    if (!isDatabaseAddress(text))
        return {};
    // Not as QUrl: it has no hosts with slashes
    const auto whole = text.trimmed().section("://"_L1, 1);
    const auto rest = whole.section(u'?', 0, 0);
    const auto place = rest.section(u'/', 0, 0);
    const auto decoded = [](const QString &part) { return QUrl::fromPercentEncoding(part.toUtf8()); };
    DatabaseAddress address;
    static const QStringList modes{u"disable"_s, u"allow"_s,     u"prefer"_s,
                                   u"require"_s, u"verify-ca"_s, u"verify-full"_s};
    for (const auto &parameter : whole.section(u'?', 1).split(u'&', Qt::SkipEmptyParts)) {
        address.sslMode = parameter.section(u'=', 1);
        if (parameter.section(u'=', 0, 0) != "sslmode"_L1 || !modes.contains(address.sslMode))
            return {};
    }
    address.database = decoded(rest.section(u'/', 1)).section(u'/', 0, 0);
    const auto at = place.lastIndexOf(u'@');
    address.user = at < 0 ? QString() : decoded(place.first(at).section(u':', 0, 0));
    auto host = place.sliced(at + 1);
    const auto colon = host.lastIndexOf(u':');
    if (colon >= 0 && !host.endsWith(u']')) {
        bool ok = false;
        address.port = host.sliced(colon + 1).toInt(&ok);
        if (!ok || address.port <= 0 || address.port > 65535)
            return {};
        host.truncate(colon);
    }
    if (host.startsWith(u'[') && host.endsWith(u']')) // IPv6
        host = host.sliced(1).chopped(1);
    address.host = decoded(host);
    const auto isClean = [](const QString &part) {
        return std::ranges::none_of(part, [](QChar c) { return c.category() == QChar::Other_Control; });
    };
    if (address.host.isEmpty() || address.database.isEmpty() || !isClean(address.host) || !isClean(address.database)
        || !isClean(address.user))
        return {};
    return address;
}

QString DatabaseAddress::toText() const
{
    const auto encoded = [](const QString &part) { return QString::fromLatin1(QUrl::toPercentEncoding(part)); };
    auto text = u"postgresql://"_s;
    if (!user.isEmpty())
        text += encoded(user) + u'@';
    text += host.contains(u':') ? u'[' + host + u']' : encoded(host);
    if (port != 5432)
        text += u':' + QString::number(port);
    text += u'/' + encoded(database);
    return sslMode.isEmpty() ? text : text + "?sslmode="_L1 + sslMode;
}

QString DatabaseAddress::title() const
{
    return DatabaseTexts::tr("%1 on %2", "a database and its server").arg(database, host);
}

} // namespace hanseatlas
