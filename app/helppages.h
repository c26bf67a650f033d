// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenuBar;
class QWidget;

namespace hanseatlas
{

/** All shortcuts of the menu, and what mouse and keyboard do on the map. Does not block. */
void showShortcutPage(const QMenuBar &menus, QWidget *parent);

/** Version, licence, and what the program is built on. Does not block. */
void showAboutPage(QWidget *parent);

} // namespace hanseatlas
