// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/extent.h"
#include "layers/model/result.h"

#include <QSize>
#include <QStringList>

#include <optional>

namespace hanseatlas
{

/** How the window was started. The jobs without a window are in app/cli. */
struct StartOptions {
    QStringList files;
    bool selfTest = false; ///< show the map once, then end with 0
    bool benchmark = false; ///< print the milliseconds to the window and to the first full picture, then end
    QString screenshot; ///< save a picture of the window here, then end
    QSize size; ///< of the window, logical pixels
    QString theme; ///< id of the theme to show
    std::optional<PointXY> centre; ///< of the map, in its CRS
    double scale = 0; ///< denominator; 0 = as the view comes
    QString panel; ///< what to open; MainWindow::showPanel()
    QString appearance; ///< "light", "dark"; "" = as set
    QString language; ///< "de", "en"; "" = as set
    bool ends() const { return selfTest || benchmark || !screenshot.isEmpty(); }
};

/** From the arguments, the program's name first. */
Result<StartOptions> parseStartOptions(const QStringList &arguments);

} // namespace hanseatlas
