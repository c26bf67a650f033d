// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/offline/areachoice.h"

#include "widgets/look/look.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace hanseatlas
{

using namespace look;

namespace
{

/** Are all sides parallel to the axes? */
bool isUpright(const Geometry &box)
{
    constexpr double near = 0.5; // metres
    for (std::size_t i = 1; i < box.points.size(); ++i) {
        const auto &a = box.points[i - 1], &b = box.points[i];
        if (std::abs(a.x - b.x) > near && std::abs(a.y - b.y) > near)
            return false;
    }
    return true;
}

} // namespace

AreaChoice::AreaChoice(const Extent &view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_kind(new QComboBox)
    , m_layer(new QComboBox)
    , m_object(new QComboBox)
    , m_draw(new QPushButton(tr("&Draw on the map")))
{
    m_kind->addItem(tr("What the map shows now"), View);
    m_kind->addItem(tr("Rectangle"), Box);
    m_kind->setAccessibleName(tr("Area"));
    setFocusProxy(m_kind);
    m_boxPage = createBoxPage();
    m_layerPage = createLayerPage();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::small);
    layout->addWidget(m_kind);
    layout->addWidget(m_boxPage);
    layout->addWidget(m_layerPage);
    m_boxPage->hide();
    m_layerPage->hide();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AreaChoice::kindChosen);
    connect(m_draw, &QPushButton::clicked, this, &AreaChoice::boxWanted);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &AreaChoice::wantObjects);
    connect(m_object, &QComboBox::currentIndexChanged, this, &AreaChoice::changed);
}

QWidget *AreaChoice::createBoxPage()
{
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::small);
    const QStringList names{tr("&West:"), tr("S&outh:"), tr("&East:"), tr("Nor&th:")};
    const double values[] = {m_view.xMin, m_view.yMin, m_view.xMax, m_view.yMax};
    for (int i = 0; i < 4; ++i) {
        auto *side = m_sides[std::size_t(i)] = new QDoubleSpinBox;
        side->setDecimals(0);
        side->setRange(-10'000'000, 20'000'000);
        side->setSingleStep(100);
        side->setSuffix(tr(" m", "metres"));
        side->setValue(m_view.isEmpty() ? 0 : values[i]);
        side->setToolTip(tr("Coordinates in ETRS89 / UTM zone 32N (EPSG:25832)"));
        auto *name = label(names[i]);
        name->setBuddy(side);
        side->setAccessibleName(names[i].chopped(1).remove(u'&'));
        grid->addWidget(name, i % 2, i / 2 * 2);
        grid->addWidget(side, i % 2, i / 2 * 2 + 1);
        connect(side, &QDoubleSpinBox::valueChanged, this, [this] {
            m_turned = {};
            emit changed();
        });
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    m_draw->setAutoDefault(false);
    m_draw->setIcon(icon(u"zoom-box"_s));
    grid->addWidget(m_draw, 2, 1, 1, 3, Qt::AlignLeft);
    return page;
}

QWidget *AreaChoice::createLayerPage()
{
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::small);
    const QList<std::pair<QString, QComboBox *>> rows{{tr("&From the layer:"), m_layer}, {tr("&Object:"), m_object}};
    for (const auto &[text, box] : rows) {
        auto *name = label(text);
        name->setBuddy(box);
        box->setAccessibleName(text.chopped(1).remove(u'&'));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        const int row = grid->rowCount();
        grid->addWidget(name, row, 0);
        grid->addWidget(box, row, 1);
    }
    grid->setColumnStretch(1, 1);
    return page;
}

AreaChoice::Kind AreaChoice::kind() const
{
    return Kind(m_kind->currentData().toInt());
}

void AreaChoice::offerObject(const Object &object)
{
    m_chosen = object;
    m_kind->addItem(object.name.isEmpty() ? tr("The object that is chosen on the map")
                                          : tr("“%1”, chosen on the map").arg(object.name),
                    Chosen);
}

void AreaChoice::offerLayers(const std::vector<Layer> &layers)
{
    if (layers.empty())
        return;
    m_kind->addItem(tr("Area of an object, such as a district"), OfLayer);
    const QSignalBlocker quiet(m_layer);
    for (const auto &layer : layers)
        m_layer->addItem(layer.title, layer.id);
}

void AreaChoice::kindChosen()
{
    m_boxPage->setVisible(kind() == Box);
    m_layerPage->setVisible(kind() == OfLayer);
    if (kind() == OfLayer && m_objects.empty())
        wantObjects();
    emit changed();
}

void AreaChoice::wantObjects()
{
    m_objects.clear();
    setObjects(m_layer->currentData().toUuid(), {}, tr("Reading …"));
    emit objectsWanted(m_layer->currentData().toUuid());
}

void AreaChoice::setObjects(const QUuid &layer, std::vector<Object> objects, const QString &problem)
{
    if (layer != m_layer->currentData().toUuid())
        return; // another was chosen meanwhile
    {
        const QSignalBlocker quiet(m_object);
        m_objects = std::move(objects);
        m_object->clear();
        for (const auto &object : m_objects)
            m_object->addItem(object.name);
        m_object->setEnabled(!m_objects.empty());
        if (m_objects.empty())
            m_object->addItem(problem.isEmpty() ? tr("There are no areas in it") : problem);
    }
    emit changed();
}

void AreaChoice::setBox(const Geometry &box)
{
    const auto e = box.extent();
    const double values[] = {e.xMin, e.yMin, e.xMax, e.yMax};
    for (std::size_t i = 0; i < m_sides.size(); ++i) {
        const QSignalBlocker quiet(m_sides[i]);
        m_sides[i]->setValue(values[i]);
    }
    m_turned = isUpright(box) ? Geometry() : box;
    emit changed();
}

const AreaChoice::Object *AreaChoice::object() const
{
    if (kind() == Chosen)
        return &m_chosen;
    const auto row = std::size_t(m_object->currentIndex());
    return kind() == OfLayer && row < m_objects.size() ? &m_objects[row] : nullptr;
}

Extent AreaChoice::area() const
{
    if (kind() == View)
        return m_view;
    if (const auto *of = object())
        return of->shape.extent();
    if (kind() != Box)
        return {};
    if (!m_turned.isEmpty())
        return m_turned.extent();
    const Extent box{m_sides[0]->value(), m_sides[1]->value(), m_sides[2]->value(), m_sides[3]->value()};
    return box.width() > 0 && box.height() > 0 ? box : Extent();
}

Geometry AreaChoice::shape() const
{
    const auto *of = object();
    return of ? of->shape : kind() == Box ? m_turned : Geometry();
}

QString AreaChoice::name() const
{
    const auto *of = object();
    return of ? of->name : QString();
}

} // namespace hanseatlas
