// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/measuresharing.h"

#include <QObject>

namespace hanseatlas
{

class MeasureWork;
class StoreDialog;

/** Asks where the measures are to be kept, tries it, and writes the setting down when it works. Lives as long as its
 *  dialog. GUI thread. */
class MeasureStoreChange final : public QObject
{
    Q_OBJECT
public:
    MeasureStoreChange(Session &session, const MeasureWork &work, QWidget *window);

    StoreDialog &dialog() { return *m_dialog; }

signals:
    void changed(); ///< the setting is another one now

private:
    void tryOut(const StoreChoice &choice);

    Session &m_session;
    const MeasureWork &m_work;
    const StoreSetting m_before;
    StoreDialog *m_dialog;
    Latest m_job;
};

} // namespace hanseatlas
