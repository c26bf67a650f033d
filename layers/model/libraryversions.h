// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/** For the page that says what the program is built on: the versions in use now, not those of the build. */
namespace hanseatlas
{

QString projVersion();
QString geosVersion();

} // namespace hanseatlas
