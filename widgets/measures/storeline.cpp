// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/storeline.h"

#include "widgets/look/elidedlabel.h"
#include "widgets/look/iconlabel.h"
#include "widgets/look/look.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QString lineOf(const SharingState &state)
{
    if (state.store.isEmpty())
        return StoreLine::tr("The measures are kept on this computer.");
    const auto time = state.lastSame.isValid() ? QLocale().toString(state.lastSame, QLocale::ShortFormat) : QString();
    if (state.toDecide > 0)
        return StoreLine::tr("%1: %n measure(s) changed by you and somebody else", nullptr, state.toDecide)
            .arg(state.store);
    if (!state.problem.what.isEmpty() && time.isEmpty())
        return StoreLine::tr("%1: not reached yet. %2").arg(state.store, state.problem.what);
    if (!state.problem.what.isEmpty())
        return StoreLine::tr("%1: not the same since %2. %3").arg(state.store, time, state.problem.what);
    return time.isEmpty() ? StoreLine::tr("%1: being compared…").arg(state.store)
                          : StoreLine::tr("%1: all have the same, as of %2").arg(state.store, time);
}

QIcon iconOf(const SharingState &state)
{
    if (state.store.isEmpty())
        return icon(u"system"_s, Tint::Secondary);
    if (state.toDecide > 0)
        return icon(u"warning"_s, Tint::Warning);
    if (!state.problem.what.isEmpty())
        return icon(u"offline"_s, Tint::Warning);
    return state.lastSame.isValid() ? icon(u"success"_s, Tint::Success) : icon(u"refresh"_s, Tint::Secondary);
}

} // namespace

StoreLine::StoreLine(QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel)
    , m_text(new ElidedLabel)
    , m_decide(new QPushButton(tr("&Decide…")))
    , m_try(new QPushButton(tr("Try a&gain")))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    line->setSpacing(space::small);
    line->addWidget(m_icon);
    line->addWidget(m_text, 1);
    line->addWidget(m_decide);
    line->addWidget(m_try);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    connect(m_decide, &QPushButton::clicked, this, &StoreLine::decisionWanted);
    connect(m_try, &QPushButton::clicked, this, &StoreLine::tryWanted);
    setState({});
}

void StoreLine::setState(const SharingState &state)
{
    m_icon->setIcon(iconOf(state));
    m_text->setText(lineOf(state));
    m_text->setToolTip((state.problem.hint + u'\n' + state.problem.detail).trimmed().toHtmlEscaped());
    m_decide->setVisible(state.toDecide > 0);
    m_try->setVisible(!state.problem.what.isEmpty() && state.toDecide == 0);
    m_try->setEnabled(!state.isRunning);
}

QString StoreLine::text() const
{
    return m_text->text();
}

} // namespace hanseatlas
