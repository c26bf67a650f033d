// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/xplan/xplancatalogue.h"
#include "datasources/xplan/xplandocument.h"

#include "layers/model/feature.h"

#include <QHash>

#include <vector>

namespace hanseatlas
{

/** A property for a table: "zweckbestimmung" stands for the plain code of 5.x and for zweckbestimmung/…/allgemein
 * of 6.0 alike, so that one symbol rule fits all versions; other parts become "hoehenangabe_h". */
struct FlatValue {
    QString field;
    QString path; ///< for XplanCatalogue::listOf()
    QString unit;
    QStringList values;
};

/** An object's properties without its links to other objects. */
std::vector<FlatValue> flatten(const XplanObject &object);
/** The first value of each field. */
QHash<QString, QString> firstValues(const std::vector<FlatValue> &values);

/** A value for people: code text, abbreviation, Roman number, or with a decimal comma. */
QString formatted(const QString &value, LabelForm form, const QString &list, const XplanCatalogue &catalogue);

/** Rows of unlike objects become one table: columns in order of appearance, types by what is in them, and for every
 * code the column "…_text" behind it. */
class ColumnTable
{
public:
    explicit ColumnTable(const XplanCatalogue &catalogue)
        : m_catalogue(catalogue)
    {
    }
    /** `version` is that of the row's file. */
    void addRow(const QString &type, const QString &version, const std::vector<FlatValue> &values);
    /** In front of or behind all others, of a fixed type. */
    void addOwn(const Field &field, const QVariant &value, bool inFront);

    QList<Field> fields() const;
    /** In the order of fields(). */
    std::vector<QVariantList> rows() const;

private:
    struct Cell {
        std::size_t row;
        QStringList values;
        QString text; ///< of the codes
    };
    struct ColumnOfTable {
        Field field;
        bool coded = false;
        bool own = false;
        std::vector<Cell> cells;
        std::vector<std::pair<std::size_t, QVariant>> ownCells;
    };
    ColumnOfTable &column(std::vector<ColumnOfTable> &columns, QHash<QString, std::size_t> &index,
                          const QString &field);
    static FieldType typeOf(const ColumnOfTable &column);

    const XplanCatalogue &m_catalogue;
    std::vector<ColumnOfTable> m_front, m_columns, m_back;
    QHash<QString, std::size_t> m_frontIndex, m_index, m_backIndex;
    std::size_t m_rows = 0;
};

} // namespace hanseatlas
