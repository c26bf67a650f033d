// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/openqueue.h"

#include "layers/map/layernodes.h"

namespace hanseatlas
{

OpenQueue::OpenQueue(const SourceOpener &opener, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_opener(opener)
    , m_pool(pool)
{
}

void OpenQueue::add(const QStringList &locations)
{
    m_waiting.insert(m_waiting.end(), locations.begin(), locations.end());
    if (!m_looking.isRunning())
        next();
}

void OpenQueue::cancel()
{
    m_waiting.clear();
    m_looking.cancel();
    emit busyChanged({});
}

void OpenQueue::next()
{
    if (m_waiting.empty()) {
        emit busyChanged({});
        return;
    }
    const auto ref = m_opener.withoutSecrets({.location = m_waiting.front()});
    m_waiting.pop_front();
    emit busyChanged(ref.location);
    const auto work = [ref, opener = &m_opener](CancelToken token) -> Result<SourceDescription> {
        try {
            return opener->inspect(ref, token);
        } catch (const std::exception &e) {
            return failure(ErrorKind::Internal, OpenQueue::tr("“%1” could not be read.").arg(ref.location), {},
                           QString::fromLocal8Bit(e.what()));
        }
    };
    m_looking.run(m_pool, work, [this, ref](Result<SourceDescription> description) {
        if (!description) {
            if (description.error().kind != ErrorKind::Cancelled)
                emit failed(ref.location, description.error());
        } else {
            const bool any = !description->layers.empty();
            description->keepSuggested();
            const auto nodes = nodesFor(*description, ref, m_seed);
            m_seed += int(description->layers.size());
            if (any && nodes.empty())
                emit choiceWanted(ref.location);
            else
                emit opened(ref.location, nodes, description->notes, stackRank(*description));
        }
        next();
    });
}

} // namespace hanseatlas
