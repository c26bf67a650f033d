// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/geometry.h"

#include <QUuid>
#include <QWidget>

#include <array>

class QComboBox;
class QDoubleSpinBox;
class QPushButton;

namespace hanseatlas
{

/** The area that is to be kept: what the map shows, a box that is drawn on the map or typed, or a polygon: the object
 *  that is chosen on the map, or one of a layer. All in the working CRS. Shows what it is given; what it needs it tells
 *  by signals. */
class AreaChoice final : public QWidget
{
    Q_OBJECT
public:
    struct Object {
        QString name;
        Geometry shape; ///< a polygon
    };
    struct Layer {
        QUuid id;
        QString title;
    };
    explicit AreaChoice(const Extent &view, QWidget *parent = nullptr);

    void offerObject(const Object &object); ///< that is chosen on the map
    void offerLayers(const std::vector<Layer> &layers); ///< of polygons
    /** What objectsWanted() has asked for. Empty: there are none, or `problem` says why not. */
    void setObjects(const QUuid &layer, std::vector<Object> objects, const QString &problem = {});
    /** What boxWanted() has asked for. */
    void setBox(const Geometry &box);

    Extent area() const; ///< empty: none yet
    Geometry shape() const; ///< empty: all of the area
    QString name() const; ///< of the polygon; may be empty

signals:
    void changed();
    void boxWanted(); ///< drawn on the map
    void objectsWanted(const QUuid &layer);

private:
    enum Kind { View, Box, Chosen, OfLayer };
    QWidget *createBoxPage();
    QWidget *createLayerPage();
    void kindChosen();
    void wantObjects();
    Kind kind() const;
    const Object *object() const;

    const Extent m_view;
    Object m_chosen;
    std::vector<Object> m_objects; ///< of the chosen layer
    Geometry m_turned; ///< a drawn box that is none in the working CRS
    QComboBox *m_kind, *m_layer, *m_object;
    QPushButton *m_draw;
    std::array<QDoubleSpinBox *, 4> m_sides{}; ///< west, south, east, north
    QWidget *m_boxPage, *m_layerPage;
};

} // namespace hanseatlas
