// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scriptedrun.h"

#include "app/mainwindow.h"
#include "app/session.h"
#include "widgets/map/mapcanvas.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPainter>

#include <algorithm>

#ifdef Q_OS_LINUX
#include <ctime>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace hanseatlas
{

namespace
{

constexpr int lookEvery = 5; // ms
constexpr int dialogTime = 900; // ms for a dialog to fill itself

void print(const QString &line)
{
    QFile out;
    if (out.open(stdout, QIODevice::WriteOnly))
        out.write((line + u'\n').toUtf8());
}

/** Whether all visible layers of that scale have been read, or cannot be. */
bool isComplete(const std::vector<LayerNode> &nodes, double scale)
{
    return std::ranges::all_of(nodes, [scale](const LayerNode &node) {
        if (!node.layer)
            return !node.visible || isComplete(node.children, scale);
        return !node.layer->visible || !node.layer->inScale(scale) || node.layer->state == LayerState::Ready
            || node.layer->state == LayerState::Failed;
    });
}

} // namespace

qint64 sinceProcessStart()
{
#ifdef Q_OS_LINUX
    QFile stat(u"/proc/self/stat"_s);
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const auto text = stat.readAll();
    const auto fields = text.sliced(text.lastIndexOf(')') + 2).split(' '); // the name may hold spaces
    constexpr int startField = 19; // the 22nd of all
    timespec now{};
    if (fields.size() <= startField || clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return -1;
    const auto started = fields[startField].toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1000000 - started;
#else
    return -1;
#endif
}

ScriptedRun::ScriptedRun(Session &session, MainWindow &window, StartOptions options, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_window(window)
    , m_options(std::move(options))
{
    connect(&m_timer, &QTimer::timeout, this, &ScriptedRun::look);
}

void ScriptedRun::start()
{
    m_clock.start();
    m_inStep.start();
    m_windowAt = sinceProcessStart();
    m_timer.start(lookEvery);
}

bool ScriptedRun::isAllSharp() const
{
    const auto &loader = m_session.loader();
    return m_window.canvas().isSharp() && !loader.isBusy() && !loader.isFetching() && !m_session.openQueue().isBusy()
        && !m_window.isWorkingBeside();
}

/** All that the view's scale shows is there and sharp; layers of other scales may still be on their way. */
bool ScriptedRun::isViewComplete() const
{
    if (!m_session.isStarted() || m_session.wantsFirstTheme() || !m_window.canvas().isSharp())
        return false;
    const auto &roots = m_session.tree().roots();
    return !roots.empty() && isComplete(roots, m_window.canvas().viewport().scale());
}

bool ScriptedRun::isAtRest() const
{
    if (!m_session.isStarted() || !isAllSharp() || m_session.themes().empty())
        return false;
    const auto demo = m_session.demoCity().state();
    return demo == DemoCityKeeper::State::Failed // then there will be no first theme
        || (demo == DemoCityKeeper::State::Ready && !m_session.wantsFirstTheme());
}

void ScriptedRun::look()
{
    if (m_clock.elapsed() > patience) {
        print(u"The map was not complete after %1 s."_s.arg(patience / 1000));
        end(1);
        return;
    }
    if (m_viewAt < 0 && isViewComplete())
        m_viewAt = sinceProcessStart();
    const bool waits = m_step == Step::Picture && m_inStep.elapsed() < dialogTime;
    if (isAtRest() && !waits)
        proceed();
}

void ScriptedRun::proceed()
{
    m_inStep.restart();
    switch (m_step) {
    case Step::FirstPicture:
        if (m_options.benchmark)
            print(u"window %1 ms, view complete %2 ms, all layers %3 ms"_s.arg(m_windowAt)
                      .arg(m_viewAt)
                      .arg(sinceProcessStart()));
        if (m_options.screenshot.isEmpty()) {
            end(0);
            return;
        }
        m_step = Step::Theme;
        if (!m_options.theme.isEmpty()) {
            m_session.chooseTheme(m_options.theme);
            m_window.canvas().zoomToAll();
        }
        if (m_options.scale > 0)
            m_window.canvas().setScale(m_options.scale);
        if (m_options.centre)
            m_window.canvas().goTo(*m_options.centre, Crs::working());
        break;
    case Step::Theme:
        m_step = Step::Picture;
        if (!m_options.panel.isEmpty())
            m_window.showPanel(m_options.panel);
        break;
    case Step::Picture:
        takePicture();
        break;
    }
}

void ScriptedRun::takePicture()
{
    QDir().mkpath(QFileInfo(m_options.screenshot).absolutePath());
    auto picture = m_window.grab();
    QPainter painter(&picture);
    for (auto *widget : QApplication::topLevelWidgets()) {
        if (widget == &m_window || !widget->isVisible() || widget->windowType() == Qt::ToolTip)
            continue;
        const auto dialog = widget->grab();
        const QPoint at(std::max(0, (m_window.width() - widget->width()) / 2),
                        std::max(0, (m_window.height() - widget->height()) / 2));
        painter.fillRect(QRect({0, 0}, m_window.size()), QColor(0, 0, 0, 70));
        painter.drawPixmap(at, dialog);
    }
    painter.end();
    const bool saved = picture.save(m_options.screenshot);
    if (!saved)
        print(u"“%1” cannot be written."_s.arg(m_options.screenshot));
    end(saved ? 0 : 1);
}

void ScriptedRun::end(int code)
{
    m_timer.stop();
    m_session.finish();
    QCoreApplication::exit(code);
}

} // namespace hanseatlas
