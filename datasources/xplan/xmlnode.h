// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"

#include <QString>
#include <QXmlStreamReader>

#include <utility>
#include <vector>

namespace hanseatlas
{

/** An XML element with what is in it. Files are read one feature at a time as such a tree, so that the rest is plain
 *  functions over values and memory stays bounded by the largest feature. */
struct XmlNode {
    QString name; ///< without prefix
    bool isGml = false; ///< in a namespace of GML
    QString text; ///< of the element itself, trimmed
    std::vector<std::pair<QString, QString>> attributes; ///< by local name
    std::vector<XmlNode> children;
    int line = 0;

    QString attribute(QLatin1StringView wanted) const;
    const XmlNode *child(QLatin1StringView wanted) const;
};

/** What protects us from files that mean harm. */
struct XmlLimits {
    int depth = 100; ///< of nested elements in one feature
    qsizetype elements = 2000000; ///< in one feature
    qsizetype characters = 200000000; ///< of text in one feature
};

bool isGmlNamespace(QStringView space);

/** The reader stands at a start element, and stands at its end afterwards. Where a limit is passed the reader has an
 *  error of its own (raiseError); where the token asks for it, reading just ends. */
XmlNode readNode(QXmlStreamReader &xml, const XmlLimits &limits, const CancelToken &token);

} // namespace hanseatlas
