// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace hanseatlas
{

/** The time of the map, below it: a slider over all instants that visible layers have, steps, and playing, which goes
 *  on when a picture is complete. Other axes (elevation) have a list each. Hides where no layer has any. Choices go
 *  into the tree; like the view they are no edits. */
class TimeBar final : public QWidget
{
    Q_OBJECT
public:
    /** The tree outlives it. `isComplete`: all of the picture is there. */
    TimeBar(LayerTree &tree, std::function<bool()> isComplete, QWidget *parent = nullptr);

    bool isPlaying() const { return m_playing.isActive(); }
    void setPlaying(bool playing);
    void step(int by);
    /** Each layer as its service shows it by itself. */
    void reset();

private:
    struct Axis {
        QString name;
        QStringList values;
        QComboBox *box = nullptr;
    };
    void createButtons(QHBoxLayout *layout);
    void follow(); ///< what the tree has now
    void showTime();
    void showAxes();
    void choose(int step, int direction);
    void chooseValue(const QString &axis, const QString &value);
    void playOn();
    std::vector<Dimensions> upcoming(const Layer &layer, int step, int direction) const;

    LayerTree &m_tree;
    const std::function<bool()> m_isComplete;
    std::vector<Layer> m_layers; ///< visible ones that have axes
    std::vector<qint64> m_steps;
    std::vector<Axis> m_axes;
    QToolButton *m_play, *m_back, *m_forward, *m_reset;
    QSlider *m_slider;
    QLabel *m_time;
    QWidget *m_timePart;
    QHBoxLayout *m_axesPart;
    QTimer m_playing;
    QTimer m_following;
    int m_waited = 0; ///< turns of the timer since the last step
};

} // namespace hanseatlas
