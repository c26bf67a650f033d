// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/model/result.h"

#include <QColor>
#include <QHash>
#include <QImage>

namespace hanseatlas
{

/** The icons of a style: one picture, and where in it each lies. A value. */
class MapSprite
{
public:
    struct Icon {
        QRect area;
        double ratio = 1; ///< pixels of the picture per pixel of the style
        bool tinted = false; ///< a shape (distances from its edge) to be filled with a colour
        QSizeF size() const { return QSizeF(area.size()) / ratio; }
    };

    MapSprite() = default;
    /** Icons that lie outside of the picture are left out. */
    static Result<MapSprite> parse(QByteArrayView json, const QImage &picture);

    const Icon *icon(const QString &name) const; ///< null: there is none
    /** `color` is for shapes. */
    QImage image(const Icon &icon, const QColor &color) const;
    bool isEmpty() const { return m_icons.isEmpty(); }

private:
    QImage m_picture;
    QHash<QString, Icon> m_icons;
};

} // namespace hanseatlas
