// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasources/xplan/xplanvalues.h"

#include <QDate>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

/** Links say how the file hangs together; what they mean is shown by other means. */
bool isLink(const XplanProperty &property)
{
    return property.text.isEmpty() && property.parts.isEmpty()
        && (property.href.startsWith(u'#') || property.href.isEmpty());
}

void append(std::vector<FlatValue> &values, const QString &field, const QString &path, const XplanProperty &property)
{
    const auto text = property.text.isEmpty() ? property.href : property.text;
    auto found = std::ranges::find(values, field, &FlatValue::field);
    if (found == values.end()) {
        values.push_back({field, path, property.uom, {text}});
        return;
    }
    found->values.append(text);
}

void flattenInto(std::vector<FlatValue> &values, const XplanProperty &property, const QString &field,
                 const QString &path)
{
    if (isLink(property))
        return;
    if (property.parts.isEmpty())
        return append(values, field, path, property);
    for (const auto &part : property.parts) {
        const bool main = part.name == "allgemein"_L1;
        flattenInto(values, part, main ? field : field + u'_' + part.name, main ? path : path + u'/' + part.name);
    }
}

/** hatGenerAttribut: the file brings its own names. */
void appendGeneric(std::vector<FlatValue> &values, const XplanProperty &property)
{
    XplanProperty value;
    QString name;
    for (const auto &part : property.parts) {
        if (part.name == "name"_L1)
            name = part.text;
        else if (part.name == "wert"_L1)
            value = part;
    }
    if (!name.isEmpty() && !value.text.isEmpty())
        append(values, name, name, value);
}

QString roman(int number)
{
    static constexpr std::pair<int, const char *> digits[] = {{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    QString text;
    for (const auto &[value, letters] : digits)
        for (; number >= value; number -= value)
            text += QString::fromLatin1(letters);
    return text;
}

bool isDecimal(const QString &value)
{
    static const QRegularExpression pattern(u"^-?\\d+\\.\\d+$"_s);
    return pattern.match(value).hasMatch();
}

bool isInteger(const QString &value)
{
    static const QRegularExpression pattern(u"^(0|-?[1-9]\\d{0,8})$"_s); // codes with leading zeros are texts
    return pattern.match(value).hasMatch();
}

bool isDate(const QString &value)
{
    return value.size() == 10 && QDate::fromString(value, Qt::ISODate).isValid();
}

bool isBoolean(const QString &value)
{
    return value == "true"_L1 || value == "false"_L1;
}

QVariant toVariant(const QStringList &values, FieldType type)
{
    const auto &first = values.front();
    switch (type) {
    case FieldType::Integer:
        return first.toLongLong();
    case FieldType::Real:
        return first.toDouble();
    case FieldType::Boolean:
        return first == "true"_L1;
    case FieldType::Date:
        return QDate::fromString(first, Qt::ISODate);
    default:
        return values.join(u"; "_s);
    }
}

} // namespace

std::vector<FlatValue> flatten(const XplanObject &object)
{
    std::vector<FlatValue> values;
    for (const auto &property : object.properties) {
        if (property.name == "hatGenerAttribut"_L1)
            appendGeneric(values, property);
        else
            flattenInto(values, property, property.name, property.name);
    }
    return values;
}

QHash<QString, QString> firstValues(const std::vector<FlatValue> &values)
{
    QHash<QString, QString> first;
    for (const auto &value : values)
        first.insert(value.field, value.values.front());
    return first;
}

QString formatted(const QString &value, LabelForm form, const QString &list, const XplanCatalogue &catalogue)
{
    if (form == LabelForm::Roman) {
        const int number = value.toInt();
        return number > 0 && number < 40 ? roman(number) : value;
    }
    if (form == LabelForm::Short)
        if (const auto text = catalogue.shortText(list, value); !text.isEmpty())
            return text;
    if (form != LabelForm::Plain)
        if (const auto text = catalogue.text(list, value); !text.isEmpty())
            return text;
    return isDecimal(value) ? QString(value).replace(u'.', u',') : value;
}

ColumnTable::ColumnOfTable &ColumnTable::column(std::vector<ColumnOfTable> &columns, QHash<QString, std::size_t> &index,
                                                const QString &field)
{
    const auto it = index.constFind(field);
    if (it != index.cend())
        return columns[*it];
    index.insert(field, columns.size());
    ColumnOfTable made;
    made.field = {.name = field, .title = m_catalogue.fieldTitle(field)};
    columns.push_back(std::move(made));
    return columns.back();
}

void ColumnTable::addRow(const QString &type, const QString &version, const std::vector<FlatValue> &values)
{
    for (const auto &value : values) {
        auto &target = column(m_columns, m_index, value.field);
        const auto list = m_catalogue.listOf(type, value.path, version);
        Cell cell{.row = m_rows, .values = value.values};
        if (!list.isEmpty()) {
            target.coded = true;
            QStringList texts;
            for (const auto &code : value.values)
                if (const auto text = m_catalogue.text(list, code); !text.isEmpty())
                    texts.append(text);
            cell.text = texts.join(u"; "_s);
        }
        if (!value.unit.isEmpty())
            target.field.unit = value.unit;
        target.cells.push_back(std::move(cell));
    }
    ++m_rows;
}

/** Follows the addRow() of its row. */
void ColumnTable::addOwn(const Field &field, const QVariant &value, bool inFront)
{
    auto &target = column(inFront ? m_front : m_back, inFront ? m_frontIndex : m_backIndex, field.name);
    const auto title = target.field.title;
    target.own = true;
    target.field = field;
    if (target.field.title.isEmpty())
        target.field.title = title;
    target.ownCells.emplace_back(m_rows - 1, value);
}

FieldType ColumnTable::typeOf(const ColumnOfTable &column)
{
    if (column.own)
        return column.field.type;
    const auto all = [&](auto test) {
        return std::ranges::all_of(column.cells,
                                   [&](const Cell &cell) { return cell.values.size() == 1 && test(cell.values[0]); });
    };
    if (column.coded)
        return FieldType::Text;
    if (all(isBoolean))
        return FieldType::Boolean;
    if (all(isInteger))
        return FieldType::Integer;
    if (all([](const QString &value) { return isInteger(value) || isDecimal(value); }))
        return FieldType::Real;
    return all(isDate) ? FieldType::Date : FieldType::Text;
}

QList<Field> ColumnTable::fields() const
{
    QList<Field> fields;
    QSet<QString> names;
    const auto append = [&](Field field) {
        while (names.contains(field.name)) // a file may bring a name that we use ourselves
            field.name += u"_2"_s;
        names.insert(field.name);
        fields.append(std::move(field));
    };
    for (const auto *columns : {&m_front, &m_columns, &m_back}) {
        for (const auto &column : *columns) {
            auto field = column.field;
            field.type = typeOf(column);
            append(field);
            if (column.coded)
                append({.name = column.field.name + u"_text"_s, .title = column.field.title});
        }
    }
    return fields;
}

std::vector<QVariantList> ColumnTable::rows() const
{
    const auto count = fields().size();
    std::vector<QVariantList> rows(m_rows, QVariantList(count));
    qsizetype at = 0;
    for (const auto *columns : {&m_front, &m_columns, &m_back}) {
        for (const auto &column : *columns) {
            const auto type = typeOf(column);
            for (const auto &[row, value] : column.ownCells)
                rows[row][at] = value;
            for (const auto &cell : column.cells) {
                rows[cell.row][at] = toVariant(cell.values, type);
                if (column.coded && !cell.text.isEmpty())
                    rows[cell.row][at + 1] = cell.text;
            }
            at += column.coded ? 2 : 1;
        }
    }
    return rows;
}

} // namespace hanseatlas
