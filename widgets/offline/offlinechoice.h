// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/source.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace hanseatlas
{

/** What is to be kept for work without a network: layers, an area and scales; with what that would take, as it is
 *  chosen. */
class OfflineChoice final : public QDialog
{
    Q_OBJECT
public:
    struct Candidate {
        QString title;
        SourceRef source;
        bool visible = true; ///< on the map: chosen at first
    };
    struct Wish {
        QString title;
        std::vector<Candidate> layers;
        Extent area;
        double largestScale = 0, smallestScale = 0; ///< denominators

        bool isEmpty() const { return layers.empty() || area.isEmpty(); }
    };
    /** `area`: what the map shows, in the working CRS; `scale`: its denominator. */
    OfflineChoice(std::vector<Candidate> candidates, const Extent &area, double scale, QWidget *parent = nullptr);

    Wish wish() const;
    /** What it would take, or why it cannot be; for people. */
    void setEstimate(const QString &text, bool possible);

signals:
    void changed(); ///< an estimate is wanted, a moment after the last choice

private:
    void edited();

    const std::vector<Candidate> m_candidates;
    const Extent m_area;
    QLineEdit *m_title;
    QListWidget *m_layers;
    QComboBox *m_from, *m_to;
    QLabel *m_estimate;
    QPushButton *m_start;
    QTimer m_delay;
};

} // namespace hanseatlas
