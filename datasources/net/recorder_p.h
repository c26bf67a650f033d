// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/net/exchange_p.h"

#include <QDateTime>
#include <QString>

#include <atomic>

namespace hanseatlas
{

/** Saves exchanges as fixtures for tests: <number>-<host>.json tells request and answer, the bodies lie beside it as
 *  <number>-<host>.request and .body. Secrets are taken out, decompressed bodies are kept. May be called from any
 *  thread; does nothing without a folder, and only logs when it cannot write. */
class Recorder
{
public:
    /** The folder is made when the first exchange is saved. */
    explicit Recorder(QString dir);

    void save(const Hop &hop, const Exchange &exchange, const QDateTime &time);

private:
    const QString m_dir;
    std::atomic<int> m_count = 0;
};

} // namespace hanseatlas
