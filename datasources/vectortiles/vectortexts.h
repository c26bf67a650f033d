// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace hanseatlas
{

/** @internal Where the texts of vector tiles are translated. */
struct VectorTexts {
    Q_DECLARE_TR_FUNCTIONS(hanseatlas::VectorTexts)
};

} // namespace hanseatlas
