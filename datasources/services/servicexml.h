// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xmlnode.h"
#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QByteArrayView>
#include <QHash>
#include <QStringList>

#include <optional>
#include <vector>

namespace hanseatlas
{

/** A small XML document as a whole: capabilities, schemas, answers to GetFeatureInfo. */
struct XmlDocument {
    XmlNode root;
    QHash<QString, QString> namespaces; ///< prefix → URI of all declarations in it, the first one counts
};

/** Reads a document of a service: UTF-8, UTF-16, ISO-8859-1, also with a byte order mark, a mark that lies, or an
 * encoding that lies. Refuses entities of its own and what is larger or deeper than a service's document can be.
 * `depth` 1 reads no more than the root element. */
Result<XmlDocument> readXml(QByteArrayView bytes, int depth = 500);

/** The same, and the root must have one of these names; else the error says what came instead of `expected` ("WMS"),
 * an exception report in the server's own words. */
Result<XmlDocument> readXml(QByteArrayView bytes, std::initializer_list<QLatin1StringView> roots,
                            const QString &expected);

/** The element at the end of a path of names below `node`; nullptr when there is none. */
const XmlNode *find(const XmlNode &node, std::initializer_list<QLatin1StringView> path);
/** Its text, simplified; "" when there is none. */
QString textAt(const XmlNode &node, std::initializer_list<QLatin1StringView> path);
/** Its text with its line breaks, for descriptions. */
QString paragraphAt(const XmlNode &node, std::initializer_list<QLatin1StringView> path);
/** The (xlink:)href of the element, or of the OnlineResource in it. */
QString linkAt(const XmlNode &node, std::initializer_list<QLatin1StringView> path);
/** The non-empty texts of all children of this name. */
QStringList textsOf(const XmlNode &node, QLatin1StringView name);

/** A number as servers write it, whatever the locale; nothing for "", "NaN" or words. */
std::optional<double> numberOf(QStringView text);
/** "1", "true", "TRUE", "yes" */
bool isTrue(QStringView text);
/** "10 43" → two numbers; empty when one of them is none */
std::vector<double> numbersOf(QStringView text);
/** ows:LowerCorner and ows:UpperCorner in the order they are written; sorted, so that min ≤ max. */
Extent owsBox(const XmlNode &box);

} // namespace hanseatlas
