// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"
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

class AreaChoice;

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
        QStringList themes = {}; ///< titles of those that it belongs to
        bool onMap = true; ///< false: offered with its themes only
    };
    struct Wish {
        QString title;
        std::vector<Candidate> layers;
        Extent area;
        Geometry shape; ///< a polygon within the area; empty: all of it
        double largestScale = 0, smallestScale = 0; ///< denominators

        bool isEmpty() const { return layers.empty() || area.isEmpty(); }
    };
    /** `area`: what the map shows, in the working CRS; `scale`: its denominator. */
    OfflineChoice(std::vector<Candidate> candidates, const Extent &area, double scale, QWidget *parent = nullptr);

    AreaChoice &area() { return *m_area; }
    Wish wish() const;
    /** What it would take, or why it cannot be; for people. */
    void setEstimate(const QString &text, bool possible);

signals:
    void changed(); ///< an estimate is wanted, a moment after the last choice

private:
    void fillLayers();
    QComboBox *createThemes();
    void chooseTheme(const QString &theme);
    void nameAfter(const QString &what);
    void edited();

    const std::vector<Candidate> m_candidates;
    QString m_proposed; ///< as a title
    QLineEdit *m_title;
    QComboBox *m_themes;
    QListWidget *m_layers;
    AreaChoice *m_area;
    QComboBox *m_from, *m_to;
    QLabel *m_estimate;
    QPushButton *m_start = nullptr;
    QTimer m_delay;
};

} // namespace hanseatlas
