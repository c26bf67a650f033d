// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/coordinatebox.h"

#include "widgets/look/look.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

struct Choice {
    int epsg = 0;
    DegreeForm form = DegreeForm::Decimal;
    const char *title = nullptr; ///< in the menu
    const char *brief = nullptr; ///< on the button

    QString id() const { return u"EPSG:%1"_s.arg(epsg) + (form == DegreeForm::MinutesSeconds ? u" dms"_s : QString()); }
};

constexpr Choice choices[] = {
    {25832, DegreeForm::Decimal, QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "UTM zone 32 (ETRS89, EPSG:25832)"),
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "UTM 32")},
    {25833, DegreeForm::Decimal, QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "UTM zone 33 (ETRS89, EPSG:25833)"),
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "UTM 33")},
    {31467, DegreeForm::Decimal, QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "Gauss-Krüger zone 3 (EPSG:31467)"),
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "GK 3")},
    {4326, DegreeForm::Decimal, QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "Degrees (WGS 84, EPSG:4326)"),
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "WGS 84")},
    {4326, DegreeForm::MinutesSeconds,
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "Degrees, minutes, seconds (WGS 84, EPSG:4326)"),
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "WGS 84")},
    {3857, DegreeForm::Decimal, QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "Web Mercator (EPSG:3857)"),
     QT_TRANSLATE_NOOP("hanseatlas::CoordinateBox", "Web Mercator")},
};

} // namespace

CoordinateBox::CoordinateBox(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_button(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_edit);
    layout->addWidget(m_button);
    m_edit->setPlaceholderText(tr("Coordinates"));
    m_edit->setAccessibleName(tr("Coordinates"));
    m_edit->setToolTip(tr("The place under the mouse. Type or paste coordinates and press Enter to go there."));
    m_edit->installEventFilter(this);
    look::setType(m_edit, look::Type::Mono);
    connect(m_edit, &QLineEdit::returnPressed, this, &CoordinateBox::go);
    connect(m_edit, &QLineEdit::editingFinished, this, &CoordinateBox::showPlace);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setAutoRaise(true);
    m_button->setToolTip(tr("Coordinate system of the display"));
    m_button->setMenu(createMenu());
    setFocusProxy(m_edit);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setChoice(u"EPSG:25832"_s);
}

QMenu *CoordinateBox::createMenu()
{
    auto *menu = new QMenu(this);
    m_choices = new QActionGroup(this);
    for (const auto &choice : choices) {
        auto *action = menu->addAction(tr(choice.title));
        action->setCheckable(true);
        action->setData(choice.id());
        m_choices->addAction(action);
    }
    connect(m_choices, &QActionGroup::triggered, this,
            [this](QAction *action) { setChoice(action->data().toString()); });
    return menu;
}

QString CoordinateBox::choice() const
{
    return m_choice;
}

QString CoordinateBox::text() const
{
    return m_edit->text();
}

void CoordinateBox::setChoice(const QString &choice)
{
    const auto *found = std::ranges::find(choices, choice, &Choice::id);
    if (found == std::end(choices) || choice == m_choice)
        return;
    m_choice = choice;
    m_crs = Crs::fromEpsg(found->epsg);
    m_form = found->form;
    m_transform.reset();
    m_button->setText(tr(found->brief));
    for (auto *action : m_choices->actions())
        action->setChecked(action->data().toString() == choice);
    fitWidth();
    m_edit->setModified(false);
    showPlace();
    emit choiceChanged(choice);
}

void CoordinateBox::fitWidth()
{
    const auto widest = m_crs.isGeographic() ? PointXY{-110.123456, -53.999999} : PointXY{34611234.5, 5969876.5};
    const auto width = m_edit->fontMetrics().horizontalAdvance(coordinateText(widest, m_crs, m_form, locale()));
    m_edit->setFixedWidth(width + 24);
}

void CoordinateBox::setPlace(PointXY place, const Crs &crs)
{
    if (crs != m_placeCrs)
        m_transform.reset();
    m_placeCrs = crs;
    m_place = place;
    if (!m_edit->hasFocus())
        showPlace();
}

void CoordinateBox::clearPlace()
{
    m_place.reset();
    if (!m_edit->hasFocus())
        showPlace();
}

void CoordinateBox::showPlace()
{
    m_edit->setModified(false);
    if (!m_place) {
        m_edit->clear();
        return;
    }
    if (!m_transform) {
        auto transform = Transform::create(m_placeCrs, m_crs);
        if (!transform) {
            m_edit->clear();
            return;
        }
        m_transform = *transform;
    }
    m_edit->setText(coordinateText(m_transform->forward(*m_place), m_crs, m_form, locale()));
}

void CoordinateBox::go()
{
    if (!m_edit->isModified() && !m_edit->hasSelectedText() && m_place)
        return;
    const auto typed = m_edit->text();
    auto crs = m_crs;
    auto place = parseCoordinates(typed, crs);
    const bool small = place && std::abs(place->x) <= 180 && std::abs(place->y) <= 180;
    if ((typed.contains(u'°') || small) && !crs.isGeographic()) { // degrees are degrees whatever the display is set to
        crs = Crs::fromEpsg(4326);
        place = parseCoordinates(typed, crs);
    }
    if (!place) {
        m_edit->selectAll();
        return;
    }
    m_edit->setModified(false);
    m_edit->selectAll();
    emit placeChosen(*place, crs);
}

bool CoordinateBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        showPlace();
        m_edit->selectAll();
        return true;
    }
    if (watched == m_edit && event->type() == QEvent::FocusIn)
        QMetaObject::invokeMethod(m_edit, &QLineEdit::selectAll, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

} // namespace hanseatlas
