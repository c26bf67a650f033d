// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/services/serviceurl.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Commas, colons and slashes are sent as they are: legible, and some servers do not decode them. */
QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, ",:/()"_ba));
}

QString keyOf(const QString &item)
{
    const auto key = item.first(std::max<qsizetype>(0, item.indexOf(u'=') < 0 ? item.size() : item.indexOf(u'=')));
    return QUrl::fromPercentEncoding(key.toLatin1()).toLower();
}

QStringList itemsOf(const QUrl &url)
{
    return url.query(QUrl::FullyEncoded).split(u'&', Qt::SkipEmptyParts);
}

QUrl withItems(QUrl url, const QStringList &items)
{
    url.setFragment({});
    if (items.isEmpty())
        url.setQuery(QString());
    else
        url.setQuery(items.join(u'&'), QUrl::TolerantMode);
    return url;
}

const QSet<QString> &requestKeys()
{
    static const QSet<QString> keys{u"service"_s,
                                    u"request"_s,
                                    u"version"_s,
                                    u"acceptversions"_s,
                                    u"layers"_s,
                                    u"layer"_s,
                                    u"styles"_s,
                                    u"style"_s,
                                    u"srs"_s,
                                    u"crs"_s,
                                    u"bbox"_s,
                                    u"width"_s,
                                    u"height"_s,
                                    u"format"_s,
                                    u"transparent"_s,
                                    u"bgcolor"_s,
                                    u"exceptions"_s,
                                    u"query_layers"_s,
                                    u"info_format"_s,
                                    u"i"_s,
                                    u"j"_s,
                                    u"x"_s,
                                    u"y"_s,
                                    u"feature_count"_s,
                                    u"tilematrixset"_s,
                                    u"tilematrix"_s,
                                    u"tilerow"_s,
                                    u"tilecol"_s,
                                    u"typename"_s,
                                    u"typenames"_s,
                                    u"outputformat"_s,
                                    u"maxfeatures"_s,
                                    u"count"_s,
                                    u"startindex"_s,
                                    u"resulttype"_s,
                                    u"srsname"_s,
                                    u"filter"_s,
                                    u"namespaces"_s,
                                    u"namespace"_s,
                                    u"updatesequence"_s};
    return keys;
}

bool isLocal(const QString &host)
{
    return host == "localhost"_L1 || host.startsWith("127."_L1) || host == "::1"_L1;
}

} // namespace

QUrl withParameters(const QUrl &base, const Parameters &parameters)
{
    QSet<QString> ours;
    for (const auto &[key, value] : parameters)
        ours.insert(key.toLower());
    QStringList items;
    for (const auto &item : itemsOf(base))
        if (!ours.contains(keyOf(item)))
            items.append(item);
    for (const auto &[key, value] : parameters)
        items.append(encoded(key) + u'=' + encoded(value));
    return withItems(base, items);
}

QString parameter(const QUrl &url, QStringView name)
{
    for (const auto &item : itemsOf(url)) {
        const auto equals = item.indexOf(u'=');
        if (equals >= 0 && keyOf(item).compare(name, Qt::CaseInsensitive) == 0)
            return QUrl::fromPercentEncoding(item.sliced(equals + 1).replace(u'+', u' ').toLatin1());
    }
    return {};
}

QUrl endpointOf(const QUrl &url)
{
    QStringList items;
    for (const auto &item : itemsOf(url))
        if (!requestKeys().contains(keyOf(item)))
            items.append(item);
    return withItems(url, items);
}

QUrl operationUrl(const QString &written, const QUrl &capabilities)
{
    auto url = written.isEmpty() ? QUrl() : capabilities.resolved(QUrl(written.trimmed(), QUrl::TolerantMode));
    if (!isWebAddress(url))
        return endpointOf(capabilities);
    if (!isWebAddress(capabilities))
        return url;
    const bool local = isLocal(url.host()) && !isLocal(capabilities.host());
    if (local || url.host().compare(capabilities.host(), Qt::CaseInsensitive) == 0) {
        if (local || (url.scheme() == "http"_L1 && capabilities.scheme() == "https"_L1)) {
            url.setScheme(capabilities.scheme());
            url.setHost(capabilities.host());
            url.setPort(capabilities.port());
        }
        QSet<QString> known = requestKeys();
        for (const auto &item : itemsOf(url))
            known.insert(keyOf(item));
        auto items = itemsOf(url);
        for (const auto &item : itemsOf(capabilities))
            if (!known.contains(keyOf(item)))
                items.append(item);
        url = withItems(url, items);
    }
    return url;
}

QString webLink(const QString &written, const QUrl &from)
{
    const auto text = written.trimmed();
    if (text.isEmpty())
        return {};
    auto url = from.isEmpty() ? QUrl(text, QUrl::TolerantMode) : from.resolved(QUrl(text, QUrl::TolerantMode));
    if (from.isEmpty() && text.startsWith("www."_L1)) // people forget the beginning
        url = QUrl("http://"_L1 + text, QUrl::TolerantMode);
    return isWebAddress(url) ? url.toString(QUrl::FullyEncoded) : QString();
}

bool isWebAddress(const QUrl &url)
{
    return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty();
}

} // namespace hanseatlas
