// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QDateTime>
#include <QWidget>

class QPushButton;

namespace hanseatlas::look
{
class ElidedLabel;
class IconLabel;
} // namespace hanseatlas::look

namespace hanseatlas
{

/** How the measures on this computer and those of all stand to each other. */
struct SharingState {
    QString store; ///< for people: "city, db.example"; "" = only on this computer
    bool isRunning = false; ///< they are being compared
    QDateTime lastSame; ///< local time; invalid: not yet
    Error problem; ///< `what` empty: none
    int toDecide = 0; ///< measures
};

/** One line at the foot of the window: where the measures are kept, and whether all have what one has. */
class StoreLine final : public QWidget
{
    Q_OBJECT
public:
    explicit StoreLine(QWidget *parent = nullptr);

    void setState(const SharingState &state);
    QString text() const;

signals:
    void decisionWanted();
    void tryWanted();

private:
    look::IconLabel *m_icon;
    look::ElidedLabel *m_text;
    QPushButton *m_decide;
    QPushButton *m_try;
};

} // namespace hanseatlas
