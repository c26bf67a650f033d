// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QUrl>

#include <vector>

namespace hanseatlas
{

/** An object of a statement. */
struct RdfValue {
    enum class Kind { Resource, Blank, Literal };
    Kind kind = Kind::Literal;
    QString text; ///< an address, a name that is good within the graph, or the text itself
    QString language; ///< of a text; may be empty

    bool operator==(const RdfValue &) const = default;
};

/** Statements, by subject and property (both by their full address). */
class RdfGraph
{
public:
    void add(const QString &subject, const QString &property, RdfValue value);
    const std::vector<RdfValue> &values(const QString &subject, const QString &property) const;
    QStringList subjectsOfType(const QString &type) const; ///< in the order of the document
    int statements() const { return m_statements; } ///< what is said twice counts once
    /** Where and why reading ended early, in the parser's words; "" = the document is sound. */
    QString damage;

private:
    QHash<QString, QHash<QString, std::vector<RdfValue>>> m_values;
    QHash<QString, QStringList> m_byType;
    int m_statements = 0;
};

/** Turtle or RDF/XML, told by the bytes. Loads nothing that they refer to, refuses entities of their own and more
 *  statements than a catalogue can have. Of a damaged document what stands before the damage is read. `from` is what
 *  relative addresses relate to. */
Result<RdfGraph> parseRdf(const QByteArray &bytes, const QUrl &from, CancelToken token = {});

} // namespace hanseatlas
