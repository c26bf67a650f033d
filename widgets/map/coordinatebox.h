// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/crs.h"
#include "widgets/map/coordinatetext.h"

#include <QWidget>

#include <optional>

class QActionGroup;
class QLineEdit;
class QMenu;
class QToolButton;

namespace hanseatlas
{

/** The coordinates under the cursor in a CRS of choice; a pair that is typed or pasted goes there. */
class CoordinateBox final : public QWidget
{
    Q_OBJECT
public:
    explicit CoordinateBox(QWidget *parent = nullptr);

    /** `place` in `crs`, the map's. Not shown while the user types. */
    void setPlace(PointXY place, const Crs &crs);
    void clearPlace(); ///< the cursor is elsewhere

    /** What coordinates are shown in: "EPSG:25832", "EPSG:4326", "EPSG:4326 dms" …; unknown ones are ignored. */
    QString choice() const;
    void setChoice(const QString &choice);
    QString text() const;

signals:
    void placeChosen(hanseatlas::PointXY place, const hanseatlas::Crs &crs);
    void choiceChanged(const QString &choice);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QMenu *createMenu();
    void showPlace();
    void go();
    void fitWidth();

    QLineEdit *m_edit = nullptr;
    QToolButton *m_button = nullptr;
    QActionGroup *m_choices = nullptr;
    QString m_choice;
    Crs m_crs; ///< shown in
    DegreeForm m_form = DegreeForm::Decimal;
    std::optional<PointXY> m_place; ///< in m_placeCrs
    Crs m_placeCrs;
    std::optional<Transform> m_transform; ///< m_placeCrs → m_crs; made when first needed
};

} // namespace hanseatlas
