// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/httpanswer.h"
#include "layers/model/result.h"

#include <QByteArrayView>
#include <QString>

/** Looks at what came before a parser does: servers answer with status 200 and an excuse. Pure; nothing here trusts
 *  the content type, which is wrong as often as not. */
namespace hanseatlas
{

enum class ContentKind {
    Xml,
    Json, ///< an object or an array
    Image, ///< PNG, JPEG, GIF, WebP or TIFF
};

/** Is the body what was asked for, by its own bytes? `asked` names it for people: "the list of layers".
 *
 *  Malformed: empty, a web page, another format, XML with entities of its own (a document type alone is fine, WMS 1.1.1
 *  has one). Network: an exception report of the server, with its own sentence; NotReadable, NotFound and Invalid where
 *  the report's code says so. */
Status checkContent(const HttpAnswer &answer, ContentKind kind, const QString &asked);

/** What an OGC exception, a JSON error or a web page says, without markup and at most 300 characters; empty where it
 *  says nothing for people. Secrets are taken out. */
QString serverSentence(QByteArrayView body);

struct ServerException {
    QString code; ///< "InvalidParameterValue"; may be empty
    QString locator; ///< the parameter that it is about; may be empty
    QString text; ///< as serverSentence()
};

/** OGC ServiceExceptionReport (WMS 1.1.1, 1.3.0, WFS 1.0) and OWS ExceptionReport (1.0 to 2.0); nothing where the body
 *  is none. */
std::optional<ServerException> parseException(QByteArrayView body);

/** Text without tags and entities, blanks folded, control characters dropped, shortened with "…". */
QString cleanSentence(const QString &markup, qsizetype longest = 300);

} // namespace hanseatlas
