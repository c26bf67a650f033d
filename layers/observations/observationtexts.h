// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** Gives the texts about sensors and their values their context in the translations. */
struct ObservationTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::ObservationTexts)
};

} // namespace hanseatlas
