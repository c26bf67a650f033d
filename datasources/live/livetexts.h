// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** @internal Where the texts of layers from services are translated. */
struct LiveTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::LiveTexts)
};

} // namespace hanseatlas
