// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httprequest.h"
#include "layers/model/addresssecrets.h"

/** Takes secrets out of what is shown, logged or recorded. Pure. */
namespace hanseatlas
{

/** Is this the name of a header field that carries a secret: Authorization, Cookie, X-Api-Key …? For parameters see
 *  isSecretParameter(). */
bool isSecretHeader(QByteArrayView name);

/** Without user:password@, the values of secret parameters (also in the fragment) replaced by "…". At most 2000
 *  characters. */
QString redacted(const QUrl &url);

/** The same for all addresses within a text, and for "token=…" and "\"token\": \"…\"" outside of addresses. */
QString redactedText(const QString &text);

/** Secret ones get the value "…"; addresses in the others (Location, Link, Referer) lose their secrets. */
HttpHeaders redacted(const HttpHeaders &headers);

/** The secret values that this request carries in the open, raw and decoded; to be searched for in what comes back. */
QList<QByteArray> secretValues(const HttpRequest &request);

/** A body for a recording: the values replaced wherever they stand, and members with secret names in JSON, forms and
 *  XML attributes. */
QByteArray redactedBody(const QByteArray &body, const QList<QByteArray> &secrets);

} // namespace hanseatlas
