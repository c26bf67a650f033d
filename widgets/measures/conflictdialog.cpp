// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/conflictdialog.h"

#include "layers/measures/measurejson.h"
#include "widgets/look/card.h"
#include "widgets/look/look.h"
#include "widgets/measures/importpreview.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QLabel *valueLabel(const QJsonValue &value)
{
    const auto text = shortValue(value);
    auto *shown = text.isEmpty() ? secondaryLabel(ConflictDialog::tr("nothing")) : label(text);
    shown->setTextFormat(Qt::PlainText);
    shown->setWordWrap(true);
    return shown;
}

} // namespace

ConflictDialog::ConflictDialog(const QList<SharedConflict> &open, const QHash<QString, QString> &titles,
                               QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Changed by two people"));
    resize(640, 520);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::large, space::large, space::large);
    layout->setSpacing(space::medium);
    auto *introduction =
        label(tr("You and somebody else have changed the same. Choose what is to stay; the other value can still be "
                 "read in the history of the measure."));
    introduction->setWordWrap(true);
    layout->addWidget(introduction);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::small, 0);
    column->setSpacing(space::medium);
    for (const auto &one : open)
        add(one, titles.value(one.conflict.number), column);
    column->addStretch(1);
    scroll->setWidget(content);
    layout->addWidget(scroll, 1);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = box->addButton(tr("&Take over"), QDialogButtonBox::AcceptRole);
    auto *mine = box->addButton(tr("All of &mine"), QDialogButtonBox::ResetRole);
    auto *theirs = box->addButton(tr("All of t&heirs"), QDialogButtonBox::ResetRole);
    connect(mine, &QPushButton::clicked, this, [this] { chooseAll(true); });
    connect(theirs, &QPushButton::clicked, this, [this] { chooseAll(false); });
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(box);
    update();
}

void ConflictDialog::add(const SharedConflict &one, const QString &title, QVBoxLayout *into)
{
    auto *card = new Card(u"%1 %2"_s.arg(one.conflict.number, title));
    if (!one.person.isEmpty()) {
        auto *who = secondaryLabel(
            tr("Changed by %1 on %2").arg(one.person, QLocale().toString(one.at.toLocalTime(), QLocale::ShortFormat)));
        who->setTextFormat(Qt::PlainText);
        who->setWordWrap(true);
        card->content()->addWidget(who);
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::small);
    grid->setVerticalSpacing(space::tiny);
    grid->setColumnStretch(1, 1);
    for (const auto &field : one.conflict.fields) {
        if (!field.collides() || field.field == "reports"_L1)
            continue; // goes together by itself
        const auto *known = measureField(field.field);
        const auto name = known ? fieldTitle(*known) : field.field;
        int row = grid->rowCount();
        grid->addWidget(label(name, Type::Strong), row++, 0, 1, 2);
        auto *mine = new QRadioButton(tr("Mine")), *theirs = new QRadioButton(tr("Theirs"));
        mine->setAccessibleName(tr("%1: mine, %2").arg(name, shortValue(field.mine)));
        theirs->setAccessibleName(tr("%1: theirs, %2").arg(name, shortValue(field.theirs)));
        auto *group = new QButtonGroup(this);
        group->addButton(mine);
        group->addButton(theirs);
        connect(group, &QButtonGroup::buttonToggled, this, &ConflictDialog::update);
        grid->addWidget(mine, row, 0, Qt::AlignTop);
        grid->addWidget(valueLabel(field.mine), row++, 1);
        grid->addWidget(theirs, row, 0, Qt::AlignTop);
        grid->addWidget(valueLabel(field.theirs), row++, 1);
        auto *before = secondaryLabel(tr("until then: %1").arg(shortValue(field.before)));
        before->setTextFormat(Qt::PlainText);
        before->setWordWrap(true);
        if (!shortValue(field.before).isEmpty())
            grid->addWidget(before, row, 1);
        m_rows.append({one.conflict.number, one.conflict.version, field.field, mine, theirs});
    }
    card->content()->addLayout(grid);
    into->addWidget(card);
}

void ConflictDialog::chooseAll(bool mine)
{
    for (const auto &row : std::as_const(m_rows))
        (mine ? row.mine : row.theirs)->setChecked(true);
}

void ConflictDialog::update()
{
    m_ok->setEnabled(!decisions().isEmpty());
}

MergeDecisions ConflictDialog::decisions() const
{
    MergeDecisions decided;
    QSet<QString> incomplete;
    for (const auto &row : m_rows) {
        auto &decision = decided[row.number];
        decision.version = row.version;
        if (row.mine->isChecked() || row.theirs->isChecked())
            decision.takeMine[row.field] = row.mine->isChecked();
        else
            incomplete.insert(row.number);
    }
    for (const auto &number : incomplete)
        decided.remove(number);
    return decided;
}

} // namespace hanseatlas
