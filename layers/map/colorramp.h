// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QString>

namespace hanseatlas
{

/** Colour ramps that people with colour vision deficiencies can read, by name ("viridis", "blues" …). */
QStringList colorRampNames();
/** `position` 0 … 1; an unknown name gives greys. */
QColor rampColor(const QString &name, double position);
/** A table of n colours from the ramp, ends included. */
QList<QColor> rampColors(const QString &name, int n);
/** Qualitative: n colours that differ as much as they can (Okabe–Ito first). */
QList<QColor> categoryColors(int n);

} // namespace hanseatlas
