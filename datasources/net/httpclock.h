// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/job.h"

#include <QDateTime>

#include <chrono>

namespace hanseatlas
{

/** Where the door takes its time from, for waiting between tries and for hosts that rest; tests have one of their own.
 *  Callable from any thread. The time-outs of a running transfer are not asked here: they are real time. */
class HttpClock
{
public:
    virtual ~HttpClock() = default;
    /** Never goes back. */
    virtual std::chrono::steady_clock::time_point steady() const;
    /** UTC */
    virtual QDateTime now() const;
    /** Returns early, and false, when the token asks for it. */
    virtual bool wait(std::chrono::milliseconds duration, const CancelToken &token) const;
};

} // namespace hanseatlas
