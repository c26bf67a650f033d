// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/importpreview.h"

#include "layers/measures/measurejson.h"
#include "widgets/look/emptystate.h"
#include "widgets/look/look.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{
constexpr qsizetype longestValue = 60;
} // namespace

QString shortValue(const QJsonValue &value)
{
    QString text;
    if (value.isArray() && std::ranges::all_of(value.toArray(), [](const auto &v) { return v.isString(); })) {
        QStringList parts;
        for (const auto &part : value.toArray())
            parts << part.toString();
        text = parts.join(u"; "_s);
    } else if (value.isArray())
        text = ImportPreview::tr("%n entry(s)", nullptr, int(value.toArray().size()));
    else if (value.isObject())
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    else
        text = value.toVariant().toString();
    text = text.simplified();
    return text.size() > longestValue ? text.left(longestValue) + u"…"_s : text;
}

ChangeModel::ChangeModel(ChangeSet changes, QObject *parent)
    : QAbstractTableModel(parent)
    , m_changes(std::move(changes))
{
    for (qsizetype i = 0; i < m_changes.changes.size(); ++i) {
        for (qsizetype k = 0; k < m_changes.changes[i].fields.size(); ++k)
            m_rows.emplace_back(int(i), int(k));
    }
}

int ChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ChangeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChangeModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto [place, part] = m_rows[std::size_t(index.row())];
    const auto &change = m_changes.changes[place];
    const auto &field = change.fields[part];
    switch (index.column()) {
    case Number:
        return change.kind == MeasureChange::Kind::Create ? tr("%1 (new)").arg(change.number) : change.number;
    case Field: {
        const auto *known = measureField(field.field);
        return known ? fieldTitle(*known) : field.field;
    }
    case Before:
        return shortValue(field.before);
    default:
        return shortValue(field.after);
    }
}

QVariant ChangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("Number");
    case Field:
        return tr("Field");
    case Before:
        return tr("Until now");
    default:
        return tr("In the file");
    }
}

ImportPreview::ImportPreview(const Found &found, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import of measures"));
    resize(760, 520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    auto *summary = label(tr("%1: %2 new, %3 changed, %4 unchanged measures.")
                              .arg(found.file, QLocale().toString(found.created), QLocale().toString(found.changed),
                                   QLocale().toString(found.unchanged)));
    summary->setTextFormat(Qt::PlainText);
    summary->setWordWrap(true);
    layout->addWidget(summary);
    if (!found.unknownColumns.isEmpty()) {
        auto *unknown =
            secondaryLabel(tr("Not taken over, unknown columns: %1").arg(found.unknownColumns.join(u", "_s)));
        unknown->setTextFormat(Qt::PlainText);
        unknown->setWordWrap(true);
        layout->addWidget(unknown);
    }
    if (found.changes.isEmpty()) {
        layout->addWidget(new EmptyState(u"check"_s, tr("Nothing would change"),
                                         tr("What the file says of the measures is known already.")),
                          2);
    } else {
        auto *view = new QTreeView;
        view->setModel(new ChangeModel(found.changes, view));
        view->setUniformRowHeights(true);
        view->setRootIsDecorated(false);
        view->setAccessibleName(tr("Changes"));
        view->setColumnWidth(ChangeModel::Number, 110);
        view->setColumnWidth(ChangeModel::Field, 150);
        view->setColumnWidth(ChangeModel::Before, 220);
        layout->addWidget(view, 2);
    }
    if (found.problemCount > 0) {
        auto *head =
            label(tr("%n cell(s) cannot be taken over; their rows are left out.", nullptr, int(found.problemCount)));
        head->setWordWrap(true);
        layout->addWidget(head);
        auto *problems = new QPlainTextEdit(found.problems.join(u'\n'));
        problems->setReadOnly(true);
        problems->setAccessibleName(tr("Problems"));
        layout->addWidget(problems, 1);
    }
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto *take = box->addButton(tr("&Take over"), QDialogButtonBox::AcceptRole);
    take->setObjectName(u"takeOver"_s);
    take->setEnabled(!found.changes.isEmpty());
    layout->addWidget(box);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace hanseatlas
