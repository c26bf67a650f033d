// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

#include <utility>

namespace hanseatlas
{

using Parameters = QList<std::pair<QString, QString>>;

/** The URL with these parameters. What is in its query under the same name in whatever case is replaced; all else
 * (map=…, tokens) stays as it is written. The base may end in "?", "&" or neither. */
QUrl withParameters(const QUrl &base, const Parameters &parameters);

/** A parameter's value, by name in whatever case; "" when there is none. */
QString parameter(const QUrl &url, QStringView name);

/** Without what belongs to a request (SERVICE, REQUEST, LAYERS, BBOX …): the endpoint of a pasted URL. */
QUrl endpointOf(const QUrl &url);

/** Where to send requests to. Servers behind proxies write wrong addresses of themselves: on the host that
 * `capabilities` came from, https stays https; "localhost" means that host; parameters that we came with (tokens)
 * are kept. A missing or broken address is the endpoint of the capabilities. */
QUrl operationUrl(const QString &written, const QUrl &capabilities);

/** A link in a document, absolute; "" where it leads nowhere on the web (scripts, files). */
QString webLink(const QString &written, const QUrl &from = {});

/** Only http and https with a host are addresses that may be asked. */
bool isWebAddress(const QUrl &url);

} // namespace hanseatlas
