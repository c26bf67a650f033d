// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QPushButton;
class QWidget;

namespace hanseatlas::look
{

/** A push button that shows and triggers the action: its text, icon, tool tip and whether it can be used follow it. */
QPushButton *actionButton(QAction *action, QWidget *parent = nullptr);

/** The one button of a dialog or page that goes on; in the accent colour, also where it is no dialog's default. */
void setPrimary(QPushButton *button, bool primary = true);
bool isPrimary(const QWidget *button);

} // namespace hanseatlas::look
