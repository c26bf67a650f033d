// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/map/timebar.h"

#include "layers/map/maptime.h"
#include "widgets/look/look.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
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

constexpr int turn = 200; ///< ms
constexpr int leastTurns = 4; ///< that a picture stays while playing
constexpr int mostTurns = 25; ///< after so many it goes on, complete or not
constexpr int ahead = 3; ///< pictures that are fetched before they are shown

QToolButton *button(const QString &iconName, const QString &text)
{
    auto *made = new QToolButton;
    made->setIcon(icon(iconName));
    made->setIconSize({iconSize, iconSize});
    made->setAutoRaise(true);
    made->setToolTip(text);
    made->setAccessibleName(text);
    return made;
}

QString axisTitle(const LayerDimension &dimension)
{
    const auto name = dimension.name == "elevation"_L1 ? TimeBar::tr("Elevation") : dimension.name;
    return dimension.unit.isEmpty() ? name : TimeBar::tr("%1 (%2)", "name and unit").arg(name, dimension.unit);
}

} // namespace

TimeBar::TimeBar(LayerTree &tree, std::function<bool()> isComplete, QWidget *parent)
    : QWidget(parent)
    , m_tree(tree)
    , m_isComplete(std::move(isComplete))
    , m_slider(new QSlider(Qt::Horizontal))
    , m_time(label({}))
    , m_timePart(new QWidget)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::medium, space::tiny, space::medium, space::tiny);
    layout->setSpacing(space::large);
    auto *time = new QHBoxLayout(m_timePart);
    time->setContentsMargins(0, 0, 0, 0);
    time->setSpacing(space::tiny);
    createButtons(time);
    m_axesPart = new QHBoxLayout;
    m_axesPart->setSpacing(space::small);
    layout->addWidget(m_timePart, 1);
    layout->addLayout(m_axesPart);

    m_following.setSingleShot(true);
    m_following.setInterval(50); // many changes come together
    connect(&m_following, &QTimer::timeout, this, &TimeBar::follow);
    connect(&m_tree, &LayerTree::sceneChanged, this, [this] {
        if (!m_following.isActive())
            m_following.start();
    });
    m_playing.setInterval(turn);
    connect(&m_playing, &QTimer::timeout, this, &TimeBar::playOn);
    setAccessibleName(tr("Time of the map"));
    hide();
    follow();
}

void TimeBar::createButtons(QHBoxLayout *layout)
{
    m_back = button(u"chevron-left"_s, tr("One step back"));
    m_play = button(u"play"_s, tr("Play"));
    m_play->setCheckable(true);
    m_forward = button(u"chevron-right"_s, tr("One step forward"));
    m_reset = button(u"clock"_s, tr("As the service shows it by itself"));
    m_slider->setAccessibleName(tr("Time of the map"));
    m_slider->setToolTip(tr("Time of the map"));
    m_slider->setPageStep(10);
    m_slider->setMinimumWidth(80);
    m_time->setTextFormat(Qt::PlainText);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (auto *b : {m_back, m_play, m_forward})
        layout->addWidget(b);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_time);
    layout->addWidget(m_reset);
    connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_play, &QToolButton::toggled, this, &TimeBar::setPlaying);
    connect(m_reset, &QToolButton::clicked, this, &TimeBar::reset);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { choose(value, 0); });
}

/** Many signals of the tree mean no other axes: then only the time shown is looked at. */
void TimeBar::follow()
{
    m_layers.clear();
    forEachVisibleLayer(m_tree.roots(), [&](const Layer &layer) {
        if (layer.data && !layer.data->description.dimensions.empty())
            m_layers.push_back(layer);
    });
    if (m_layers.empty() && isHidden())
        return;
    m_steps = timeSteps(m_layers);
    showTime();
    showAxes();
    const bool wanted = m_steps.size() > 1 || !m_axes.empty();
    m_timePart->setVisible(m_steps.size() > 1);
    if (!wanted || m_steps.size() < 2)
        setPlaying(false);
    setVisible(wanted);
}

void TimeBar::showTime()
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(0, int(m_steps.size()) - 1));
    const auto now = shownInstant(m_layers);
    const auto place = std::ranges::lower_bound(m_steps, now);
    const int at = std::min(int(place - m_steps.begin()), m_slider->maximum());
    m_slider->setValue(at);
    m_back->setEnabled(at > 0);
    m_forward->setEnabled(at < m_slider->maximum());
    m_reset->setEnabled(hasChosenTime(m_layers));
    m_time->setText(m_steps.empty() ? QString() : instantText(m_layers, m_steps[std::size_t(at)]));
    m_time->setMinimumWidth(
        std::max(m_time->minimumWidth(), m_time->sizeHint().width())); // does not jump while playing
}

void TimeBar::showAxes()
{
    const auto others = otherDimensions(m_layers);
    const bool same = std::ranges::equal(m_axes, others, [](const Axis &axis, const LayerDimension &dimension) {
        return axis.name == dimension.name && axis.values == dimension.values;
    });
    if (!same) {
        while (auto *item = m_axesPart->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        m_axes.clear();
        for (const auto &dimension : others) {
            auto *box = new QComboBox;
            box->addItems(dimension.values);
            box->setAccessibleName(axisTitle(dimension));
            auto *title = secondaryLabel(axisTitle(dimension));
            title->setBuddy(box);
            m_axesPart->addWidget(title);
            m_axesPart->addWidget(box);
            connect(box, &QComboBox::textActivated, this,
                    [this, name = dimension.name](const QString &value) { chooseValue(name, value); });
            m_axes.push_back({dimension.name, dimension.values, box});
        }
    }
    for (const auto &axis : m_axes) {
        for (const auto &layer : m_layers) {
            if (const auto *dimension = dimensionOf(layer, axis.name)) {
                axis.box->setCurrentText(layer.dimensions.value(axis.name, dimension->standard));
                break;
            }
        }
    }
}

std::vector<Dimensions> TimeBar::upcoming(const Layer &layer, int step, int direction) const
{
    std::vector<Dimensions> next;
    const auto now = choiceAt(layer, m_steps[std::size_t(step)]);
    const auto add = [&](int at) {
        if (at < 0 || at >= int(m_steps.size()))
            return;
        auto choice = choiceAt(layer, m_steps[std::size_t(at)]);
        if (choice != now && std::ranges::find(next, choice) == next.end())
            next.push_back(std::move(choice));
    };
    if (direction == 0) {
        add(step + 1);
        add(step - 1);
    }
    for (int i = 1; direction != 0 && i <= ahead; ++i)
        add(isPlaying() ? (step + i) % int(m_steps.size()) : step + i * direction);
    return next;
}

void TimeBar::choose(int step, int direction)
{
    if (step < 0 || step >= int(m_steps.size()))
        return;
    const auto instant = m_steps[std::size_t(step)];
    for (const auto &layer : m_layers) {
        if (timeOf(layer))
            m_tree.setDimensions(layer.id, choiceAt(layer, instant), upcoming(layer, step, direction));
    }
    follow();
}

void TimeBar::chooseValue(const QString &axis, const QString &value)
{
    for (const auto &layer : m_layers) {
        const auto *dimension = dimensionOf(layer, axis);
        if (!dimension || !dimension->values.contains(value))
            continue;
        auto choice = layer.dimensions;
        choice.insert(axis, value);
        m_tree.setDimensions(layer.id, choice);
    }
    follow();
}

void TimeBar::step(int by)
{
    choose(std::clamp(m_slider->value() + by, 0, m_slider->maximum()), by);
}

void TimeBar::reset()
{
    setPlaying(false);
    for (const auto &layer : m_layers)
        m_tree.setDimensions(layer.id, choiceWithoutTime(layer));
    follow();
}

void TimeBar::setPlaying(bool playing)
{
    playing = playing && m_steps.size() > 1;
    m_play->setChecked(playing);
    m_play->setIcon(icon(playing ? u"pause"_s : u"play"_s));
    m_play->setToolTip(playing ? tr("Pause") : tr("Play"));
    if (playing == m_playing.isActive())
        return;
    m_waited = 0;
    if (playing)
        m_playing.start();
    else
        m_playing.stop();
}

void TimeBar::playOn()
{
    ++m_waited;
    if (m_waited < leastTurns || (!m_isComplete() && m_waited < mostTurns))
        return;
    m_waited = 0;
    choose((m_slider->value() + 1) % int(m_steps.size()), 1);
}

} // namespace hanseatlas
