// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/democitykeeper.h"

#include <QTimer>

namespace hanseatlas
{

DemoCityKeeper::DemoCityKeeper(QString folder, Maker maker, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_maker(std::move(maker))
    , m_pool(pool)
    , m_clock(new QTimer(this))
{
    constexpr int tick = 80; // ms; also the time after which it is no longer "just looking"
    m_clock->setInterval(tick);
}

void DemoCityKeeper::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    emit stateChanged(state);
}

void DemoCityKeeper::ensure()
{
    if (m_state == State::Unknown || m_state == State::Failed)
        start(false);
}

void DemoCityKeeper::makeAgain()
{
    if (m_state != State::Making)
        start(true);
}

void DemoCityKeeper::start(bool evenIfReady)
{
    // Written by the worker, read by the clock: outlives both.
    auto fraction = std::make_shared<std::atomic<double>>(-1);
    m_clock->disconnect(this);
    connect(m_clock, &QTimer::timeout, this, [this, fraction] {
        if (fraction->load() < 0)
            return;
        setState(State::Making);
        emit progressed(fraction->load());
    });
    m_clock->start();
    const auto work = [folder = m_folder, maker = m_maker, evenIfReady, fraction](CancelToken token) -> Status {
        try {
            if (!evenIfReady && maker.isReady(folder))
                return {};
            fraction->store(0);
            return maker.make(folder, token, [fraction](double f) { fraction->store(f); });
        } catch (const std::exception &e) {
            return failure(ErrorKind::Internal, DemoCityKeeper::tr("The demo city could not be made."), {},
                           QString::fromLocal8Bit(e.what()));
        }
    };
    m_making.run(m_pool, work, [this](Status status) {
        m_clock->stop();
        setState(status ? State::Ready : State::Failed);
        if (!status && status.error().kind != ErrorKind::Cancelled)
            emit failed(status.error());
    });
}

void DemoCityKeeper::cancel()
{
    if (!m_making.isRunning())
        return;
    m_making.cancel();
    m_clock->stop();
    setState(State::Failed);
}

} // namespace hanseatlas
