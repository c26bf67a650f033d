// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/legend.h"
#include "layers/map/printlayout.h"
#include "layers/map/renderer.h"

#include <QSizeF>
#include <QStringList>

#include <optional>
#include <vector>

class QPainter;

namespace hanseatlas
{

/** @internal What one layer contributes to the legend of a sheet. */
struct LegendSection {
    QString title; ///< with the unit; empty: its only entry bears the layer's name
    std::vector<LegendEntry> entries;
    double opacity = 1; ///< of the layer, so that samples look as the map does

    bool hasPicture() const { return !entries.empty() && entries.front().isPicture; }
};

/** @internal Topmost layer first; only what the view shows. */
std::vector<LegendSection> legendSections(const MapScene &scene, const Viewport &view,
                                          const LegendPictures &legends = {});

/** @internal Rows between which a picture may be cut, first and last included: in the middle of rows that show nothing,
 *  and at least `least` pixels apart. */
std::vector<int> cutsOf(const QImage &picture, int least);

/** @internal The legend set in columns. Measures in millimetres from its own top left. */
struct LegendBlock {
    struct Item {
        enum class Kind { Heading, Entry, Picture, Rest };
        Kind kind = Kind::Entry;
        LegendEntry entry;
        double opacity = 1;
        QStringList lines;
        double height = 0;
        double sample = 0; ///< height of the symbol's box
        bool opens = false; ///< the first of its layer
        bool alone = false; ///< a heading that nothing follows
        QRect strip; ///< Picture: the part of entry.picture, pixels
        double width = 0; ///< Picture
        bool joined = false; ///< touches the entry above: steps of a raster's ramp
        QPointF at;
    };
    std::vector<Item> items;
    QSizeF size;
    double unit = 1; ///< text size factor it was set with
    int leftOut = 0; ///< entries that found no room
};

/** @internal Sets sections in columns at the text size `unit` (1 = A4). */
class LegendSetter
{
public:
    /** Room for pictures, in millimetres. */
    struct Pictures {
        double shrink = 1; ///< of their true size
        double widest = 110;
        double highest = 150; ///< of what cannot be cut
    };
    LegendSetter(const std::vector<LegendSection> &sections, double unit, const Pictures &pictures);

    bool isEmpty() const { return m_items.empty(); }
    /** As many columns of this height as it takes; none if they are wider than `mostWidth`. */
    std::optional<LegendBlock> inHeight(double height, double mostWidth) const;
    /** As low as the width allows; none if that is higher than `mostHeight`. */
    std::optional<LegendBlock> inWidth(double width, double mostHeight) const;
    /** What fits, and a line that says how much does not. */
    LegendBlock squeezed(QSizeF room) const;

private:
    int columnsIn(double width) const;
    double headHeight() const;
    void addPicture(const LegendEntry &entry, const Pictures &pictures);
    LegendBlock::Item restItem(int leftOut) const;
    int flow(std::vector<LegendBlock::Item> &items, double height) const;
    LegendBlock finished(std::vector<LegendBlock::Item> items, int columns, double height) const;

    std::vector<LegendBlock::Item> m_items;
    double m_unit;
    double m_column = 0; ///< width of a column
};

void paintLegend(QPainter &painter, const LegendBlock &block, QPointF topLeft);

} // namespace hanseatlas
