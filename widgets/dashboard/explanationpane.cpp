// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboard/explanationpane.h"

#include "widgets/charts/barlist.h"
#include "widgets/charts/trendchart.h"
#include "widgets/dashboard/dashboardtile.h"
#include "widgets/dashboard/dashboardwork.h"
#include "widgets/look/look.h"

#include <QFormLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

using Row = IndexExplanation::Row;

QString points(double value)
{
    return QLocale().toString(value, 'f', 1);
}

QString keyOf(const IndexPlace &place)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{place.goal, place.field, place.indicator}).toJson());
}

IndexPlace placeOf(const QString &key)
{
    const auto parts = QJsonDocument::fromJson(key.toUtf8()).array();
    return {parts[0].toString(), parts[1].toInt(), parts[2].toString()};
}

/** What a part weighs and gives, behind its name. */
QString noteOf(const Row &row)
{
    QStringList parts;
    if (!row.value.isEmpty())
        parts << row.value;
    if (!std::isnan(row.points))
        parts << ExplanationPane::tr("%1 %: %2 points", "share of the weight, what it gives")
                     .arg(QLocale().toString(qRound(row.share * 100)), points(row.points));
    else if (!std::isnan(row.share))
        parts << ExplanationPane::tr("%1 % of the weight").arg(QLocale().toString(qRound(row.share * 100)));
    return parts.join(u" · "_s);
}

QLabel *plain(QLabel *made)
{
    made->setTextFormat(Qt::PlainText); // what it says comes from files
    made->setWordWrap(true);
    return made;
}

} // namespace

ExplanationPane::ExplanationPane(DashboardWork &work, QWidget *parent)
    : QWidget(parent)
    , m_work(work)
    , m_back(new QToolButton)
    , m_trail(plain(secondaryLabel({}, Type::Caption)))
    , m_title(plain(label({}, Type::Title)))
    , m_score(plain(label({}, Type::Strong)))
    , m_sentence(plain(label({})))
    , m_demo(plain(label(tr("This value is made up, for demonstration."), Type::Strong)))
    , m_parts(new BarList)
    , m_course(new TrendChart)
    , m_factBox(new QWidget)
    , m_factForm(new QFormLayout(m_factBox))
    , m_actions(new QVBoxLayout)
{
    setMinimumWidth(320);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_back->setIcon(icon(u"chevron-left"_s));
    m_back->setAutoRaise(true);
    m_back->setToolTip(tr("Back (Backspace)"));
    m_back->setAccessibleName(m_back->toolTip());
    m_parts->setAccessibleName(tr("What it is made of"));
    m_course->setMinimumHeight(180);
    m_factForm->setContentsMargins(0, 0, 0, 0);
    m_factForm->setRowWrapPolicy(QFormLayout::WrapLongRows);
    auto *trail = new QHBoxLayout;
    trail->addWidget(m_back);
    trail->addWidget(m_trail, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::large, space::medium, space::large, space::large);
    layout->setSpacing(space::small);
    layout->addLayout(trail);
    layout->addWidget(m_title);
    layout->addWidget(m_score);
    layout->addWidget(m_demo);
    layout->addWidget(m_sentence);
    layout->addWidget(m_factBox);
    layout->addWidget(m_course, 1);
    layout->addWidget(m_parts, 3);
    layout->addLayout(m_actions);
    layout->addStretch(0);
    connect(m_back, &QToolButton::clicked, this, &ExplanationPane::goBack);
    connect(m_parts, &BarList::chosen, this, [this](const QString &key) { m_work.setPlace(placeOf(key)); });
    connect(&work, &DashboardWork::placeChanged, this, [this] { goTo(m_work.place()); });
    connect(&work, &DashboardWork::viewChanged, this, &ExplanationPane::refresh);
    m_shown = work.place();
    for (auto *part : std::initializer_list<QWidget *>{m_demo, m_course, m_factBox, m_parts})
        part->hide(); // until there is something to tell
    refresh();
}

QString ExplanationPane::heading() const
{
    return m_title->text();
}

void ExplanationPane::goTo(const IndexPlace &place)
{
    if (place == m_shown)
        return;
    const auto before = m_way.indexOf(place);
    if (before >= 0)
        m_way.resize(before); // back to where one was
    else
        m_way.append(m_shown);
    m_shown = place;
    refresh();
}

void ExplanationPane::goBack()
{
    m_work.setPlace(m_way.isEmpty() ? IndexPlace() : m_way.last());
}

void ExplanationPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Backspace && m_back->isEnabled())
        goBack();
    else
        QWidget::keyPressEvent(event);
}

void ExplanationPane::refresh()
{
    const auto *view = m_work.view();
    if (!view)
        return;
    m_told = explain(view->overview, m_work.facts(), m_work.records(), m_shown);
    QStringList trail;
    for (const auto &place : std::as_const(m_way))
        trail << titleOf(place, view->overview, m_work.facts());
    m_trail->setText(trail.join(u" › "_s));
    m_back->setEnabled(!(m_shown == IndexPlace()));
    m_title->setText(m_told.title);
    auto score = std::isnan(m_told.score) ? tr("no score") : tr("%1 of 100 points").arg(points(m_told.score));
    if (const double change = m_told.score - m_told.before; !std::isnan(change))
        score += u" · "_s + (change > 0 ? u"+"_s : QString()) + points(change);
    if (m_shown == IndexPlace() && view->band && !std::isnan(view->band->low))
        score += u" · "_s
            + tr("%1 to %2 with other weights and means").arg(points(view->band->low), points(view->band->high));
    m_score->setText(score);
    m_sentence->setText(m_told.sentence);
    m_sentence->setVisible(!m_told.sentence.isEmpty());
    m_demo->setVisible(m_told.demo);
    showParts();
    showFacts();
    showActions();
}

void ExplanationPane::showParts()
{
    QList<BarRow> rows;
    for (const auto &row : std::as_const(m_told.rows))
        rows.append({.title = row.title,
                     .note = noteOf(row),
                     .value = std::isnan(row.score) ? std::nullopt : std::optional(row.score),
                     .text = std::isnan(row.score) ? QString() : points(row.score),
                     .key = keyOf(row.place)});
    m_parts->setVisible(!rows.isEmpty());
    m_parts->setRows(rows, 100, {});
}

/** Of an indicator: what there is to know, and its course. */
void ExplanationPane::showFacts()
{
    while (m_factForm->rowCount() > 0)
        m_factForm->removeRow(0);
    for (const auto &fact : std::as_const(m_told.facts)) {
        auto *text = plain(label(fact.text));
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_factForm->addRow(plain(secondaryLabel(fact.name)), text);
    }
    m_factBox->setVisible(!m_told.facts.isEmpty());
    m_course->setVisible(
        showCourse(*m_course, *m_work.view(), m_work, m_shown.indicator.isEmpty() ? m_shown.goal : m_shown.indicator));
}

void ExplanationPane::showActions()
{
    while (auto *item = m_actions->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const auto add = [this](const QString &text, const QString &icon, auto &&work) {
        auto *button = new QPushButton(look::icon(icon), text);
        connect(button, &QPushButton::clicked, &m_work, work);
        m_actions->addWidget(button);
    };
    using Kind = IndicatorSource::Kind;
    const auto *indicator = m_work.definition().indicator(m_shown.indicator);
    if (indicator ? indicator->source.kind == Kind::Measures : !(m_shown == IndexPlace()))
        add(tr("Show the measures"), u"table"_s, [this, place = m_shown, indicator] {
            auto asked = place;
            if (indicator)
                asked = {indicator->source.goal, indicator->source.field, {}};
            emit m_work.measuresWanted(asked, m_work.question().lead);
        });
    if (indicator && indicator->source.kind == Kind::Layer)
        add(tr("Show the layer on the map"), u"layers"_s,
            [this, layer = indicator->source.what] { emit m_work.layerWanted(layer); });
    if (indicator ? indicator->level == Indicator::Level::District : m_shown == IndexPlace())
        add(tr("Show the Stadtteile on the map"), u"theme"_s,
            [this, id = m_shown.indicator] { emit m_work.mapWanted(id); });
}

} // namespace hanseatlas
