// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"

#include <QCoreApplication>
#include <QPointer>

namespace hanseatlas
{

/** Tells a window with setBusy() how far a job is, from any thread, as long as both are there. */
template <class Window>
Progress progressIn(QPointer<Window> window, const QString &text)
{
    return [window, text](double fraction) {
        QMetaObject::invokeMethod(
            qApp,
            [window, text, fraction] {
                if (window && window->isBusy())
                    window->setBusy(text, fraction);
            },
            Qt::QueuedConnection);
    };
}

} // namespace hanseatlas
