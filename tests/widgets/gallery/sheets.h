// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

/** The pages of the gallery; each belongs to the caller. */
namespace hanseatlas::gallery
{

QWidget *colors();
QWidget *type();
QWidget *icons();
QWidget *symbols();
QWidget *controls();
QWidget *views();
QWidget *notices();

} // namespace hanseatlas::gallery
