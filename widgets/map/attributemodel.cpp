// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/attributemodel.h"

#include "widgets/look/look.h"
#include "widgets/map/valuetext.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

void AttributeModel::setObject(const QList<Field> &fields, const QVariantList &values)
{
    beginResetModel();
    m_rows.clear();
    const QLocale locale;
    const auto isMinor = [](const Field &f) { return f.type == FieldType::Binary || f.name.startsWith(u'_'); };
    for (const bool minor : {false, true}) {
        for (qsizetype i = 0; i < std::min(fields.size(), values.size()); ++i) {
            const auto &field = fields[i];
            if (isMinor(field) != minor)
                continue;
            m_rows.append({.caption = field.caption(),
                           .value = valueText(values[i], field, locale),
                           .link = linkIn(values[i]).value_or(QUrl()),
                           .isNull = values[i].isNull() || !values[i].isValid(),
                           .isNumber = field.type == FieldType::Integer || field.type == FieldType::Real});
        }
    }
    endResetModel();
}

QString AttributeModel::rowText(int row) const
{
    return m_rows[row].caption + u'\t' + m_rows[row].value;
}

QString AttributeModel::allText() const
{
    QStringList lines;
    for (int i = 0; i < m_rows.size(); ++i)
        lines.append(rowText(i));
    return lines.join(u'\n');
}

int AttributeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int AttributeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant AttributeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = m_rows[index.row()];
    const bool isValue = index.column() == ValueColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isValue ? row.value : row.caption;
    case Qt::ForegroundRole:
        if (!isValue || row.isNull)
            return look::tokens().secondary;
        return row.link.isValid() ? QVariant(look::tokens().link) : QVariant();
    case Qt::FontRole:
        if (isValue && row.link.isValid()) {
            auto font = look::font(look::Type::Body);
            font.setUnderline(true);
            return font;
        }
        return {};
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignTop);
    case Qt::ToolTipRole: // tool tips take markup: data must not
        return isValue ? row.value.left(2000).toHtmlEscaped() : row.caption.toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return isValue ? row.caption + u": "_s + row.value : row.caption;
    case LinkRole:
        return isValue && row.link.isValid() ? QVariant(row.link) : QVariant();
    default:
        return {};
    }
}

QVariant AttributeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == ValueColumn ? tr("Value") : tr("Attribute");
}

} // namespace hanseatlas
