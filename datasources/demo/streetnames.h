// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "datasources/demo/plan.h"
#include "datasources/demo/random.h"

#include <QString>

namespace hanseatlas::demo
{

/** Invented street names that go together within a quarter: trees, birds, Hanse towns, trades … */
class StreetNames
{
public:
    StreetNames(QuarterKind kind, std::uint64_t seed);
    QString next();

private:
    Random m_random;
    int m_theme = 0;
    int m_at = 0;
    int m_round = 0;
};

} // namespace hanseatlas::demo
