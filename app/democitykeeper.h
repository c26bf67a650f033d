// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"
#include "layers/model/result.h"

#include <QObject>
#include <QString>

#include <functional>

class QTimer;

namespace hanseatlas
{

/** Sees to it that there is a demo city: looks, and makes it in the background where it is missing. GUI thread. */
class DemoCityKeeper final : public QObject
{
    Q_OBJECT
public:
    enum class State { Unknown, Making, Ready, Failed };

    /** The two blocking functions of the maker. */
    struct Maker {
        std::function<bool(const QString &folder)> isReady;
        std::function<Status(const QString &folder, CancelToken token, const Progress &progress)> make;
    };

    DemoCityKeeper(QString folder, Maker maker, QThreadPool &pool, QObject *parent = nullptr);

    void ensure(); ///< looks first; does nothing while at it or when ready
    void makeAgain(); ///< also where there is one
    void cancel();
    State state() const { return m_state; }
    const QString &folder() const { return m_folder; }

signals:
    void stateChanged(hanseatlas::DemoCityKeeper::State state);
    void progressed(double fraction);
    void failed(const hanseatlas::Error &error);

private:
    void start(bool evenIfReady);
    void setState(State state);

    QString m_folder;
    Maker m_maker;
    QThreadPool &m_pool;
    State m_state = State::Unknown;
    QTimer *m_clock = nullptr;
    Latest m_making;
};

} // namespace hanseatlas
