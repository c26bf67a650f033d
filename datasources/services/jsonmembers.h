// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QByteArrayView>
#include <QJsonDocument>
#include <QJsonValue>

#include <optional>
#include <utility>
#include <vector>

namespace hanseatlas
{

/** The members of a JSON object, found without building what is in them: an answer may hold a hundred megabytes of
 *  features of which only the numbers and links around them are wanted. The views live as long as the bytes. */
struct JsonMembers {
    /** In the order of the document, values as they are written. Of a name that comes twice the first counts. */
    std::vector<std::pair<QString, QByteArrayView>> members;

    std::optional<QByteArrayView> find(QLatin1StringView name) const;
    QString text(QLatin1StringView name) const; ///< of a text or a number; "" for all else
    /** The href of the first of `links` with this rel; GeoJSON preferred where several types are offered. */
    QString link(QLatin1StringView rel) const;
    qsizetype count(QLatin1StringView name) const; ///< elements of an array; -1 where it is none
    std::vector<QByteArrayView> elements(QLatin1StringView name, qsizetype most) const; ///< of an array, as written
};

/** Fails with the place of the fault where the brackets and quotes do not close. */
Result<JsonMembers> jsonMembers(QByteArrayView bytes);

/** A value as it is written in a document; undefined where it is damaged. */
QJsonValue jsonValue(QByteArrayView written);

/** A whole document with an object or array; the error names the place. */
Result<QJsonDocument> parseJson(QByteArrayView bytes);

} // namespace hanseatlas
