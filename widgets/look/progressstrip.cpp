// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/look/progressstrip.h"

#include "widgets/look/elidedlabel.h"
#include "widgets/look/look.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hanseatlas::look
{

namespace
{
constexpr int whole = 1000;
}

ProgressStrip::ProgressStrip(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(text))
    , m_bar(new QProgressBar)
    , m_cancel(new QToolButton)
{
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 0);
    m_bar->setMinimumWidth(80);
    m_bar->setMaximumWidth(200);
    m_bar->setAccessibleName(text);
    m_cancel->setIcon(icon(u"cancel"_s));
    m_cancel->setIconSize({smallIconSize, smallIconSize});
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->toolTip());

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::small);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar, 1);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        emit cancelled();
    });
}

void ProgressStrip::setText(const QString &text)
{
    m_text->setText(text);
    m_bar->setAccessibleName(text);
    m_cancel->setEnabled(true);
}

void ProgressStrip::setFraction(double fraction)
{
    if (fraction == 0)
        m_cancel->setEnabled(true);
    m_bar->setRange(0, fraction < 0 ? 0 : whole);
    if (fraction >= 0)
        m_bar->setValue(qRound(qMin(fraction, 1.0) * whole));
}

void ProgressStrip::setCancellable(bool cancellable)
{
    m_cancel->setVisible(cancellable);
}

} // namespace hanseatlas::look
