// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/startoptions.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace hanseatlas
{

class MainWindow;
class Session;

/** Runs the window without a user: for self-tests, for measuring the start, and for pictures of the program that anyone
 *  can make again. Ends the program when done: 0, or 1 when the map was not there in time. */
class ScriptedRun final : public QObject
{
    Q_OBJECT
public:
    ScriptedRun(Session &session, MainWindow &window, StartOptions options, QObject *parent = nullptr);
    void start();

    static constexpr int patience = 300000; ///< ms; a build with sanitizers makes the demo city on a busy machine

private:
    enum class Step { FirstPicture, Theme, Picture };

    void look();
    bool isAtRest() const;
    bool isAllSharp() const;
    bool isViewComplete() const;
    void proceed();
    void takePicture();
    void end(int code);

    Session &m_session;
    MainWindow &m_window;
    StartOptions m_options;
    Step m_step = Step::FirstPicture;
    qint64 m_windowAt = -1; ///< ms after the start of the process
    qint64 m_viewAt = -1; ///< the same, until the view was complete
    QElapsedTimer m_clock;
    QElapsedTimer m_inStep;
    QTimer m_timer;
};

/** Milliseconds since the process was started, loading of libraries included; -1 where that is not known. */
qint64 sinceProcessStart();

} // namespace hanseatlas
