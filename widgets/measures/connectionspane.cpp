// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/connectionspane.h"

#include "widgets/look/look.h"
#include "widgets/measures/connectionsview.h"
#include "widgets/measures/measurework.h"

#include <QLabel>
#include <QVBoxLayout>

namespace hanseatlas
{

using namespace look;

ConnectionsPane::ConnectionsPane(MeasureWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_view(new ConnectionsView)
    , m_summary(secondaryLabel({}, Type::Caption))
{
    m_summary->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_summary);
    connect(m_view, &ConnectionsView::choiceChanged, this, &ConnectionsPane::choose);
    connect(&work, &MeasureWork::reset, this, &ConnectionsPane::load);
    connect(&work, &MeasureWork::changed, this, &ConnectionsPane::load);
    choose();
}

void ConnectionsPane::setFilter(const MeasureFilter &filter)
{
    m_filter = filter;
    load();
}

void ConnectionsPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        load();
}

void ConnectionsPane::load()
{
    m_stale = !isVisible();
    if (m_stale)
        return;
    m_view->setGraph({m_work.facts(), m_work.passing(m_filter)});
    choose();
}

void ConnectionsPane::choose()
{
    const auto summary = m_view->summary();
    m_summary->setText(summary.isEmpty() ? tr("Click on anything to see what hangs on it.") : summary);
    if (m_view->chosen() < 0)
        return;
    const auto &node = m_view->graph().nodes()[std::size_t(m_view->chosen())];
    if (node.kind == ConnectionNode::Kind::Measure)
        m_work.setCurrent(node.id);
}

} // namespace hanseatlas
