// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/dashboardbar.h"

#include "widgets/dashboard/dashboardwork.h"
#include "widgets/look/look.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

QComboBox *choice(const QString &name, int letters)
{
    auto *box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(letters);
    return box;
}

void choose(QComboBox *box, const QVariant &value)
{
    box->setCurrentIndex(std::max(0, box->findData(value)));
}

} // namespace

DashboardBar::DashboardBar(DashboardWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_month(new QSlider(Qt::Horizontal))
    , m_monthText(label({}, Type::Strong))
    , m_back(choice(tr("Compared with"), 14))
    , m_area(choice(tr("Area"), 12))
    , m_field(choice(tr("Field of action"), 16))
    , m_lead(choice(tr("Unit in charge"), 14))
    , m_all(new QToolButton)
{
    m_month->setAccessibleName(tr("Month"));
    m_month->setToolTip(tr("The month that is looked at"));
    m_month->setPageStep(12);
    m_month->setMinimumWidth(120);
    m_monthText->setMinimumWidth(QFontMetrics(look::font(Type::Strong)).horizontalAdvance(u"September 2026"_s) + 4);
    m_back->addItem(tr("and the month before"), 1);
    m_back->addItem(tr("and the quarter before"), 3);
    m_back->addItem(tr("and the year before"), 12);
    m_back->addItem(tr("and five years before"), 60);
    m_all->setIcon(icon(u"close"_s));
    m_all->setAutoRaise(true);
    m_all->setToolTip(tr("Ask for everything again"));
    m_all->setAccessibleName(m_all->toolTip());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::medium, space::small, space::medium, space::small);
    layout->setSpacing(space::small);
    layout->addWidget(m_monthText);
    layout->addWidget(m_month, 1);
    for (auto *box : {m_back, m_area, m_field, m_lead})
        layout->addWidget(box, 1);
    layout->addWidget(m_all);
    fill();
    connect(&work, &DashboardWork::inputChanged, this, &DashboardBar::fill);
    connect(&work, &DashboardWork::questionChanged, this, &DashboardBar::showQuestion);
    connect(m_month, &QSlider::valueChanged, this, &DashboardBar::ask);
    for (auto *box : {m_back, m_area, m_field, m_lead})
        connect(box, &QComboBox::activated, this, &DashboardBar::ask);
    connect(m_all, &QToolButton::clicked, this, [this] { m_work.setQuestion({.month = monthOf(m_work.today())}); });
}

void DashboardBar::fill()
{
    const QSignalBlocker quiet(m_month);
    m_month->setRange(m_work.firstMonth(), monthOf(m_work.today()));
    m_month->setEnabled(m_month->minimum() < m_month->maximum());
    m_area->clear();
    m_area->addItem(tr("The whole city"), QString());
    for (const auto &area : m_work.areas())
        m_area->addItem(area, area);
    m_area->setEnabled(m_area->count() > 1);
    m_field->clear();
    m_field->addItem(tr("All fields of action"), 0);
    for (const auto &field : m_work.facts().fields)
        m_field->addItem(u"%1 %2"_s.arg(field.number).arg(field.title), field.number);
    m_lead->clear();
    m_lead->addItem(tr("All units"), QString());
    for (const auto &lead : m_work.leads())
        m_lead->addItem(lead, lead);
    showQuestion();
}

void DashboardBar::showQuestion()
{
    const QSignalBlocker quiet(m_month);
    const auto &question = m_work.question();
    m_month->setValue(question.month);
    m_monthText->setText(QLocale().toString(firstDayOf(question.month), u"MMMM yyyy"_s));
    choose(m_back, question.back);
    choose(m_area, question.area);
    choose(m_field, question.field);
    choose(m_lead, question.lead);
    m_all->setEnabled(question != IndexQuestion{.month = monthOf(m_work.today())});
}

void DashboardBar::ask()
{
    m_work.setQuestion({.month = m_month->value(),
                        .area = m_area->currentData().toString(),
                        .field = m_field->currentData().toInt(),
                        .lead = m_lead->currentData().toString(),
                        .back = m_back->currentData().toInt()});
}

} // namespace hanseatlas
