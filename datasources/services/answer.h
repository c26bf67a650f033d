// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace hanseatlas
{

/** What the first bytes of an answer look like, whatever its Content-Type claims. */
enum class AnswerKind { Empty, Xml, Html, Json, Image, Text, Binary };
AnswerKind answerKind(QByteArrayView bytes);

/** The bytes as text: by byte order mark, by the encoding named (in a Content-Type, may be ""), as UTF-8, or, where
 * they are none, as ISO-8859-1. Never fails. */
QString decodedText(QByteArrayView bytes, const QString &encoding = {});

/** What a service says instead of an answer, with whatever HTTP status: exception reports of WMS, WFS and WMTS, error
 * objects of OGC API, and MapServer's bare lines. */
struct ServiceException {
    QString code; ///< e.g. "LayerNotDefined"; may be empty
    QString text; ///< the server's own sentence; "" when it says nothing
};
std::optional<ServiceException> serviceException(QByteArrayView bytes);

/** The reason that a server gave, for people. */
Error serviceError(const ServiceException &exception);

/** Why these bytes are not `expected` (e.g. "WMS"): the server's own words where it has some, else what came. */
Error unexpectedAnswer(QByteArrayView bytes, const QString &expected);

/** For map images and tiles: nothing when the bytes are an image, else what the server said. */
Status checkImage(QByteArrayView bytes);

/** The <title> of a web page, e.g. "502 Bad Gateway"; else "". */
QString pageTitle(QByteArrayView bytes);

} // namespace hanseatlas
