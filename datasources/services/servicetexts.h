// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** What the readers of services tell the user, in the user's language. */
struct ServiceTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::ServiceTexts)
};

} // namespace hanseatlas
